package main_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
)

// fence is a code block of the README and the language behind its first line.
var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	return string(text)
}

func blocks(t *testing.T, language string) []string {
	t.Helper()
	out := blocksOf(readme(t), language)
	require.NotEmpty(t, out, "the README has no %s block", language)
	return out
}

func blocksOf(text, language string) []string {
	var out []string
	for _, m := range fence.FindAllStringSubmatch(text, -1) {
		if m[1] == language {
			out = append(out, m[2])
		}
	}
	return out
}

// bash runs a script in the project's root, with the built command on the PATH.
func bash(t *testing.T, script string) string {
	t.Helper()
	return bashIn(t, root, script)
}

func bashIn(t *testing.T, dir, script string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(intact)+string(os.PathListSeparator)+os.Getenv("PATH"))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run() // how it exits is among what the README shows
	return out.String()
}

// session is the commands of a console block, and what the README shows of them. A
// command begins with a dollar sign and goes on in lines that begin with >.
func session(block string) (script, shown string) {
	for line := range strings.Lines(block) {
		command, typed := strings.CutPrefix(line, "$ ")
		if !typed {
			command, typed = strings.CutPrefix(line, "> ")
		}
		if typed {
			script += command
		} else {
			shown += line
		}
	}
	return script, shown
}

// TestReadmeConsole runs the console blocks, those of a section in one session, and
// holds what they print against what the README shows.
func TestReadmeConsole(t *testing.T) {
	for _, section := range strings.Split(readme(t), "\n## ") {
		script, shown := session(strings.Join(blocksOf(section, "console"), ""))
		if diff := cmp.Diff(shown, bash(t, script)); diff != "" {
			t.Errorf("%s\nprints something else than the README shows (-README +real):\n%s", script, diff)
		}
	}
}

// TestReadmesNightOnTheEmulator waits the README's night out once more, word by word,
// on SQL: with a few days of its tables, for each look loads them anew.
func TestReadmesNightOnTheEmulator(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	t.Setenv("INTACT_ENGINE", "emulator")
	dir := t.TempDir()
	for _, state := range []string{"clean", "night"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "testdata", state), 0o700))
		fewer := `gzip -dc testdata/` + state + `/player_game.csv.gz | grep -E '^game_id|^[0-9]{6}05_' | gzip > ` + dir + `/testdata/` + state + `/player_game.csv.gz`
		require.Empty(t, bash(t, fewer))
	}
	suite, err := os.ReadFile(filepath.Join(root, "testdata", "player_game_summary.yaml"))
	require.NoError(t, err)
	require.Contains(t, string(suite), "rows: {at_least: 1000}")
	fewer := strings.Replace(string(suite), "at_least: 1000", "at_least: 100", 1)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "testdata", "player_game_summary.yaml"), []byte(fewer), 0o600))

	ran := 0
	for _, block := range blocks(t, "console") {
		if script, shown := session(block); strings.Contains(script, "intact gate") {
			require.Equal(t, shown, bashIn(t, dir, script))
			ran++
		}
	}
	require.NotZero(t, ran, "the README does not wait the night out")
}

// TestReadmeScripts runs the bash and Python blocks: they show how a processor
// calls the command, and must end well.
func TestReadmeScripts(t *testing.T) {
	for language, interpreter := range map[string]string{"bash": "bash", "python": "python3"} {
		t.Run(language, func(t *testing.T) {
			if _, err := exec.LookPath(interpreter); err != nil {
				t.Skipf("%s is not on this machine", interpreter)
			}
			for _, block := range blocks(t, language) {
				path := filepath.Join(t.TempDir(), "script")
				require.NoError(t, os.WriteFile(path, []byte(block), 0o600))
				out := bash(t, interpreter+" "+path+" && echo ended well")
				if !strings.HasSuffix(out, "ended well\n") {
					t.Errorf("the README's script fails:\n%s\n%s", block, out)
				}
			}
		})
	}
}

// TestReadmeGo finds every Go block in a file that the compiler and go test see.
func TestReadmeGo(t *testing.T) {
	var sources []string
	err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			data, readErr := os.ReadFile(path)
			sources, err = append(sources, flat(string(data))), readErr
		}
		return err
	})
	require.NoError(t, err)
	all := strings.Join(sources, "\n")
	for _, block := range blocks(t, "go") {
		if !strings.Contains(all, flat(block)) {
			t.Errorf("no example or test holds this block of the README:\n%s", block)
		}
	}
}

// flat drops indentation and blank lines.
func flat(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		if s := strings.TrimSpace(line); s != "" {
			b.WriteString(s + "\n")
		}
	}
	return b.String()
}
