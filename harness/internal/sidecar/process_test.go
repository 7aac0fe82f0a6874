package sidecar

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// envRole turns this test binary into a program to be started.
const envRole = "INTACT_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(envRole) {
	case "":
		os.Exit(m.Run())
	case "echo":
		_, _ = io.Copy(os.Stdout, os.Stdin)
	case "broken":
		fmt.Fprintln(os.Stderr, "cannot open the database")
		os.Exit(3)
	case "silent":
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "parent": // starts an echo and waits to be killed
		p, err := startRole("echo")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		_, _ = io.WriteString(p.Stdin, "started\n")
		line, _ := p.Stdout.ReadString('\n')
		fmt.Print(line)
		_, _ = io.Copy(io.Discard, os.Stdin)
	}
}

func startRole(role string) (*Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), envRole+"="+role)
	return Start(cmd)
}

func start(t *testing.T, role string) *Process {
	t.Helper()
	p, err := startRole(role)
	require.NoError(t, err)
	return p
}

func TestProcessEndsWithItsLifeline(t *testing.T) {
	p := start(t, "echo")
	_, err := io.WriteString(p.Stdin, "hello\n")
	require.NoError(t, err)
	line, err := p.FirstLine(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "hello", line)
	require.NoError(t, p.Stop(), "it ends by itself")
	require.NoError(t, p.Stop(), "stopping twice is harmless")
	<-p.Exited()
	assert.ErrorContains(t, p.Err(), "exit status 0")
}

func TestProcessThatDiesTellsWhatItSaid(t *testing.T) {
	_, err := start(t, "broken").FirstLine(t.Context())
	assert.ErrorContains(t, err, "exit status 3")
	assert.ErrorContains(t, err, "cannot open the database")
}

func TestProcessThatSaysNothingEndsWithTheContext(t *testing.T) {
	p := start(t, "silent")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	_, err := p.FirstLine(ctx)
	assert.ErrorContains(t, err, "said nothing in time: enough")
	<-p.Exited()
}

func TestProgramThatIsNoneIsNamed(t *testing.T) {
	_, err := Start(exec.Command("/no/such/program"))
	assert.ErrorContains(t, err, "/no/such/program")
}

func TestTailKeepsTheLastBytes(t *testing.T) {
	var said Tail
	assert.Empty(t, said.String())
	_, _ = said.Write([]byte("first"))
	_, _ = said.Write(make([]byte, tailSize-4))
	_, _ = said.Write([]byte("last"))
	assert.Len(t, said.buf, tailSize)
	assert.Equal(t, "last", string(said.buf[tailSize-4:]))
}
