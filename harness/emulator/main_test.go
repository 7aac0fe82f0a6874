package emulator

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
)

// envRole turns this test binary into another program, for the tests that
// start, watch or kill one.
const envRole = "INTACT_TEST_ROLE"

func TestMain(m *testing.M) {
	switch role := os.Getenv(envRole); role {
	case "":
		os.Exit(m.Run())
	case "emulator": // keeps to the protocol
		fmt.Println("http://127.0.0.1:1")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "broken": // dies before it answers
		fmt.Fprintln(os.Stderr, "cannot open the database")
		os.Exit(3)
	case "stranger": // is another program
		fmt.Println("hello, world")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "fleeting": // answers and dies
		fmt.Println("http://127.0.0.1:1")
		fmt.Fprintln(os.Stderr, "out of memory")
		os.Exit(4)
	case "parent": // starts a real emulator and waits to be killed
		_ = os.Unsetenv(envRole)
		srv, err := Start(context.Background())
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(srv.Endpoint())
		_, _ = io.Copy(io.Discard, os.Stdin)
	default:
		fmt.Fprintf(os.Stderr, "%s=%q is no role\n", envRole, role)
		os.Exit(2)
	}
}
