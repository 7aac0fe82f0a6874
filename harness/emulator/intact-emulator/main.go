// Command intact-emulator is BigQuery's emulator as a process of its own.
//
// It listens on a loopback port, prints its endpoint as one line on standard
// output as soon as it answers, and ends when its standard input reaches end
// of file. A parent that holds the other end of that pipe therefore takes the
// emulator with it, however the parent dies. What an emulator that is killed
// leaves in the folder for temporary files is removed by the next one.
//
//	intact-emulator [-addr 127.0.0.1:0] [-project test] [-dataset a,b]
//
// In a terminal it runs until Ctrl-D or Ctrl-C. It is a module of its own so
// that no library or test binary links the emulator.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/goccy/bigquery-emulator/server"
	"github.com/goccy/bigquery-emulator/types"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "`host:port` to listen on; port 0 takes a free one")
	project := flag.String("project", "test", "project `id` to create")
	datasets := flag.String("dataset", "", "dataset `ids` to create, separated by commas")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "intact-emulator: unexpected argument %q; see -help\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := run(*addr, *project, splitList(*datasets), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "intact-emulator:", err)
		os.Exit(1)
	}
}

// run serves until stdin ends, a signal asks to stop, or the server fails.
func run(addr, project string, datasets []string, stdin io.Reader, stdout io.Writer) error {
	dir, remove, err := makeFolder()
	if err != nil {
		return fmt.Errorf("make a folder for the data: %w", err)
	}
	defer remove()

	srv, err := newServer(filepath.Join(dir, "data.db"), project, datasets)
	if err != nil {
		return err
	}
	// The server prints nothing itself: it calls back once it is bound.
	srv.SetListenCallback(func(httpAddr, _ string) {
		fmt.Fprintf(stdout, "http://%s\n", httpAddr)
	})

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	served := make(chan error, 1)
	// Storage API (gRPC) is not used; it takes a free port of its own.
	go func() { served <- srv.Serve(ctx, addr, "127.0.0.1:0") }()

	// No graceful stop: whoever asked for the rows is gone, and waiting for a
	// query that nobody reads would keep the process alive.
	select {
	case err := <-served:
		return err
	case <-endOf(stdin):
		return nil
	case <-ctx.Done():
		return nil
	}
}

// newServer sets up the emulator with its project and datasets.
func newServer(file, project string, datasets []string) (*server.Server, error) {
	srv, err := server.New(server.Storage("file:" + file + "?cache=shared"))
	if err != nil {
		return nil, fmt.Errorf("set up storage in %s: %w", file, err)
	}
	p := types.NewProject(project)
	for _, id := range datasets {
		p.Datasets = append(p.Datasets, types.NewDataset(id))
	}
	if err := srv.Load(server.StructSource(p)); err != nil {
		return nil, fmt.Errorf("create project %q with datasets %q: %w", project, datasets, err)
	}
	return srv, nil
}

// endOf returns a channel that is closed when r has no more to give.
func endOf(r io.Reader) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(io.Discard, r)
	}()
	return done
}

func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
