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

	"cloud.google.com/go/bigquery"
	"golang.org/x/term"

	"github.com/intactdata/intact/harness/internal/cli"
)

func main() {
	// A reader that goes away ends the command by the error of the write, and not at
	// once: what it keeps in temporary files must go. So the signal is caught for good.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	told := []os.Signal{os.Interrupt, syscall.SIGTERM}
	gone, stopGone := context.Background(), func() {}
	if !signal.Ignored(syscall.SIGHUP) { // which nohup asks for
		gone, stopGone = signal.NotifyContext(gone, syscall.SIGHUP)
		told = append(told, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(gone, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends what does not heed the first
	code := cli.Run(ctx, cli.Process{
		Args:        os.Args[1:],
		Stdin:       os.Stdin,
		Stdout:      standardOutput(),
		Stderr:      os.Stderr,
		Terminal:    term.IsTerminal(int(os.Stdout.Fd())),
		Width:       terminalWidth(),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		LookupEnv:   os.LookupEnv,
		Now:         time.Now,
		Sleep:       sleep,
		Stop: func() (context.Context, context.CancelFunc) {
			ctx, stop := signal.NotifyContext(context.Background(), told...)
			context.AfterFunc(ctx, stop)
			return ctx, stop
		},
		OpenBigQuery: func(ctx context.Context, project string) (*bigquery.Client, error) {
			return bigquery.NewClient(ctx, project)
		},
		Version: version(),
	})
	stop()
	stopGone()
	os.Exit(code)
}

// terminalWidth is that of the terminal which is standard output, 0 if it is none.
func terminalWidth() int {
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// sleep waits, or returns the cause of a context that ends before.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
