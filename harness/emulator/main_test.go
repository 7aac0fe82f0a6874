package emulator

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// envRole turns this test binary into another program, for the tests that
// start, watch or kill one.
const envRole = "INTACT_TEST_ROLE"

// envAnswer is what the role dying says before its connections are lost.
const envAnswer = "INTACT_TEST_ANSWER"

func TestMain(m *testing.M) {
	switch role := os.Getenv(envRole); role {
	case "":
		os.Exit(m.Run())
	case "emulator": // keeps to the protocol
		fmt.Println("http://127.0.0.1:1")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "hung": // does not heed the end of its standard input
		fmt.Println("http://127.0.0.1:1")
		never := make(chan os.Signal, 1)
		signal.Notify(never, syscall.SIGHUP)
		<-never
	case "broken": // dies before it answers
		fmt.Fprintln(os.Stderr, "cannot open the database")
		os.Exit(3)
	case "stranger": // is another program
		fmt.Println("hello, world")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case "dying": // loses its connections and then its life
		dying := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, os.Getenv(envAnswer))
				_ = conn.Close()
			}
			fmt.Fprintln(os.Stderr, "out of memory")
			os.Exit(5)
		})}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Printf("http://%s\n", l.Addr())
		_ = dying.Serve(l)
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
