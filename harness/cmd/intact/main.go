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
	// A reader that goes away ends the command like any other signal, and not at
	// once: what it keeps in temporary files must go. The signal comes twice for
	// one write, from the kernel and from Go, so it is caught for good.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	left, told := []os.Signal{syscall.SIGPIPE}, []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // which nohup asks for
		left, told = append(left, syscall.SIGHUP), append(told, syscall.SIGHUP)
	}
	gone, stopGone := signal.NotifyContext(context.Background(), left...)
	ctx, stop := signal.NotifyContext(gone, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends what does not heed the first
	code := cli.Run(ctx, cli.Process{
		Args:        os.Args[1:],
		Stdin:       os.Stdin,
		Stdout:      standardOutput(),
		Stderr:      os.Stderr,
		Terminal:    term.IsTerminal(int(os.Stdout.Fd())),
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
