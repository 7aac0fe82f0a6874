// Command install builds the BigQuery emulator into .bin, where tests and the
// command intact look for it. It compiles once; after that it only looks.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := install(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "the emulator cannot be built:", err)
		os.Exit(1)
	}
}

func install(ctx context.Context) error {
	gomod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return err
	}
	root := filepath.Dir(strings.TrimSpace(string(gomod)))
	source := filepath.Join(root, "harness", "emulator", "intact-emulator")
	if _, err := os.Stat(filepath.Join(source, "go.mod")); err != nil {
		return fmt.Errorf("run it inside the project: %w", err)
	}
	target := filepath.Join(root, ".bin", "intact-emulator")
	if runtime.GOOS == "windows" {
		target += ".exe"
	}
	fmt.Fprintln(os.Stderr, "building the BigQuery emulator, unless it is built: about 9 minutes on 2 cores, and 6 GB of memory, once")
	// Two compilers at most: the largest package alone takes 6 GB.
	build := exec.CommandContext(ctx, "go", "build", "-p", "2", "-o", target, ".")
	build.Dir = source
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	return build.Run()
}
