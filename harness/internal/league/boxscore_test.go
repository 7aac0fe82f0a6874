package league

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestMinutesFillTheGame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		n := between(r, leastHealthy, len(usualMinutes))
		sum := 0
		for _, m := range shareMinutes(r, n) {
			if m < leastMinutes || m > mostMinutes {
				t.Fatalf("a player has %d tenths of a minute, want %d to %d", m, leastMinutes, mostMinutes)
			}
			sum += m
		}
		if sum != regulation {
			t.Fatalf("%d players have %d tenths of a minute, want %d", n, sum, regulation)
		}
	}
}

func TestTeamMinutesCountOvertimes(t *testing.T) {
	overtimes := map[string]int{}
	for _, g := range TeamOffense(wholeLeague(t).Lines) {
		over := g.Minutes - 240
		if over < 0 || over%25 != 0 {
			t.Errorf("%s in %s has %d minutes, want 240 and 25 for each overtime", g.Team, g.GameID, g.Minutes)
		}
		if over > 0 {
			overtimes[g.Season]++
		}
	}
	for _, s := range Seasons() {
		if overtimes[s] == 0 {
			t.Errorf("%s has no game with overtime", s)
		}
	}
}

func TestMinutesAbove48OnlyInOvertime(t *testing.T) {
	type key struct{ game, team string }
	l := wholeLeague(t)
	team := map[key]int64{}
	for _, g := range TeamOffense(l.Lines) {
		team[key{g.GameID, g.Team}] = g.Minutes
	}
	above := 0
	for _, line := range l.Lines {
		if line.Tenths > 480 {
			above++
			if team[key{line.GameID, line.Team}] == 240 {
				t.Errorf("%s played %d tenths of a minute in %s, a game without overtime", line.PlayerLookup, line.Tenths, line.GameID)
			}
		}
	}
	if above == 0 {
		t.Error("nobody played more than 48 minutes")
	}
}

func TestStatsOfAPlayerAgree(t *testing.T) {
	for _, l := range wholeLeague(t).Lines {
		switch {
		case l.DNP && (l.Tenths != 0 || l.Stats != Stats{}):
			t.Errorf("did not play, and has numbers: %+v", l)
		case !l.DNP && l.Tenths <= 0:
			t.Errorf("played no time: %+v", l)
		case l.FieldGoalsMade > l.FieldGoalAttempts || l.ThreePointersMade > l.FieldGoalsMade ||
			l.FreeThrowsMade > l.FreeThrowAttempts || l.OffensiveRebounds > l.Rebounds:
			t.Errorf("a part is larger than its whole: %+v", l)
		}
	}
}

func TestEveryGameHasOneWinner(t *testing.T) {
	games := map[string][]TeamGame{}
	for _, g := range TeamOffense(wholeLeague(t).Lines) {
		games[g.GameID] = append(games[g.GameID], g)
	}
	for id, sides := range games {
		if len(sides) != 2 {
			t.Errorf("%s has %d sides, want 2", id, len(sides))
			continue
		}
		a, b := sides[0], sides[1]
		if a.Points == b.Points || a.WinFlag == b.WinFlag || a.WinFlag != (a.Points > b.Points) {
			t.Errorf("%s: %s has %d points, win %v; %s has %d, win %v", id, a.Team, a.Points, a.WinFlag, b.Team, b.Points, b.WinFlag)
		}
		if a.Opponent != b.Team || b.Opponent != a.Team || a.Minutes != b.Minutes || a.Pace != b.Pace {
			t.Errorf("%s: the sides disagree: %+v, %+v", id, a, b)
		}
	}
}

// TestNumbersLookReal holds quantiles against those of the sport, loosely.
func TestNumbersLookReal(t *testing.T) {
	l := wholeLeague(t)
	offense := TeamOffense(l.Lines)
	var points, pace, usage, minutes []float64
	for _, g := range offense {
		points = append(points, float64(g.Points))
		pace = append(pace, g.Pace)
	}
	for _, p := range PlayerGames(l.Lines, offense) {
		if p.MinutesPlayed != nil {
			minutes = append(minutes, *p.MinutesPlayed)
			if *p.MinutesPlayed >= 10 {
				usage = append(usage, *p.UsageRate)
			}
		}
	}
	for _, test := range []struct {
		name                string
		values              []float64
		quantile, low, high float64
	}{
		{"a team's points, median", points, .5, 108, 118},
		{"a team's points, lowest twentieth", points, .05, 90, 100},
		{"a team's points, highest twentieth", points, .95, 128, 140},
		{"pace, median", pace, .5, 97, 103},
		{"usage rate from 10 minutes on, median", usage, .5, 17, 21},
		{"usage rate from 10 minutes on, lowest hundredth", usage, .01, 3, 8},
		{"usage rate from 10 minutes on, highest hundredth", usage, .99, 30, 40},
		{"minutes, highest hundredth", minutes, .99, 38, 44},
	} {
		t.Run(test.name, func(t *testing.T) {
			slices.Sort(test.values)
			got := test.values[int(test.quantile*float64(len(test.values)-1))]
			if got < test.low || got > test.high {
				t.Errorf("is %v, want %v to %v", got, test.low, test.high)
			}
		})
	}
	if perTeam := float64(len(minutes)) / float64(len(offense)); perTeam < 9.5 || perTeam > 11 {
		t.Errorf("%.2f players of a team play in a game, want 9.5 to 11", perTeam)
	}
}
