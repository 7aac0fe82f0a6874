package harness

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/intactdata/intact/harness/emulator"
)

// envRole turns this test binary into another program, for the tests that kill one.
const envRole = "INTACT_TEST_ROLE"

func TestMain(m *testing.M) {
	switch role := os.Getenv(envRole); role {
	case "":
		os.Exit(m.Run())
	case "test with a dataset": // waits to be killed
		if err := leaveDataset(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		_, _ = io.Copy(io.Discard, os.Stdin)
	default:
		fmt.Fprintf(os.Stderr, "%s=%q is no role\n", envRole, role)
		os.Exit(2)
	}
}

// killed stands in for a test whose end never comes.
type killed struct{ emulator.TB }

func (killed) Name() string   { return "TestThatIsKilled" }
func (killed) Cleanup(func()) {}

func leaveDataset() error {
	ctx := context.Background()
	srv, err := emulator.Start(ctx)
	if err != nil {
		return err
	}
	client, err := srv.Client(ctx)
	if err != nil {
		return err
	}
	made, err := datasetsOf(client).create(ctx, killed{}, srv)
	if err != nil {
		return err
	}
	if err := made.Exec(ctx, "CREATE TABLE `"+emulator.Project+"."+made.ID+".games` (n INT64)"); err != nil {
		return err
	}
	fmt.Println(made.ID)
	return nil
}
