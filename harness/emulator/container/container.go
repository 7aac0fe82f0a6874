package container

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/log"
	"github.com/testcontainers/testcontainers-go/wait"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/ending"
)

// PublicImage is the emulator's own image, of the version that this module is tested
// with.
const PublicImage = "ghcr.io/goccy/bigquery-emulator:0.8.1"

const (
	port = "9050/tcp" // of the REST API, in all images
	// readyTimeout is how long a container has to answer once it runs: seconds, but on a
	// loaded machine.
	readyTimeout = 2 * time.Minute
	// stopTimeout is what a container is given to end by itself; then it is killed.
	stopTimeout = 10 * time.Second
	// lastWords is the same for one that did not get ready.
	lastWords = 2 * time.Second
)

// Options say what is run. The zero Options are good.
type Options struct {
	// Image is the image by its name, PublicImage unless it says otherwise. One that is
	// not on the machine is pulled.
	Image string
	// Version is that of the emulator in an image whose tag does not tell it, such as
	// 0.8.1.
	Version string
}

// Start runs the emulator in a container, and returns it once it answers. Where there
// is no Docker the error wraps [emulator.ErrNotInstalled]. Close ends it; the end of
// this process does too.
func Start(ctx context.Context, o Options) (*emulator.Server, error) {
	return start(ctx, o, "--project="+emulator.Project)
}

func start(ctx context.Context, o Options, flags ...string) (*emulator.Server, error) {
	image := cmp.Or(o.Image, PublicImage)
	if err := checkVersion(image, o.Version); err != nil {
		return nil, err
	}
	docker, err := testcontainers.NewDockerProvider(testcontainers.WithLogger(log.NewNoopLogger()))
	if err != nil {
		return nil, absent(err)
	}
	p := &program{image: image, docker: docker.Client(), exited: make(chan struct{})}
	ctr, err := testcontainers.Run(ctx, image,
		testcontainers.WithLogger(log.NewNoopLogger()),
		testcontainers.WithCmd(flags...),
		testcontainers.WithExposedPorts(port),
		testcontainers.WithConfigModifier(func(c *container.Config) { c.OpenStdin, c.StdinOnce = true, true }),
		testcontainers.WithHostConfigModifier(func(c *container.HostConfig) { c.AutoRemove = true }),
		testcontainers.WithAdditionalLifecycleHooks(testcontainers.ContainerLifecycleHooks{
			PostCreates: []testcontainers.ContainerHook{func(ctx context.Context, c testcontainers.Container) error { return p.attach(ctx, c.GetContainerID()) }},
		}),
		testcontainers.WithWaitStrategyAndDeadline(readyTimeout,
			wait.ForHTTP("/discovery/v1/apis/bigquery/v2/rest").WithPort(port).WithStartupTimeout(readyTimeout)),
	)
	if err != nil {
		return nil, p.abandon(ctx, ctr, err)
	}
	endpoint, err := endpointOf(ctx, ctr)
	if err != nil {
		return nil, p.abandon(ctx, ctr, err)
	}
	p.container = ctr
	return emulator.NewServer(endpoint, p), nil
}

// absent says in one line that there is no Docker.
func absent(err error) error {
	return fmt.Errorf("a container cannot be run, for Docker is %w: start it, or name its socket in DOCKER_HOST (%s)",
		emulator.ErrNotInstalled, strings.Join(strings.Fields(err.Error()), " "))
}

func endpointOf(ctx context.Context, ctr *testcontainers.DockerContainer) (string, error) {
	if ctr == nil {
		return "", errors.New("there is no container")
	}
	return ctr.PortEndpoint(ctx, port, "http")
}

// abandon removes a container that is of no use, and says what it said.
func (p *program) abandon(ctx context.Context, ctr *testcontainers.DockerContainer, err error) error {
	after, stop := ending.Afterwards(ctx, stopTimeout)
	defer stop()
	if at, gone := endpointOf(after, ctr); gone == nil {
		err = fmt.Errorf("%w; it runs, and was looked for at %s: if that is not where Docker publishes its ports, name the host in TESTCONTAINERS_HOST_OVERRIDE", err, at)
	}
	if p.line != nil {
		_ = p.line.CloseWrite()
		select { // once it has ended all that it said is read
		case <-p.exited:
		case <-time.After(lastWords):
		}
		p.line.Close()
		<-p.exited
	}
	if ctr != nil {
		_ = ctr.Terminate(after) // it may be gone by now
	}
	if cause := context.Cause(ctx); cause != nil {
		err = errors.Join(cause, err)
	}
	return fmt.Errorf("the emulator did not start in a container of %s: %w%s", p.image, err, p.said.String())
}

var _ emulator.Program = (*program)(nil)
