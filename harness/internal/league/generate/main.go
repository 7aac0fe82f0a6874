// Generate writes the league's files below the folder given by -out.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/intactdata/intact/harness/internal/league"
)

func main() {
	out := flag.String("out", "testdata", "folder to write to")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out string) error {
	files, err := league.Testdata()
	if err != nil {
		return err
	}
	for _, f := range files {
		written, err := f.Store(out)
		if err != nil {
			return err
		}
		if written {
			fmt.Println("wrote", f.Name)
		}
	}
	return nil
}
