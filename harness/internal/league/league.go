package league

import (
	"fmt"
	"slices"

	"cloud.google.com/go/civil"
)

// Config says which league to invent and how much of it to keep.
type Config struct {
	// Seed decides everything. Equal seeds give equal leagues.
	Seed uint64

	// Seasons to keep. Defaults to all of [Seasons].
	Seasons []string

	// Teams to keep: games in which at least one of them plays, with both
	// sides. Defaults to all of [Teams].
	Teams []string

	// From and Through are the first and the last game date to keep. Defaults
	// to no limit.
	From, Through civil.Date
}

// League is what happened: who was to play when, who was on the sheet, and the
// raw box score. All rows are sorted by game date, game id, team and player.
type League struct {
	Schedule []Game
	Sheet    []SheetRow
	Lines    []Line
}

// Generate invents a league. It fails on a season or team that does not exist
// and when nothing would be kept.
func Generate(c Config) (*League, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	l := &League{}
	rosters := newRosters(c.Seed)
	for i, s := range seasons {
		if i > 0 {
			rosters.summer(s.name)
		}
		trades := rosters.trades(s)
		if c.keepsSeason(s.name) {
			games, err := schedule(c.Seed, i)
			if err != nil {
				return nil, err
			}
			trades = l.play(c, s, games, rosters, trades)
		}
		for _, t := range trades {
			rosters.carryOut(t)
		}
	}
	if len(l.Schedule) == 0 {
		return nil, fmt.Errorf("league: no game from %v through %v in the seasons %v; widen the dates", c.From, c.Through, c.Seasons)
	}
	return l, nil
}

// play adds a season's games that are to be kept and returns the trades that
// have not been carried out yet.
func (l *League) play(c Config, s season, games []Game, rosters *rosters, trades []trade) []trade {
	injuries := map[*player][]bool{}
	for _, g := range games {
		for len(trades) > 0 && !trades[0].on.After(g.GameDate) {
			rosters.carryOut(trades[0])
			trades = trades[1:]
		}
		if !c.keepsGame(g) {
			continue
		}
		l.Schedule = append(l.Schedule, g)
		if g.Status != StatusFinal {
			continue
		}
		day := g.GameDate.DaysSince(s.first)
		sheet, lines := playGame(c.Seed, g, rosters.squads, func(p *player) bool {
			days, ok := injuries[p]
			if !ok {
				days = injured(c.Seed, s, p)
				injuries[p] = days
			}
			return days[day]
		})
		l.Sheet = append(l.Sheet, sheet...)
		l.Lines = append(l.Lines, lines...)
	}
	return trades
}

func (c Config) check() error {
	for _, s := range c.Seasons {
		if !slices.Contains(Seasons(), s) {
			return fmt.Errorf("league: no season %q; choose from %v", s, Seasons())
		}
	}
	for _, t := range c.Teams {
		if !slices.Contains(Teams(), t) {
			return fmt.Errorf("league: no team %q; choose from %v", t, Teams())
		}
	}
	return nil
}

func (c Config) keepsSeason(name string) bool {
	return len(c.Seasons) == 0 || slices.Contains(c.Seasons, name)
}

func (c Config) keepsGame(g Game) bool {
	if !c.From.IsZero() && g.GameDate.Before(c.From) || !c.Through.IsZero() && g.GameDate.After(c.Through) {
		return false
	}
	return len(c.Teams) == 0 || slices.Contains(c.Teams, g.AwayTeam) || slices.Contains(c.Teams, g.HomeTeam)
}
