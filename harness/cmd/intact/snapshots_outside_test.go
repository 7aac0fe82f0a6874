package main_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// state is a file of results as it once was.
type state struct {
	at    time.Time
	lines [][]string
}

// states are those of a season, in their order.
func states(t *testing.T) (out []state) {
	in := json.NewDecoder(strings.NewReader(outsideText(t, "schedule", "results_snapshots_2023-24.ndjson.gz")))
	for {
		var line struct {
			Time  time.Time `json:"snapshot_time"`
			Cells []string
		}
		err := in.Decode(&line)
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err)
		if len(out) == 0 || !out[len(out)-1].at.Equal(line.Time) {
			out = append(out, state{at: line.Time})
		}
		last := &out[len(out)-1]
		last.lines = append(last.lines, line.Cells)
	}
}

// whole says that each line has a cell for each column, of which one is the date.
func (s state) whole() bool {
	short := func(line []string) bool { return len(line) != len(s.lines[0]) }
	return !slices.Contains(s.lines[0], "Day") && !slices.ContainsFunc(s.lines, short)
}

// games counts them by day and home team.
func (s state) games(t *testing.T) map[string]int {
	out := map[string]int{}
	day, home := slices.Index(s.lines[0], "Date"), slices.Index(s.lines[0], "Home/Neutral")
	for _, line := range s.lines[1:] {
		on, err := time.Parse("Mon Jan 2 2006", line[day])
		require.NoError(t, err)
		out[on.Format(time.DateOnly)+" "+line[home]]++
	}
	return out
}

// A file of results is looked at as often as it was written. A game is due two days
// after its own begins, so that what came a day late is never missed; one that was
// forgotten is, while it is, and one that stands twice ever since.
func TestOutsideResultsAreReplayed(t *testing.T) {
	const cup, last = "2023-12-09", "2024-04-14" // the final of a cup is no game of the season
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	due := map[string]time.Time{}
	for _, r := range outsideRows(t, "unlicensed", "schedule_2023-24.csv.gz") {
		if r["date"] != cup && r["date"] <= last {
			day, err := time.ParseInLocation(time.DateOnly, r["date"], newYork)
			require.NoError(t, err)
			due[r["date"]+" "+r["home_team"]] = day.Add(48 * time.Hour)
		}
	}
	require.Len(t, due, 1230)
	suite := fmt.Sprintf(`suite: results
table: nba.results
date: Date
source: results.csv
columns: {Date: {type: DATE, format: "%%a %%b %%d %%Y"}}
checks:
  - unique: [Date, Home/Neutral]
  - equal: [Date, Visitor/Neutral, Home/Neutral]
    of:
      source: %s
      where: date != '%s' AND date <= '%s'
      map: {Date: date, Visitor/Neutral: away_team, Home/Neutral: home_team}
      due: {of: date, at: 00:00 America/New_York + 48h}
`, outside(t, "unlicensed", "schedule_2023-24.csv.gz"), cup, last)

	dir := write(t, map[string]string{"suite.yaml": suite})
	all := states(t)
	require.Len(t, all, 60)
	var broken, twice, holes []string
	for _, s := range all {
		want := map[string]string{}
		var text bytes.Buffer
		require.NoError(t, csv.NewWriter(&text).WriteAll(s.lines))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "results.csv"), text.Bytes(), 0o600))
		name := s.at.UTC().Format(time.DateOnly)
		if s.whole() {
			want["unique"], want["equal"] = "pass", "pass"
			games := s.games(t)
			for _, n := range games {
				if n > 1 {
					want["unique"] = "fail"
				}
			}
			for game, at := range due {
				if games[game] == 0 && !s.at.Before(at) {
					want["equal"] = "fail"
					holes = append(holes, name+": "+game)
				} else if games[game] == 0 && want["equal"] == "pass" {
					want["equal"] = "waiting"
				}
			}
		} else {
			want["unique"], want["equal"] = "unknown", "unknown"
			broken = append(broken, name)
		}
		if want["unique"] == "fail" {
			twice = append(twice, name)
		}
		got := map[string]string{}
		for _, c := range checksOf(t, run(t, dir, "check", "suite.yaml", "-o", "json", "--now", s.at.Format(time.RFC3339))) {
			got[c.Kind] = c.Verdict
		}
		assert.Equal(t, want, got, s.at)
	}
	assert.Equal(t, []string{"2023-10-25", "2023-11-25"}, broken)
	assert.Equal(t, []string{"2023-12-28: 2023-12-22 Sacramento Kings"}, holes)
	assert.Len(t, twice, 35)
	assert.Equal(t, "2023-11-25", twice[0])
}
