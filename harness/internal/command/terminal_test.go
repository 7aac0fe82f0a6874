//go:build linux

package command

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// role is the variable that makes this test binary one of the two processes that
// are on the terminal.
const role = "INTACT_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "in between":
		self, _ := os.Executable()
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), role+"=program")
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		end, err := Listen(context.Background()).Run(context.Background(), cmd, Stop{})
		fmt.Println("end", end.Code, err)
	case "program": // reads a line, and names signals until it is to end
		got := make(chan os.Signal, 16)
		signal.Notify(got, syscall.SIGINT, syscall.SIGTERM)
		typed, err := bufio.NewReader(os.Stdin).ReadString('\n')
		fmt.Println("read", strings.TrimSpace(typed), err)
		for s := range got {
			fmt.Println(s)
			if s == syscall.SIGTERM {
				os.Exit(7)
			}
		}
	default:
		os.Exit(m.Run())
	}
}

// On a terminal the program can read what is typed, and Ctrl-C reaches it once.
func TestOnATerminal(t *testing.T) {
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal can be made here: %v", err)
	}
	defer keyboard.Close()
	require.NoError(t, unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0))
	number, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	require.NoError(t, err)
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	require.NoError(t, err)

	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), role+"=in between")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	require.NoError(t, cmd.Start())
	terminal.Close()

	screen := bufio.NewReader(keyboard)
	// shown waits for a line, past what the terminal shows of the keyboard.
	shown := func() string {
		text, err := screen.ReadString('\n')
		require.NoError(t, err)
		return strings.TrimPrefix(strings.TrimSpace(text), "^C")
	}
	_, err = keyboard.WriteString("yes\n")
	require.NoError(t, err)
	assert.Equal(t, "yes", shown())
	assert.Equal(t, "read yes <nil>", shown())
	_, err = keyboard.WriteString("\x03")
	require.NoError(t, err)
	assert.Equal(t, "interrupt", shown())
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	assert.Equal(t, "terminated", shown())
	assert.Equal(t, "end 7 <nil>", shown())
	require.NoError(t, cmd.Wait())
}
