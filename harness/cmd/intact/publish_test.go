package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// gamesOf is a table, and rows for its second day.
func gamesOf(rows int) (before, sent, after string) {
	var kept, old, next strings.Builder
	for i := range rows {
		fmt.Fprintf(&kept, "2026-01-03,T%d,%d\n", i, i)
		fmt.Fprintf(&old, "2026-01-04,T%d,%d\n", i, i)
		fmt.Fprintf(&next, "2026-01-04,T%d,%d\n", i, i+1)
	}
	const header = "game_date,team,points\n"
	return header + kept.String() + old.String(), header + next.String(), header + kept.String() + next.String()
}

// Publishing is killed at every state of the folder that can be seen from outside: the table
// is as it was or as it is to be, and the same command ends well.
func TestPublishIsKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files that are open cannot be renamed over here")
	}
	before, sent, after := gamesOf(4000)
	suite := "suite: games\ntable: nba.games\ndate: game_date\ntables:\n  nba.games: {key: [game_date, team]}\nchecks:\n  - complete: points\n"
	args := []string{"publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--into", "games.csv", "--date", "2026-01-04", "--run", "r1"}
	old, published := 0, 0
	for states := 1; ; states++ {
		dir := t.TempDir()
		for name, text := range map[string]string{"suite.yaml": suite, "rows.csv": sent, "games.csv": before} {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
		}
		killed := killedAfter(t, dir, states, args...)
		switch got := read(t, dir, "games.csv"); got {
		case before:
			old++
		case after:
			published++
		default:
			t.Fatalf("after %d states the table is between: %d bytes", states, len(got))
		}
		again := run(t, dir, args...)
		require.Zero(t, again.code, again.stdout+again.stderr)
		require.Equal(t, after, read(t, dir, "games.csv"))
		left, err := filepath.Glob(filepath.Join(dir, ".*-*"))
		require.NoError(t, err)
		require.Empty(t, left)
		if !killed {
			break
		}
	}
	t.Logf("%d times the old table, %d times the new one", old, published)
	assert.Positive(t, old)
	assert.Positive(t, published)
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return string(text)
}

// killedAfter kills a run once the folder has been seen in so many states; false is that it
// ended before.
func killedAfter(t *testing.T, dir string, states int, args ...string) bool {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), intact, args...)
	cmd.Dir = dir
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	last, seen := "", 0
	for {
		select {
		case err := <-ended:
			require.NoError(t, err)
			return false
		default:
		}
		if now := stateOf(dir); now != last {
			if last = now; seen < states {
				seen++
				continue
			}
			_ = cmd.Process.Kill() // it may just have ended
			return <-ended != nil
		}
	}
}

// stateOf is the names and sizes of what is in a folder.
func stateOf(dir string) string {
	entries, _ := os.ReadDir(dir)
	var out strings.Builder
	for _, e := range entries {
		name := e.Name()
		if info, err := e.Info(); err == nil {
			fmt.Fprintln(&out, name[:min(len(name), 9)], info.Size())
		}
	}
	return out.String()
}
