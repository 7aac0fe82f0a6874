package league

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// whole is all five seasons of the league that testdata holds three of. Tests
// do not change it.
var whole = sync.OnceValues(func() (*League, error) {
	return Generate(Config{Seed: TestdataConfig().Seed})
})

func wholeLeague(t *testing.T) *League {
	t.Helper()
	l, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func generate(t *testing.T, c Config) *League {
	t.Helper()
	l, err := Generate(c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestGenerateIsDeterministic(t *testing.T) {
	c := Config{Seed: 7, Seasons: []string{"2022-23"}, Through: date(2022, time.November, 1)}
	if diff := cmp.Diff(generate(t, c), generate(t, c)); diff != "" {
		t.Errorf("two leagues of one seed differ (-first +second):\n%s", diff)
	}
}

func TestGenerateDependsOnTheSeed(t *testing.T) {
	c := Config{Seed: 7, Seasons: []string{"2022-23"}, Through: date(2022, time.November, 1)}
	first := generate(t, c)
	c.Seed++
	if cmp.Equal(first.Schedule, generate(t, c).Schedule) {
		t.Error("two seeds gave one schedule")
	}
}

// TestNarrowedLeagueHoldsTheRowsOfTheWhole: what is left out must not change
// what is kept.
func TestNarrowedLeagueHoldsTheRowsOfTheWhole(t *testing.T) {
	c := Config{
		Seed:    TestdataConfig().Seed,
		Seasons: []string{"2023-24"},
		Teams:   []string{"BOS", "DEN"},
		From:    date(2024, time.January, 20),
		Through: date(2024, time.February, 25), // trades fall into these days
	}
	l := wholeLeague(t)
	want := &League{}
	kept := map[string]bool{}
	for _, g := range l.Schedule {
		inDates := !g.GameDate.Before(c.From) && !g.GameDate.After(c.Through)
		if inDates && (slices.Contains(c.Teams, g.AwayTeam) || slices.Contains(c.Teams, g.HomeTeam)) {
			want.Schedule = append(want.Schedule, g)
			if g.Status == StatusFinal {
				kept[g.GameID] = true
			}
		}
	}
	for _, s := range l.Sheet {
		if kept[s.GameID] {
			want.Sheet = append(want.Sheet, s)
		}
	}
	for _, line := range l.Lines {
		if kept[line.GameID] {
			want.Lines = append(want.Lines, line)
		}
	}
	if diff := cmp.Diff(want, generate(t, c)); diff != "" {
		t.Errorf("narrowed league differs from the rows of the whole one (-whole +narrowed):\n%s", diff)
	}
}

func TestGenerateRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		config Config
		says   string
	}{
		{"an unknown season", Config{Seasons: []string{"1999-00"}}, `no season "1999-00"`},
		{"an unknown team", Config{Teams: []string{"XYZ"}}, `no team "XYZ"`},
		{"dates without games", Config{Seasons: []string{"2023-24"}, From: date(2024, time.July, 1)}, "no game"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Generate(test.config)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error is %v, want one that says %q", err, test.says)
			}
		})
	}
}

func TestRowsAreSorted(t *testing.T) {
	l := wholeLeague(t)
	if !slices.IsSortedFunc(l.Schedule, compareGames) {
		t.Error("schedule is not sorted by game date and id")
	}
	if !slices.IsSortedFunc(l.Sheet, compareSheetRows) {
		t.Error("sheet is not sorted by game date, id, team and player")
	}
	if !slices.IsSortedFunc(l.Lines, compareLines) {
		t.Error("box score is not sorted by game date, id, team and player")
	}
	if !slices.IsSortedFunc(TeamOffense(l.Lines), compareTeamGames) {
		t.Error("team totals are not sorted by game date, id and team")
	}
}
