package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// mutated tests a suite with these checks on a table of four games.
func mutated(t *testing.T, checks string, args ...string) (code int, out, said string) {
	t.Helper()
	dir := t.TempDir()
	rows := "season,player,points\n2024,ann,3\n2024,bob,5\n2025,ann,4\n2025,bob,3\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte(rows), 0o600))
	suite := filepath.Join(dir, "games.yaml")
	text := "suite: games\ntable: d.games\nsource: games.csv\nchecks:\n" + checks
	require.NoError(t, os.WriteFile(suite, []byte(text), 0o600))
	return mutate(t, suite, args...)
}

func mutate(t *testing.T, suite string, args ...string) (code int, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := Process{
		Args: append([]string{"mutate", suite}, args...), Stdin: &bytes.Buffer{}, Stdout: &stdout, Stderr: &stderr,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC) },
	}
	code = Run(context.Background(), p)
	return code, stdout.String(), stderr.String()
}

const rowsBySeason = "- rows: {at_least: 2}\n  by: season\n  expect: [2024, 2025]\n"

func TestMutateExits(t *testing.T) {
	for _, c := range []struct {
		name, checks string
		args         []string
		want         int
		out, said    string
	}{
		{"all caught", rowsBySeason, []string{"--fault", "lose"}, exitPass, "5 of 5 faults caught (100.0%).", ""},
		{"some missed", rowsBySeason, []string{"--fault", "lose,duplicate"}, exitFail, "5 of 7 faults caught (71.4%).", ""},
		{"enough caught", rowsBySeason, []string{"--fault", "lose,duplicate", "--at-least", "5/7"}, exitPass, "5 of 7", ""},
		{"too few caught", rowsBySeason, []string{"--fault", "lose,duplicate", "--at-least", "72%"}, exitFail, "5 of 7", ""},
		{"nothing applies", rowsBySeason, []string{"--fault", "leak"}, exitUnknown, "", "no fault applies to its table"},
		{"it fails as it is", "- rows: {at_least: 5}\n", nil, exitFail, "", "does not pass on its table as it is"},
		{"it is unknown as it is", "- complete: pionts\n", nil, exitUnknown, "", "does not pass on its table as it is"},
		{"it is misspelt", "- compleet: points\n", nil, exitUsage, "", "unknown"},
		{"another engine", rowsBySeason, []string{"--project", "p"}, exitUsage, "", "mutate breaks rows in memory"},
		{"no such fault", rowsBySeason, []string{"--fault", "loose"}, exitUsage, "", `--fault "loose" is not known: it is lose, duplicate`},
		{"no such share", rowsBySeason, []string{"--at-least", "90"}, exitUsage, "", "--at-least"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, said := mutated(t, c.checks, c.args...)
			require.Equal(t, c.want, code, said)
			require.Contains(t, out, c.out)
			require.Contains(t, said, c.said)
		})
	}
}

func TestMutateIsTheSameForASeed(t *testing.T) {
	_, first, _ := mutated(t, rowsBySeason, "--all")
	_, again, _ := mutated(t, rowsBySeason, "--all")
	require.Equal(t, first, again)
}

func TestMutateAsJSON(t *testing.T) {
	code, out, said := mutated(t, rowsBySeason, "--fault", "lose,duplicate", "-o", "json")
	require.Equal(t, exitFail, code, said)
	var got struct {
		SchemaVersion int `json:"schema_version"`
		Suites        []struct {
			Suite          string
			Caught, Missed int
			Proposals      []string
			Faults         []struct {
				Kind, Fault, Outcome string
				Rows                 int
				CaughtBy             []string `json:"caught_by"`
				Proposal             *int
			}
		}
	}
	d := json.NewDecoder(strings.NewReader(out))
	require.NoError(t, d.Decode(&got))
	require.Equal(t, 1, got.SchemaVersion)
	require.Len(t, got.Suites, 1)
	s := got.Suites[0]
	require.Equal(t, []int{5, 2}, []int{s.Caught, s.Missed})
	require.Equal(t, []string{"- unique: [season, player]"}, s.Proposals)
	last := s.Faults[len(s.Faults)-1]
	require.Equal(t, "duplicate all rows where season = 2025", last.Fault)
	require.Equal(t, "missed", last.Outcome)
	require.Equal(t, 2, last.Rows)
	require.Zero(t, *last.Proposal)
	require.Equal(t, []string{"rows by season"}, s.Faults[0].CaughtBy)
}

func TestMutateShowsNothingThatIsRedacted(t *testing.T) {
	const table = "d.games: {date: day, redact: [day, email]}"
	for _, output := range []string{"table", "json"} {
		dir := t.TempDir()
		var rows strings.Builder
		rows.WriteString("day,email,points\n")
		for day := range 9 {
			fmt.Fprintf(&rows, "2031-07-1%d,secret-%d,%d\n", day, day, day+1)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte(rows.String()), 0o600))
		suite := filepath.Join(dir, "games.yaml")
		text := "suite: games\ntable: d.games\ntables: {" + table + "}\nsource: games.csv\nchecks:\n- unique: email\n"
		require.NoError(t, os.WriteFile(suite, []byte(text), 0o600))
		code, out, said := mutate(t, suite, "--all", "-o", output)
		require.Equal(t, exitFail, code, said)
		for _, shown := range []string{"2031", "secret", "[a-z]{6}"} {
			require.NotContains(t, out+said, shown)
		}
	}
}

func TestMutateTestsTheOtherSuites(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte("player,points\nann,3\nbob,5\n"), 0o600))
	suite := func(name, source, check string) {
		text := "suite: " + name + "\ntable: d." + name + "\nsource: " + source + "\nchecks:\n- " + check + "\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".yaml"), []byte(text), 0o600))
	}
	suite("absent", "nowhere.csv", "unique: player")
	suite("sound", "games.csv", "unique: player")
	code, out, said := mutate(t, dir, "--fault", "duplicate")
	require.Equal(t, exitUnknown, code, said)
	require.Contains(t, said, "suite absent: it does not pass on its table as it is")
	require.Contains(t, said, "nowhere.csv")
	require.Contains(t, out, "1 of 1 fault caught")

	suite("loose", "games.csv", "rows: {at_least: 1}")
	code, out, _ = mutate(t, dir, "--fault", "duplicate")
	require.Equal(t, exitFail, code)
	require.Contains(t, out, "0 of 1 fault caught")
	require.Contains(t, out, "1 of 1 fault caught")
}
