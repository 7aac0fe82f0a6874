package league

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
)

// line is a player's line of a game in Denver.
func line(player, team, opponent string, tenths int64, s Stats) Line {
	return Line{
		GameID: "20231024_LAL_DEN", GameDate: date(2023, time.October, 24), Season: "2023-24",
		Team: team, Opponent: opponent, PlayerLookup: player, Tenths: tenths, Stats: s,
	}
}

// bench is a player's line who did not play.
func bench(player, team, opponent string) Line {
	l := line(player, team, opponent, 0, Stats{})
	l.DNP = true
	return l
}

// denver is a game cut down to two players a side and one on the bench.
func denver() []Line {
	return []Line{
		line("one", "DEN", "LAL", 1200, Stats{
			FieldGoalsMade: 30, FieldGoalAttempts: 60, ThreePointersMade: 10,
			FreeThrowsMade: 20, FreeThrowAttempts: 25, OffensiveRebounds: 10, Turnovers: 5,
		}),
		bench("three", "DEN", "LAL"),
		line("two", "DEN", "LAL", 1200, Stats{FieldGoalsMade: 15, FieldGoalAttempts: 30, Turnovers: 3}),
		line("four", "LAL", "DEN", 2400, Stats{
			FieldGoalsMade: 50, FieldGoalAttempts: 100, FreeThrowAttempts: 25, OffensiveRebounds: 20, Turnovers: 10,
		}),
	}
}

func TestTeamOffense(t *testing.T) {
	g := TeamGame{GameID: "20231024_LAL_DEN", GameDate: date(2023, time.October, 24), Season: "2023-24", Minutes: 240}
	home, away := g, g
	home.Team, home.Opponent, home.WinFlag = "DEN", "LAL", true
	home.FieldGoalsMade, home.FieldGoalAttempts, home.ThreePointersMade = 45, 90, 10
	home.FreeThrowsMade, home.FreeThrowAttempts = 20, 25
	home.OffensiveRebounds, home.Turnovers = 10, 8
	home.Points = 2*35 + 3*10 + 20
	away.Team, away.Opponent = "LAL", "DEN"
	away.FieldGoalsMade, away.FieldGoalAttempts, away.FreeThrowAttempts = 50, 100, 25
	away.OffensiveRebounds, away.Turnovers = 20, 10
	away.Points = 2 * 50
	// Possessions: 90 + 0.44×25 + 8 − 10 = 99 and 100 + 0.44×25 + 10 − 20 = 101.
	home.Pace, away.Pace = 100, 100

	if diff := cmp.Diff([]TeamGame{home, away}, TeamOffense(denver())); diff != "" {
		t.Errorf("team totals differ (-want +got):\n%s", diff)
	}
}

func TestUsageRate(t *testing.T) {
	rows := PlayerGames(denver(), TeamOffense(denver()))
	got := map[string]*float64{}
	for _, r := range rows {
		got[r.PlayerLookup] = r.UsageRate
	}
	// Denver used 109 plays in 240 minutes, two and a half times 48 for each.
	want := map[string]*float64{
		"one":   new(27.9), // 100 × (60 + 0.44×25 + 5) × 48 ÷ (120 × 109) = 27.8899
		"two":   new(12.1), // 100 × (30 + 3) × 48 ÷ (120 × 109) = 12.1101
		"three": nil,
		"four":  new(20.0), // alone on court all the time: a fifth
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("usage rates differ (-want +got):\n%s", diff)
	}
}

func TestTenthsRoundHalfUp(t *testing.T) {
	for _, test := range []struct {
		n, d int64
		want float64
	}{
		{0, 7, 0}, {1, 1, 0.1}, {149, 100, 0.1}, {3, 2, 0.2}, {151, 100, 0.2}, {5, 2, 0.3}, {2789, 10, 27.9},
	} {
		if got := tenths(test.n, test.d); got != test.want {
			t.Errorf("%d/%d tenths are %v, want %v", test.n, test.d, got, test.want)
		}
	}
}

// TestJoinMisses: usage_rate is NULL where no team row has the player's game id
// and team, and everything else stays.
func TestJoinMisses(t *testing.T) {
	offense := TeamOffense(denver())
	reversed := offense[0]
	reversed.GameID = "20231024_DEN_LAL"
	for _, test := range []struct {
		name    string
		offense []TeamGame
	}{
		{"team row lost", offense[1:]},
		{"game id reversed", []TeamGame{reversed, offense[1]}},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := PlayerGames(denver(), offense)
			want[0].UsageRate, want[2].UsageRate = nil, nil // Denver's
			if diff := cmp.Diff(want, PlayerGames(denver(), test.offense)); diff != "" {
				t.Errorf("rows differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRowsRepeatTheBoxScore recomputes each row's points and usage rate from
// its own columns and the sum of its team's rows.
func TestRowsRepeatTheBoxScore(t *testing.T) {
	type key struct{ game, team string }
	type sums struct{ points, plays, minutes float64 }
	l := wholeLeague(t)
	offense := TeamOffense(l.Lines)
	rows := PlayerGames(l.Lines, offense)
	plays := func(p PlayerGame) float64 {
		return float64(*p.FieldGoalAttempts) + 0.44*float64(*p.FreeThrowAttempts) + float64(*p.Turnovers)
	}
	team := map[key]sums{}
	for _, p := range rows {
		if *p.IsDNP {
			continue
		}
		if *p.Points != 2*(*p.FieldGoalsMade-*p.ThreePointersMade)+3**p.ThreePointersMade+*p.FreeThrowsMade {
			t.Errorf("points are not what the shots are worth: %s in %s", p.PlayerLookup, p.GameID)
		}
		s := team[key{p.GameID, p.Team}]
		s.points += float64(*p.Points)
		s.plays += plays(p)
		s.minutes += *p.MinutesPlayed
		team[key{p.GameID, p.Team}] = s
	}
	for _, g := range offense {
		if s := team[key{g.GameID, g.Team}]; float64(g.Points) != s.points {
			t.Errorf("%s has %d points in %s, its players %v", g.Team, g.Points, g.GameID, s.points)
		}
	}
	const halfATenth = 0.05 + 1e-9
	for _, p := range rows {
		if *p.IsDNP {
			continue
		}
		s := team[key{p.GameID, p.Team}]
		want := 100 * plays(p) * (s.minutes / 5) / (*p.MinutesPlayed * s.plays)
		if p.UsageRate == nil || *p.UsageRate < want-halfATenth || *p.UsageRate > want+halfATenth {
			t.Errorf("usage rate of %s in %s is %v, want %v", p.PlayerLookup, p.GameID, p.UsageRate, want)
		}
	}
}

func TestKeysAreUnique(t *testing.T) {
	type playerKey struct {
		date   civil.Date
		player string
	}
	type gameKey struct {
		id   string
		date civil.Date
	}
	l := wholeLeague(t)
	players := map[playerKey]bool{}
	for _, p := range PlayerGames(l.Lines, nil) {
		k := playerKey{p.GameDate, p.PlayerLookup}
		if players[k] {
			t.Errorf("player_game has two rows of %v", k)
		}
		players[k] = true
	}
	games := map[gameKey]bool{}
	for _, g := range l.Schedule {
		k := gameKey{g.GameID, g.GameDate}
		if games[k] {
			t.Errorf("the schedule has two rows of %v", k)
		}
		games[k] = true
	}
}

func TestNotPlayingIsNull(t *testing.T) {
	rows := PlayerGames(denver(), TeamOffense(denver()))
	want := PlayerGame{
		GameID: "20231024_LAL_DEN", GameDate: date(2023, time.October, 24), Season: "2023-24",
		Team: "DEN", Opponent: "LAL", PlayerLookup: "three", IsDNP: new(true),
	}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Errorf("row of a player who did not play differs (-want +got):\n%s", diff)
	}
}
