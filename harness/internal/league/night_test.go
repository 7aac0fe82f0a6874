package league

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
)

// states are the league of testdata before and after the night.
type states struct {
	league       *League
	clean, night []TeamGame
}

var bothStates = sync.OnceValues(func() (states, error) {
	c := TestdataConfig()
	l, err := Generate(c)
	if err != nil {
		return states{}, err
	}
	clean := TeamOffense(l.Lines)
	return states{league: l, clean: clean, night: Overwrite(c.Seed, clean, NightBackfills())}, nil
})

func testdataStates(t *testing.T) states {
	t.Helper()
	s, err := bothStates()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// share counts rows with minutes_played > 0 and those of them with a usage rate.
type share struct{ populated, rows int }

func (s share) percent() string { return fmt.Sprintf("%.1f", 100*float64(s.populated)/float64(s.rows)) }

func usageShares(rows []PlayerGame) map[string]share {
	shares := map[string]share{}
	for _, p := range rows {
		if p.MinutesPlayed == nil || *p.MinutesPlayed <= 0 {
			continue
		}
		s := shares[p.Season]
		s.rows++
		if p.UsageRate != nil {
			s.populated++
		}
		shares[p.Season] = s
	}
	return shares
}

func TestCleanUsageRateIsComplete(t *testing.T) {
	s := testdataStates(t)
	shares := usageShares(PlayerGames(s.league.Lines, s.clean))
	if got, want := slices.Sorted(maps.Keys(shares)), TestdataConfig().Seasons; !slices.Equal(got, want) {
		t.Errorf("seasons are %v, want %v", got, want)
	}
	for season, share := range shares {
		if share.populated != share.rows {
			t.Errorf("%s: usage_rate is populated on %d of %d rows, want all", season, share.populated, share.rows)
		}
	}
}

// TestNightUsageRate holds the shares of the incident.
func TestNightUsageRate(t *testing.T) {
	s := testdataStates(t)
	shares := usageShares(PlayerGames(s.league.Lines, s.night))
	got := map[string]string{}
	for season, share := range shares {
		got[season] = share.percent()
	}
	want := map[string]string{"2022-23": "47.9", "2023-24": "47.7", "2025-26": "0.0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("populated share in percent differs (-want +got):\n%s", diff)
	}
	if n := shares["2025-26"].populated; n != 0 {
		t.Errorf("2025-26 has %d rows with a usage rate, want none", n)
	}
}

// TestNightJoin tells the two causes apart: half of the games of the two older
// seasons match, and where they do, lost team rows cost a twentieth.
func TestNightJoin(t *testing.T) {
	s := testdataStates(t)
	matched := map[string]bool{}
	for _, g := range s.night {
		matched[g.GameID] = true
	}
	var games, match int
	for _, g := range s.league.Schedule {
		if g.Status == StatusFinal && g.Season != "2025-26" {
			games++
			if matched[g.GameID] {
				match++
			}
		}
	}
	if rate := 100 * match / games; rate < 47 || rate > 53 {
		t.Errorf("%d of %d games match, want about half", match, games)
	}
	var where share
	for _, p := range PlayerGames(s.league.Lines, s.night) {
		if p.MinutesPlayed != nil && matched[p.GameID] {
			where.rows++
			if p.UsageRate != nil {
				where.populated++
			}
		}
	}
	if where.populated*1000 < 945*where.rows || where.populated*1000 > 965*where.rows {
		t.Errorf("where the game matches, usage_rate is populated on %d of %d rows, want about 95.5 %%", where.populated, where.rows)
	}
}

// TestNightTruncatedDates: of 16 teams 2 were saved.
func TestNightTruncatedDates(t *testing.T) {
	s := testdataStates(t)
	count := func(rows []TeamGame) map[civil.Date]int {
		n := map[civil.Date]int{}
		for _, g := range rows {
			n[g.GameDate]++
		}
		return n
	}
	due, saved := count(s.clean), count(s.night)
	truncated := 0
	for _, b := range NightBackfills() {
		for _, d := range b.Truncated {
			truncated++
			if due[d] != 16 || saved[d] != 2 {
				t.Errorf("%v: %d of %d teams were saved, want 2 of 16", d, saved[d], due[d])
			}
		}
	}
	if truncated == 0 {
		t.Error("no date was truncated")
	}
}

// TestNightChangesNothingElse: what was saved is right but for the game id.
func TestNightChangesNothingElse(t *testing.T) {
	s := testdataStates(t)
	type key struct {
		date civil.Date
		team string
	}
	clean := map[key]TeamGame{}
	for _, g := range s.clean {
		clean[key{g.GameDate, g.Team}] = g
	}
	for _, g := range s.night {
		want, ok := clean[key{g.GameDate, g.Team}]
		if !ok {
			t.Fatalf("%s has no game on %v in the clean state", g.Team, g.GameDate)
		}
		if g.GameID == reverse(want.GameID) {
			g.GameID = want.GameID
		}
		if diff := cmp.Diff(want, g); diff != "" {
			t.Fatalf("row differs (-clean +night):\n%s", diff)
		}
	}
}

func TestOverwrite(t *testing.T) {
	day := func(n int) civil.Date { return date(2024, time.January, n) }
	row := func(n int, away, home, team string) TeamGame {
		return TeamGame{GameID: GameID(day(n), away, home), GameDate: day(n), Team: team}
	}
	offense := []TeamGame{
		row(1, "BOS", "NYK", "BOS"), row(1, "BOS", "NYK", "NYK"),
		row(2, "LAL", "DEN", "DEN"), row(2, "LAL", "DEN", "LAL"), row(2, "MIA", "ATL", "ATL"), row(2, "MIA", "ATL", "MIA"),
	}
	for _, test := range []struct {
		name   string
		landed []Backfill
		want   []TeamGame
	}{
		{"no backfill", nil, offense},
		{
			"dates not covered stay",
			[]Backfill{{From: day(1), To: day(1), Reversed: true}},
			append([]TeamGame{row(1, "NYK", "BOS", "BOS"), row(1, "NYK", "BOS", "NYK")}, offense[2:]...),
		},
		{
			"the later one wins",
			[]Backfill{{From: day(1), To: day(2), Reversed: true}, {From: day(1), To: day(2)}},
			offense,
		},
		{
			"truncated after two rows",
			[]Backfill{{From: day(1), To: day(2), Truncated: []civil.Date{day(2)}}},
			offense[:4],
		},
		{"all lost", []Backfill{{From: day(1), To: day(1), Lost: 1000}}, offense[2:]},
		{
			"reversed rows are sorted by their new id",
			[]Backfill{{From: day(2), To: day(2), Reversed: true}},
			[]TeamGame{
				offense[0], offense[1],
				row(2, "ATL", "MIA", "ATL"), row(2, "ATL", "MIA", "MIA"), row(2, "DEN", "LAL", "DEN"), row(2, "DEN", "LAL", "LAL"),
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Overwrite(1, offense, test.landed)); diff != "" {
				t.Errorf("rows left differ (-want +got):\n%s", diff)
			}
		})
	}
}
