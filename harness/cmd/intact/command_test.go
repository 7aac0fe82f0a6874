//go:build unix

package main_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

// In this role the test binary is a command to stand behind a gate, which does what
// its first argument says.
func init() {
	roles["command"] = func() { os.Exit(runAsCommand(os.Args[1:])) }
}

func runAsCommand(args []string) int {
	switch args[0] {
	case "copy": // the arguments, and standard input
		fmt.Println(strings.Join(args[1:], "|"))
		_, _ = io.Copy(os.Stdout, os.Stdin)
		fmt.Fprintln(os.Stderr, "to standard error")
	case "exit":
		code, _ := strconv.Atoi(args[1])
		return code
	case "die": // by a signal
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "heed": // so many signals, each of which is named
		got := make(chan os.Signal, 16)
		signal.Notify(got, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGUSR1)
		fmt.Println("ready")
		n, _ := strconv.Atoi(args[1])
		for range n {
			fmt.Println(<-got)
		}
		return n
	case "parent": // of one that heeds a signal, and heeds none itself
		self, _ := os.Executable()
		child := exec.Command(self, "heed", "1")
		child.Stdout = os.Stdout
		if err := child.Run(); err != nil {
			return 0 // how that ended is no matter
		}
	case "linger": // says that it is there, and stays
		fmt.Println("ready")
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	}
	return 0
}
