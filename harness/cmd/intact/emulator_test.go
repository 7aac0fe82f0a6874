package main_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
)

// impostor answers as an emulator does until the first query, which creates a table;
// then it does what it is told to, and answers nothing more until it is over.
func impostor(atQuery func(), over <-chan struct{}) http.Handler {
	var once sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprintf(w, `{"error": {"code": 404, "message": "dataset %s is not found", "errors": [{"reason": "notFound"}]}}`, path.Base(r.URL.Path))
		case path.Base(r.URL.Path) == "datasets":
			fmt.Fprint(w, `{"datasetReference": {"projectId": "test", "datasetId": "d"}}`)
		default: // the query, and what cleans up behind it
			once.Do(atQuery)
			<-over
		}
	})
}

func serve(t *testing.T, atQuery func()) *httptest.Server {
	t.Helper()
	over := make(chan struct{})
	srv := httptest.NewServer(impostor(atQuery, over))
	t.Cleanup(func() {
		close(over)
		srv.CloseClientConnections()
		srv.Close()
	})
	return srv
}

// Cleaning up behind a run that was ended waits for nobody.
func TestHungEmulatorIsNotWaitedFor(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"a signal":   {nil, "terminated signal received"},
		"a time-out": {[]string{"--timeout", "500ms"}, "there was no answer within 500ms (--timeout)"},
	} {
		t.Run(name, func(t *testing.T) {
			begun := make(chan struct{})
			t.Setenv(emulator.EnvEmulator, serve(t, func() { close(begun) }).URL)
			r := begin(t, folder(t, suite, whole), append([]string{"check", "suite.yaml", "--engine", "emulator"}, c.args...)...)
			if c.args == nil {
				<-begun
				require.NoError(t, r.cmd.Process.Signal(syscall.SIGTERM))
			}
			assert.Equal(t, 3, r.ends(t))
			assert.Contains(t, r.stderr.String(), c.says)
		})
	}
}

func TestEmulatorThatGoesAwayIsNamed(t *testing.T) {
	var srv *httptest.Server
	srv = serve(t, func() {
		srv.Listener.Close()
		srv.CloseClientConnections()
	})
	t.Setenv(emulator.EnvEmulator, srv.URL)
	got := run(t, folder(t, suite, whole), "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code, got.stderr)
	assert.Contains(t, got.stdout, "INTACT_EMULATOR="+srv.URL+" does not answer any more")
}

func TestServerThatIsNoEmulatorIsNamed(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	defer web.Close()
	t.Setenv(emulator.EnvEmulator, web.URL)
	got := run(t, folder(t, suite, whole), "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code)
	assert.Empty(t, got.stdout)
	assert.Contains(t, got.stderr, "INTACT_EMULATOR="+web.URL+": it is no BigQuery emulator")
	assert.Contains(t, got.stderr, "or unset INTACT_EMULATOR")
}

// dyingEmulator is an emulator that its first query is too much for.
func dyingEmulator() {
	srv := httptest.NewServer(impostor(func() {
		fmt.Fprintln(os.Stderr, "out of memory")
		os.Exit(5)
	}, nil))
	fmt.Println(srv.URL)
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func TestEmulatorThatDiesIsNamed(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	t.Setenv(envRole, "dying emulator")
	t.Setenv(emulator.EnvEmulator, self)
	got := run(t, folder(t, suite, whole), "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code, got.stderr)
	assert.Contains(t, got.stdout, self+" has ended: exit status 5")
	assert.Contains(t, got.stdout, "out of memory")
	assert.NotContains(t, got.stdout, "EOF")
}

// Runs on one server are in nobody's way, and neither is what a killed one left.
func TestRunsShareAnEmulator(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	dir := folder(t, suite, whole)
	args := []string{"check", "suite.yaml", "--engine", "emulator", "-o", "json"}
	killed := begin(t, dir, args...)
	others := [2]*exec.Cmd{}
	for i := range others {
		others[i] = exec.CommandContext(t.Context(), intact, args...)
		others[i].Dir = dir
		require.NoError(t, others[i].Start())
	}
	require.NoError(t, killed.cmd.Process.Kill())
	_ = killed.cmd.Wait()
	for _, cmd := range others {
		assert.NoError(t, cmd.Wait(), "each passes")
	}
	got := run(t, dir, args...)
	assert.Equal(t, 0, got.code, got.stdout+got.stderr)
	assert.Contains(t, got.stdout, `"table": "d.games"`, "the suite's name, not that of the run")
}

// What no check reads is not loaded, whatever stands in it.
func TestColumnsThatNoCheckReadsAreNoMatter(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	const reads = "suite: s\ntable: d.games\nsource: games.csv\nchecks:\n  - %s\n"
	for name, c := range map[string]struct{ check, rows string }{
		"a column without a name":   {"complete: a", ",a\n0,1\n1,2\n"},
		"a comma behind the header": {"complete: a", "a,\n1,\n2,\n"},
		"a NaN":                     {"complete: a", "a,f\n1,NaN\n2,0.5\n"},
		"two columns of one name":   {"complete: a", "x,a,X\n1,1,2\n1,2,2\n"},
		"a back-quote in a name":    {"complete: a", "a,b`c\n1,1\n2,2\n"},
		"no column is read at all":  {"rows: {at_least: 2}", ",f\n0,NaN\n1,0.5\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, fmt.Sprintf(reads, c.check), c.rows)
			inMemory := reported(t, dir, "rows")
			bySQL := reported(t, dir, "emulator")
			assert.Equal(t, 0, inMemory.code, inMemory.stdout+inMemory.stderr)
			assert.Equal(t, inMemory, bySQL)
		})
	}
}

// A cell that the emulator cannot hold is the affair of those who read its column.
func TestSpoiltColumnSpoilsNoOther(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	text := "suite: s\ntable: d.games\nsource: games.csv\nchecks:\n  - complete: a\n  - complete: f\n  - complete: b`c\n  - unique: [a]\n"
	got := run(t, folder(t, text, "a,f,b`c\n1,NaN,1\n2,0.5,2\n"), "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code, got.stderr)
	assert.Equal(t, 2, strings.Count(got.stdout, "│ pass "), got.stdout)
	assert.Contains(t, got.stdout, `row 1, column "f": it is NaN`)
	assert.Contains(t, got.stdout, "holds a back-quote")
	assert.Contains(t, got.stdout, "2 of 4 checks block")
}
