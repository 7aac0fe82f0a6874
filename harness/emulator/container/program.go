package container

import (
	"context"
	"errors"
	"fmt"

	"github.com/moby/moby/api/pkg/stdcopy"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/internal/sidecar"
)

// program is an emulator in a container.
type program struct {
	image     string
	docker    client.APIClient
	container *testcontainers.DockerContainer
	// line is the container's standard input, its life line, beside what it says. The
	// kernel closes our end when we die, and Docker then closes the other one.
	line   *client.HijackedResponse
	said   sidecar.Tail
	exited chan struct{} // closed when the container says nothing any more
}

// attach takes the life line of a container that has not yet been started.
func (p *program) attach(ctx context.Context, id string) error {
	at, err := p.docker.ContainerAttach(ctx, id, client.ContainerAttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true})
	if err != nil {
		return fmt.Errorf("attach to the container's standard input: %w", err)
	}
	p.line = &at.HijackedResponse
	go func() {
		defer close(p.exited)
		_, _ = stdcopy.StdCopy(&p.said, &p.said, p.line.Reader)
	}()
	return nil
}

// Exited implements [emulator.Program].
func (p *program) Exited() <-chan struct{} { return p.exited }

// Err implements [emulator.Program].
func (p *program) Err() error {
	<-p.exited
	return fmt.Errorf("the emulator's container of %s has ended%s", p.image, p.said.String())
}

// Shutdown implements [emulator.Program].
func (p *program) Shutdown(ctx context.Context) error {
	waited, stop := context.WithTimeout(ctx, stopTimeout)
	defer stop()
	_ = p.line.CloseWrite()
	// One that does not heed its standard input heeds a signal, or is killed by Docker.
	id, seconds := p.container.GetContainerID(), int(stopTimeout.Seconds()/2)
	_, _ = p.docker.ContainerStop(waited, id, client.ContainerStopOptions{Timeout: &seconds})
	removed := p.docker.ContainerWait(waited, id, client.ContainerWaitOptions{Condition: container.WaitConditionRemoved})
	select {
	case <-removed.Result:
	case <-removed.Error: // gone by now, or nobody waits any longer
	}
	p.line.Close()
	<-p.exited
	if waited.Err() == nil {
		return nil
	}
	after, stop := ending.Afterwards(ctx, stopTimeout)
	defer stop()
	_, err := p.docker.ContainerRemove(after, id, client.ContainerRemoveOptions{Force: true})
	return errors.Join(fmt.Errorf("the container of %s did not end in time and was killed", p.image), err)
}
