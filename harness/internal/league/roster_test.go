package league

import (
	"slices"
	"testing"

	"cloud.google.com/go/civil"
)

func TestNamesAreHandedOutOnce(t *testing.T) {
	n := newNames(1)
	seen := map[string]bool{}
	for range len(firstNames) * len(lastNames) {
		name := n.next()
		if seen[name] {
			t.Fatalf("two players are called %q", name)
		}
		seen[name] = true
	}
}

func TestSquadsKeepTheirSize(t *testing.T) {
	l := newRosters(1)
	check := func(when string) {
		t.Helper()
		total := map[*player]bool{}
		for _, team := range Teams() {
			if len(l.squads[team]) != squadSize {
				t.Errorf("%s: %s has %d players, want %d", when, team, len(l.squads[team]), squadSize)
			}
			if !slices.IsSortedFunc(l.squads[team], comparePlayers) {
				t.Errorf("%s: the squad of %s is not sorted by rating", when, team)
			}
			for _, p := range l.squads[team] {
				total[p] = true
			}
		}
		if len(total) != len(Teams())*squadSize {
			t.Errorf("%s: %d different players, want %d: somebody plays for two teams", when, len(total), len(Teams())*squadSize)
		}
	}
	check("at the start")
	for _, tr := range l.trades(seasons[0]) {
		l.carryOut(tr)
	}
	check("after the trades")
	l.summer(seasons[1].name)
	check("after a summer")
}

// TestPlayerIsOnOneSheetADate also holds the sheet's key: a player is on a
// game's sheet once.
func TestPlayerIsOnOneSheetADate(t *testing.T) {
	type key struct {
		date   civil.Date
		player string
	}
	seen := map[key]string{}
	for _, s := range wholeLeague(t).Sheet {
		k := key{s.GameDate, s.PlayerLookup}
		if other, ok := seen[k]; ok {
			t.Errorf("%s is on the sheets of %s and %s on %v", s.PlayerLookup, other, s.GameID, s.GameDate)
		}
		seen[k] = s.GameID
	}
}

func TestPlayersAreTradedWithinASeason(t *testing.T) {
	type key struct{ season, player string }
	teams := map[key][]string{}
	for _, l := range wholeLeague(t).Lines {
		k := key{l.Season, l.PlayerLookup}
		if !slices.Contains(teams[k], l.Team) {
			teams[k] = append(teams[k], l.Team)
		}
	}
	traded := map[string]int{}
	for k, of := range teams {
		if len(of) > 2 {
			t.Errorf("%s played for %v in %s; nobody is traded twice", k.player, of, k.season)
		}
		if len(of) == 2 {
			traded[k.season]++
		}
	}
	for _, s := range Seasons() {
		if traded[s] < earlyTrades+deadlineTrades {
			t.Errorf("%s: %d players have rows of two teams, want at least %d", s, traded[s], earlyTrades+deadlineTrades)
		}
	}
}

func TestPlayersStayInTheLeague(t *testing.T) {
	in := map[string]map[string]bool{}
	for _, s := range Seasons() {
		in[s] = map[string]bool{}
	}
	for _, s := range wholeLeague(t).Sheet {
		in[s.Season][s.PlayerLookup] = true
	}
	stayed := 0
	for p := range in["2022-23"] {
		if in["2023-24"][p] {
			stayed++
		}
	}
	if all := len(in["2022-23"]); stayed < all*3/4 || stayed == all {
		t.Errorf("%d of %d players stayed from 2022-23 to 2023-24; most should, some should not", stayed, all)
	}
}

// TestSheetMatchesTheBoxScore: whoever played or sat on the bench has a line,
// the inactive have none.
func TestSheetMatchesTheBoxScore(t *testing.T) {
	type key struct{ game, team, player string }
	l := wholeLeague(t)
	status := map[key]string{}
	counts := map[string]int{}
	for _, s := range l.Sheet {
		counts[s.Status]++
		if s.Status != StatusInactive {
			status[key{s.GameID, s.Team, s.PlayerLookup}] = s.Status
		}
	}
	for _, line := range l.Lines {
		k := key{line.GameID, line.Team, line.PlayerLookup}
		want := StatusPlayed
		if line.DNP {
			want = StatusDNP
		}
		if status[k] != want {
			t.Errorf("%v has a line as %q, the sheet says %q", k, want, status[k])
		}
		delete(status, k)
	}
	if len(status) > 0 {
		t.Errorf("%d players who played or sat on the bench have no line", len(status))
	}
	for _, s := range []string{StatusPlayed, StatusDNP, StatusInactive} {
		if counts[s] == 0 {
			t.Errorf("nobody on any sheet is %q", s)
		}
	}
}
