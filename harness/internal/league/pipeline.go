package league

// teamKey is what the pipeline joins on.
type teamKey struct {
	gameID, team string
}

// TeamOffense adds up the raw box score to one row a team and game, in the
// order of the lines.
func TeamOffense(lines []Line) []TeamGame {
	totals := map[teamKey]*total{}
	var order []teamKey
	for _, l := range lines {
		k := teamKey{l.GameID, l.Team}
		t, ok := totals[k]
		if !ok {
			t = &total{line: l}
			totals[k] = t
			order = append(order, k)
		}
		if !l.DNP {
			t.tenths += l.Tenths
			t.stats.add(l.Stats)
		}
	}
	rows := make([]TeamGame, 0, len(order))
	for _, k := range order {
		t := totals[k]
		opponent := totals[teamKey{t.line.GameID, t.line.Opponent}]
		if opponent == nil {
			opponent = &total{}
		}
		rows = append(rows, t.row(opponent))
	}
	return rows
}

// total is a team's sum while it is being added up.
type total struct {
	line   Line // any of the team's, for the columns all share
	tenths int64
	stats  Stats
}

func (t *total) row(opponent *total) TeamGame {
	s := t.stats
	return TeamGame{
		GameID: t.line.GameID, GameDate: t.line.GameDate, Season: t.line.Season,
		Team: t.line.Team, Opponent: t.line.Opponent,
		WinFlag:           s.Points() > opponent.stats.Points(),
		Minutes:           t.tenths / 10,
		Points:            s.Points(),
		FieldGoalsMade:    s.FieldGoalsMade,
		FieldGoalAttempts: s.FieldGoalAttempts,
		ThreePointersMade: s.ThreePointersMade,
		FreeThrowsMade:    s.FreeThrowsMade,
		FreeThrowAttempts: s.FreeThrowAttempts,
		OffensiveRebounds: s.OffensiveRebounds,
		Rebounds:          s.Rebounds,
		Assists:           s.Assists,
		Turnovers:         s.Turnovers,
		Pace:              pace(s, opponent.stats, t.tenths),
	}
}

// plays100 is a hundred times the plays a player or team has used up:
// FGA + 0.44 FTA + TOV.
func plays100(fieldGoalAttempts, freeThrowAttempts, turnovers int64) int64 {
	return 100*fieldGoalAttempts + 44*freeThrowAttempts + 100*turnovers
}

// pace is the mean of both teams' possessions, plays less offensive rebounds,
// in 48 minutes.
func pace(a, b Stats, teamTenths int64) float64 {
	possessions100 := func(s Stats) int64 {
		return plays100(s.FieldGoalAttempts, s.FreeThrowAttempts, s.Turnovers) - 100*s.OffensiveRebounds
	}
	// 48 × (sum / 2 / 100) ÷ (tenths / 10 / 5), in tenths.
	return tenths(12*(possessions100(a)+possessions100(b))*10, teamTenths)
}

// usageRate is 100 × plays × (team minutes / 5) ÷ (minutes × team plays),
// rounded to one decimal; false where the divisor is zero.
func usageRate(l Line, team TeamGame) (float64, bool) {
	teamPlays := plays100(team.FieldGoalAttempts, team.FreeThrowAttempts, team.Turnovers)
	if l.Tenths <= 0 || teamPlays <= 0 {
		return 0, false
	}
	plays := plays100(l.FieldGoalAttempts, l.FreeThrowAttempts, l.Turnovers)
	return tenths(1000*plays*(10*team.Minutes), 5*l.Tenths*teamPlays), true
}

// tenths is n/d tenths, rounded half up. Neither may be negative.
func tenths(n, d int64) float64 {
	return float64((2*n+d)/(2*d)) / 10
}

// PlayerGames derives player_game from the raw box score: a row a line, with
// usage_rate by a join with team_offense on game_id and team. Where no team row
// matches, usage_rate is NULL.
func PlayerGames(lines []Line, offense []TeamGame) []PlayerGame {
	teams := make(map[teamKey]TeamGame, len(offense))
	for _, t := range offense {
		teams[teamKey{t.GameID, t.Team}] = t
	}
	rows := make([]PlayerGame, len(lines))
	for i, l := range lines {
		rows[i] = PlayerGame{
			GameID: l.GameID, GameDate: l.GameDate, Season: l.Season,
			Team: l.Team, Opponent: l.Opponent, PlayerLookup: l.PlayerLookup,
			IsDNP: new(l.DNP),
		}
		if l.DNP {
			continue // every stat stays NULL: not playing is not scoring 0
		}
		rows[i].setStats(l)
		if team, ok := teams[teamKey{l.GameID, l.Team}]; ok {
			if rate, ok := usageRate(l, team); ok {
				rows[i].UsageRate = &rate
			}
		}
	}
	return rows
}

func (p *PlayerGame) setStats(l Line) {
	p.MinutesPlayed = new(float64(l.Tenths) / 10)
	p.Points = new(l.Points())
	p.FieldGoalsMade = new(l.FieldGoalsMade)
	p.FieldGoalAttempts = new(l.FieldGoalAttempts)
	p.ThreePointersMade = new(l.ThreePointersMade)
	p.FreeThrowsMade = new(l.FreeThrowsMade)
	p.FreeThrowAttempts = new(l.FreeThrowAttempts)
	p.OffensiveRebounds = new(l.OffensiveRebounds)
	p.Rebounds = new(l.Rebounds)
	p.Assists = new(l.Assists)
	p.Turnovers = new(l.Turnovers)
}
