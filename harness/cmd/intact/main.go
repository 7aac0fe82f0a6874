// Command intact checks tables against suites and keeps incomplete data from
// going on. See intact --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // suites name time zones, and not every machine has them

	"golang.org/x/term"

	"github.com/intactdata/intact/harness/internal/cli"
)

func main() {
	// A reader that goes away ends the command like any other signal, and not at
	// once: what it keeps in temporary files must go.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	context.AfterFunc(ctx, stop) // a second signal ends what does not heed the first
	code := cli.Run(ctx, cli.Process{
		Args:        os.Args[1:],
		Stdin:       os.Stdin,
		Stdout:      os.Stdout,
		Stderr:      os.Stderr,
		Terminal:    term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		LookupEnv:   os.LookupEnv,
		Now:         time.Now,
		Version:     version(),
	})
	stop()
	os.Exit(code)
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
