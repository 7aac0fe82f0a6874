//go:build unix

package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// served is the command as it serves.
type served struct {
	cmd     *exec.Cmd
	address string
	log     chan string // all of it, once it has ended
}

// counted is a suite with a variable, over rows that another suite says where they are.
const counted = `suite: counted
variables: {least: 1}
table: d.games
checks:
  - rows:
      at_least: ${least}
`

// serves starts the command in a folder with a suite, and waits until it listens.
func serves(t *testing.T, args ...string) *served {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte(whole), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.yaml"), []byte(suite), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "counted.yaml"), []byte(counted), 0o600))
	s := &served{cmd: exec.CommandContext(t.Context(), intact, append([]string{"serve", "games.yaml", "--listen", "127.0.0.1:0"}, args...)...), log: make(chan string, 1)}
	s.cmd.Dir = dir
	stderr, err := s.cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, s.cmd.Start())
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	lines := bufio.NewReader(stderr)
	first, err := lines.ReadString('\n')
	require.NoError(t, err)
	at := regexp.MustCompile(`address=http://(\S+)`).FindStringSubmatch(first)
	require.NotNil(t, at, first)
	s.address = at[1]
	go func() {
		rest, _ := io.ReadAll(lines)
		s.log <- first + string(rest)
	}()
	return s
}

// stops sends a signal, and returns the exit code and the log.
func (s *served) stops(t *testing.T, signal os.Signal) (int, string) {
	t.Helper()
	require.NoError(t, s.cmd.Process.Signal(signal))
	log := <-s.log
	_ = s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode(), log
}

// oneShot dials for each request: a connection in store, which nobody has asked
// anything on yet, is waited for by a server that stops.
var oneShot = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func (s *served) verdict(body string) (string, error) { return s.verdictOf("games", body) }

func (s *served) verdictOf(suite, body string) (string, error) {
	res, err := oneShot.Post("http://"+s.address+"/check/"+suite, "application/json", strings.NewReader(body))
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var got struct{ Verdict string }
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil || res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("half an answer: %s, %w", res.Status, err)
	}
	return got.Verdict, nil
}

// The answer is the report of check -o json, of the rows as they are now.
func TestServeAnswersAsCheckDoes(t *testing.T) {
	s := serves(t, "--history", "history.ndjson")
	got, err := s.verdict("")
	require.NoError(t, err)
	assert.Equal(t, "pass", got)
	got, err = s.verdict(`{"date": "2022-10-18"}`)
	require.NoError(t, err)
	assert.Equal(t, "unknown", got, "an expected season has no row of that day")
	got, err = s.verdict(`{"vars": {"least": "100%"}}`)
	require.NoError(t, err)
	assert.Equal(t, "unknown", got, "no suite declares it")
	require.NoError(t, os.WriteFile(filepath.Join(s.cmd.Dir, "games.csv"), []byte(whole+"2023-24,2023-10-25,bob,9,\n"), 0o600))
	got, err = s.verdict("")
	require.NoError(t, err)
	assert.Equal(t, "fail", got)
	code, log := s.stops(t, os.Interrupt)
	assert.Equal(t, 0, code)
	assert.Contains(t, log, "path=/check/games status=200 verdict=fail")
	shown := run(t, s.cmd.Dir, "history", "games", "complete:usage by season", "--history", "history.ndjson", "-o", "json")
	assert.Equal(t, 0, shown.code, shown.stderr)
	assert.Equal(t, 6, strings.Count(shown.stdout, `"run_id"`)-strings.Count(shown.stdout, `"from"`), "three runs of two seasons: %s", shown.stdout)
}

// A request may say what variables stand for. The rows are where any of the suites says.
func TestServeReadsVariables(t *testing.T) {
	s := serves(t, "counted.yaml")
	for body, want := range map[string]string{"": "pass", `{"vars": {"least": "4"}}`: "pass", `{"vars": {"least": "5"}}`: "fail", `{"vars": {"lest": "5"}}`: "unknown"} {
		got, err := s.verdictOf("counted", body)
		require.NoError(t, err)
		assert.Equal(t, want, got, body)
	}
	code, _ := s.stops(t, syscall.SIGTERM)
	assert.Equal(t, 0, code)
}

// Of 200 requests at once each has a whole answer or is refused, though a signal comes
// in the middle of them.
func TestServeIsStoppedAmongManyRequests(t *testing.T) {
	s := serves(t, "--waiting", "200")
	var all sync.WaitGroup
	var answered, refused atomic.Int64
	middle := make(chan struct{})
	for range 200 {
		all.Go(func() {
			got, err := s.verdict("")
			switch {
			case err == nil:
				assert.Contains(t, []string{"pass", "unknown"}, got)
			default:
				assert.NotContains(t, err.Error(), "half an answer")
				refused.Add(1)
			}
			if answered.Add(1) == 20 {
				close(middle)
			}
		})
	}
	<-middle
	code, log := s.stops(t, syscall.SIGTERM)
	all.Wait()
	assert.Equal(t, 0, code, log)
	assert.Contains(t, log, "msg=stopped")
	assert.Equal(t, int64(200), answered.Load())
	t.Logf("%d of 200 were refused", refused.Load())
}

// Whoever hangs up ends nothing but their own request.
func TestServeOutlivesThoseWhoHangUp(t *testing.T) {
	s := serves(t)
	for range 50 {
		conn, err := net.Dial("tcp", s.address)
		require.NoError(t, err)
		_, err = io.WriteString(conn, "POST /check/games HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
		require.NoError(t, err)
		require.NoError(t, conn.(*net.TCPConn).SetLinger(0))
		require.NoError(t, conn.Close())
	}
	got, err := s.verdict("")
	require.NoError(t, err)
	assert.Equal(t, "pass", got)
	code, _ := s.stops(t, syscall.SIGTERM)
	assert.Equal(t, 0, code)
}

// Where others can ask, the token is asked for, and it stands nowhere in the log.
func TestServeAsksForAToken(t *testing.T) {
	const token = "a-token-of-some-length"
	t.Setenv("ASKED", token+"\n")
	s := serves(t, "--listen", "0.0.0.0:0", "--token-env", "ASKED")
	_, port, err := net.SplitHostPort(s.address)
	require.NoError(t, err)
	for header, status := range map[string]int{"": 401, "Bearer " + token + "s": 401, "Bearer " + token: 200} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:"+port+"/check/games", nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", header)
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		assert.Equal(t, status, res.StatusCode, header)
	}
	code, log := s.stops(t, syscall.SIGTERM)
	assert.Equal(t, 0, code)
	assert.NotContains(t, log, token)
}

func TestServeIsToldWhatItCannotServe(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte(whole), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.yaml"), []byte(suite), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "short"), []byte("secret\n"), 0o600))
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"others without a token":  {[]string{"games.yaml", "--listen", ":0"}, 2, "can be reached from other machines"},
		"no port":                 {[]string{"games.yaml", "--listen", "localhost"}, 2, "is no HOST:PORT"},
		"a token that is not set": {[]string{"games.yaml", "--listen", ":0", "--token-env", "NO_SUCH_TOKEN"}, 2, "NO_SUCH_TOKEN (--token-env) is not set"},
		"a short token":           {[]string{"games.yaml", "--listen", ":0", "--token-file", "short"}, 2, "holds a token of 6 characters"},
		"no token's file":         {[]string{"games.yaml", "--listen", ":0", "--token-file", "none"}, 2, "--token-file: open none"},
		"no suite":                {nil, 2, "serve needs a suite"},
		"no room":                 {[]string{"games.yaml", "--running", "0"}, 2, "at least one suite runs at once"},
		"an address of others":    {[]string{"games.yaml", "--listen", "192.0.2.1:0", "--token-env", "LONG_TOKEN"}, 3, "--listen 192.0.2.1:0"},
	} {
		t.Setenv("LONG_TOKEN", "a-token-of-some-length")
		got := run(t, dir, append([]string{"serve"}, c.args...)...)
		assert.Equal(t, c.code, got.code, "%s: %s", name, got.stderr)
		assert.Contains(t, got.stderr, c.says, name)
		assert.NotContains(t, got.stderr, "secret", name)
	}
}
