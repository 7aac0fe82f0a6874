package container

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
)

// envRole turns this test binary into another program, for the tests that kill one.
const envRole = "INTACT_TEST_ROLE"

func TestMain(m *testing.M) {
	switch role := os.Getenv(envRole); role {
	case "":
		os.Exit(m.Run())
	case "parent": // starts a container and waits to be killed
		srv, err := Start(context.Background(), Options{Image: os.Getenv(EnvImage)})
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
