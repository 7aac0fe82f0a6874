package schedule

import (
	"cmp"
	"errors"
	"fmt"
	"math"

	"github.com/intactdata/intact/rolling/internal/places"
)

// ByTeam makes expected keys for the entities of rows out of the games of
// their teams: team says the team of each row, and the entity of a game is its team.
func ByTeam(rows places.Keys, team []int32, games places.Expected) (places.Expected, error) {
	s, err := newSchedule(rows, team, games)
	if err != nil {
		return places.Expected{}, err
	}
	if err := s.match(); err != nil {
		return places.Expected{}, err
	}
	for e := range s.entities {
		if err := s.expect(e); err != nil {
			return places.Expected{}, err
		}
	}
	return s.result(), nil
}

// A schedule is the games of the teams, held against the rows.
type schedule struct {
	rows     places.Keys
	team     []int32
	games    places.Expected
	byTeam   places.Grouping
	bySeason places.Grouping // games of one team and one reset
	seasons  map[season]int32
	byEntity places.Grouping
	entities int
	present  []bool  // a row of the team exists
	game     []int32 // of each row, or −1
	scratch  places.Radix

	tells   []int32   // the rows of the entity at hand that tell its team
	keys    []teamKey // its expected keys
	offsets []int32
	made    []teamKey // of all of them
}

// A season is a team with one reset.
type season struct{ team, reset int32 }

// A teamKey is an expected key of an entity.
type teamKey struct {
	at, order, due int64
	reset          int32
	excused        bool
}

func newSchedule(rows places.Keys, team []int32, games places.Expected) (*schedule, error) {
	n, g := rows.At.Len(), games.At.Len()
	if err := rows.Check("rows", n); err != nil {
		return nil, err
	}
	if len(team) != n {
		return nil, places.Lengths("rows", "team", len(team), n)
	}
	if err := games.Keys.Check("games", g); err != nil {
		return nil, err
	}
	if err := games.Keys.Like(&rows, "games"); err != nil {
		return nil, err
	}
	if err := games.NoNullReset("game"); err != nil {
		return nil, err
	}
	switch {
	case games.Order != nil && rows.Order == nil:
		return nil, errors.New("games: these have an Order and the rows have none: give it for both, or for the rows alone")
	case games.Excused != nil && len(games.Excused) != g:
		return nil, places.Lengths("games", "Excused", len(games.Excused), g)
	case games.Due != nil && len(games.Due) != g:
		return nil, places.Lengths("games", "Due", len(games.Due), g)
	}
	s := &schedule{rows: rows, team: team, games: games, present: make([]bool, g), game: make([]int32, n)}
	var err error
	if s.entities, err = rows.Entity.Count("rows"); err != nil {
		return nil, err
	}
	teams, err := games.Entity.Count("games")
	if err != nil {
		return nil, err
	}
	s.byEntity.Group(rows.Entity, s.entities)
	s.byTeam.Group(games.Entity, teams)
	for t := range teams {
		if err := s.byTeam.Sort(&games.Keys, t, "games", &s.scratch); err != nil {
			return nil, err
		}
	}
	return s, s.groupSeasons(teams)
}

// groupSeasons brings the games of each season together, in their order.
func (s *schedule) groupSeasons(teams int) error {
	s.seasons = map[season]int32{}
	codes := make([]int32, s.games.At.Len())
	for t := range teams {
		from, to := s.byTeam.Of(t)
		for i := from; i < to; i++ {
			g := s.byTeam.Row(i)
			_, _, reset := s.games.Key(g)
			code, known := s.seasons[season{int32(t), reset}]
			if !known {
				code = int32(len(s.seasons))
				s.seasons[season{int32(t), reset}] = code
			}
			codes[g] = code
		}
	}
	s.bySeason.Group(places.Entities{Codes: codes}, len(s.seasons))
	for code := range len(s.seasons) {
		if err := s.bySeason.Sort(&s.games.Keys, code, "games", &s.scratch); err != nil {
			return err
		}
	}
	return nil
}

// gameKey returns the key of a game. Without an order it comes before every row
// of its time.
func (s *schedule) gameKey(g int32) (at, order int64) {
	at, order, _ = s.games.Key(g)
	if s.games.Order == nil && s.rows.Order != nil {
		order = math.MinInt64
	}
	return at, order
}

// firstGame returns the first position of a group of games that comes after the
// key, or is it if equal is set.
func (s *schedule) firstGame(games *places.Grouping, of int32, at, order int64, equal bool) (from, to int32) {
	if int(of)+1 >= len(games.Offsets) {
		return 0, 0
	}
	from, to = games.Of(int(of))
	end := to
	for from < end {
		m := (from + end) / 2
		a, o := s.gameKey(games.Row(m))
		c := cmp.Or(cmp.Compare(a, at), cmp.Compare(o, order))
		if c < 0 || c == 0 && !equal {
			from = m + 1
		} else {
			end = m
		}
	}
	return from, to
}

// match finds the game of each row.
func (s *schedule) match() error {
	for i := range s.game {
		s.game[i] = -1
		at, order, _ := s.rows.Key(int32(i))
		if s.team[i] < 0 {
			return fmt.Errorf("rows: row %d (%s) has no team, so it is not known which games were due: fill it in, or leave the row out", i, s.rows.At.Unit().Text(at))
		}
		if s.games.Order == nil && s.rows.Order != nil {
			order = math.MinInt64
		}
		for k, to := s.firstGame(&s.byTeam, s.team[i], at, order, true); k < to; k++ {
			g := s.byTeam.Row(k)
			if a, o := s.gameKey(g); a != at || o != order {
				break
			}
			if s.present[g] = true; s.game[i] < 0 {
				s.game[i] = g // of a game that is listed twice, the first
			}
		}
	}
	return nil
}
