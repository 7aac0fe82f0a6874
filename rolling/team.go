package rolling

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// ByTeam makes expected keys for the entities of rows out of the games of their
// teams, where only games are known and not who was on the sheet. team says the
// team of each row; the entity of a key of games is its team. The rows' order may
// be unknown to the schedule: then any row of a team at a time is its game.
//
// A game of which no row of the team exists is missing for every entity whose
// newest earlier row carries that team, unless the entity has a row of its own at
// that key. Where the game is there and the entity's row is not, the entity was
// not on the sheet: the key is excused.
//
// This finds lost games, not lost rows of a game that is there, and not the lost
// game of an entity's debut or of its first for another team, for no earlier row
// carries that team: hold the rows of each game against its sheet as well.
func ByTeam(rows Rows, team []int32, games Expected) (Expected, error) {
	s, err := newSchedule(rows, team, games)
	if err != nil {
		return Expected{}, err
	}
	if err := s.match(); err != nil {
		return Expected{}, err
	}
	for e := range s.entities {
		if err := s.expect(e); err != nil {
			return Expected{}, err
		}
	}
	return s.result(), nil
}

// A schedule is the games of the teams, held against the rows.
type schedule struct {
	rows     Rows
	team     []int32
	games    Expected
	byTeam   grouping
	byEntity grouping
	entities int
	present  []bool  // a row of the team exists
	game     []int32 // of each row, or −1
	scratch  radix

	keys    []teamKey // of the entity at hand
	offsets []int32
	made    []teamKey // of all of them
}

// A teamKey is an expected key of an entity.
type teamKey struct {
	at, order, due int64
	reset          int32
	excused        bool
}

func newSchedule(rows Rows, team []int32, games Expected) (*schedule, error) {
	n, g := rows.At.len(), games.At.len()
	if err := rows.Keys.check("rows", n); err != nil {
		return nil, err
	}
	if len(team) != n {
		return nil, lengths("rows", "team", len(team), n)
	}
	if err := games.Keys.check("games", g); err != nil {
		return nil, err
	}
	if err := games.Keys.like(&rows.Keys, "games"); err != nil {
		return nil, err
	}
	if err := games.noNullReset("game"); err != nil {
		return nil, err
	}
	switch {
	case games.Order != nil && rows.Order == nil:
		return nil, fmt.Errorf("games: these have an Order and the rows have none: give it for both, or for the rows alone")
	case games.Excused != nil && len(games.Excused) != g:
		return nil, lengths("games", "Excused", len(games.Excused), g)
	case games.Due != nil && len(games.Due) != g:
		return nil, lengths("games", "Due", len(games.Due), g)
	}
	s := &schedule{rows: rows, team: team, games: games, present: make([]bool, g), game: make([]int32, n)}
	var err error
	if s.entities, err = rows.Entity.count("rows"); err != nil {
		return nil, err
	}
	teams, err := games.Entity.count("games")
	if err != nil {
		return nil, err
	}
	s.byEntity.group(rows.Entity, s.entities)
	s.byTeam.group(games.Entity, teams)
	for t := range teams {
		if err := s.byTeam.sort(&games.Keys, t, "games", &s.scratch); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// gameKey returns the key of a game. Without an order it comes before every row
// of its time.
func (s *schedule) gameKey(g int32) (at, order int64) {
	at, order, _ = s.games.key(g)
	if s.games.Order == nil && s.rows.Order != nil {
		order = math.MinInt64
	}
	return at, order
}

// firstGame returns the first position of a team's games that comes after the
// key, or is it if equal is set.
func (s *schedule) firstGame(team int32, at, order int64, equal bool) (from, to int32) {
	if int(team)+1 >= len(s.byTeam.offsets) {
		return 0, 0
	}
	from, to = s.byTeam.of(int(team))
	end := to
	for from < end {
		m := (from + end) / 2
		a, o := s.gameKey(s.byTeam.row(m))
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
		at, order, _ := s.rows.key(int32(i))
		if s.team[i] < 0 {
			return fmt.Errorf("rows: row %d (%s) has no team, so it is not known which games were due: fill it in, or leave the row out", i, s.rows.At.unit().text(at))
		}
		if s.games.Order == nil && s.rows.Order != nil {
			order = math.MinInt64
		}
		if k, to := s.firstGame(s.team[i], at, order, true); k < to {
			g := s.byTeam.row(k)
			if a, o := s.gameKey(g); a == at && o == order {
				s.game[i], s.present[g] = g, true
			}
		}
	}
	return nil
}

// expect makes the expected keys of one entity.
func (s *schedule) expect(entity int) error {
	if err := s.byEntity.sort(&s.rows.Keys, entity, "rows", &s.scratch); err != nil {
		return err
	}
	s.keys = s.keys[:0]
	from, to := s.byEntity.of(entity)
	for from < to {
		// Rows with one key together: the newest before what follows.
		at, order, _ := s.rows.key(s.byEntity.row(from))
		next := from
		for ; next < to; next++ {
			row := s.byEntity.row(next)
			if a, o, _ := s.rows.key(row); a != at || o != order {
				break
			}
			s.expectRow(row, at, order)
		}
		untilAt, untilOrder := int64(math.MaxInt64), int64(math.MaxInt64)
		if next < to {
			untilAt, untilOrder, _ = s.rows.key(s.byEntity.row(next))
		}
		for i := from; i < next; i++ {
			s.expectGames(s.team[s.byEntity.row(i)], at, order, untilAt, untilOrder, next, to)
		}
		from = next
	}
	s.gather()
	return nil
}

// expectRow adds the key of a row whose game is on the schedule.
func (s *schedule) expectRow(row int32, at, order int64) {
	g := s.game[row]
	if g < 0 {
		return
	}
	k := s.teamKey(g)
	k.at, k.order, k.excused = at, order, false
	if s.rows.Reset != nil && s.rows.Reset[row] >= 0 {
		k.reset = s.rows.Reset[row]
	}
	s.keys = append(s.keys, k)
}

// expectGames adds a team's games after one key of the entity, up to its next
// key, unless the entity has a row there.
func (s *schedule) expectGames(team int32, at, order, untilAt, untilOrder int64, next, to int32) {
	k, end := s.firstGame(team, at, order, false)
	for ; k < end; k++ {
		g := s.byTeam.row(k)
		key := s.teamKey(g)
		if key.at > untilAt || key.at == untilAt && key.order > untilOrder {
			return
		}
		if next < to && key.at == untilAt && (s.games.Order == nil || key.order == untilOrder) {
			continue
		}
		key.excused = key.excused || s.present[g]
		s.keys = append(s.keys, key)
	}
}

func (s *schedule) teamKey(g int32) teamKey {
	var k teamKey
	_, _, k.reset = s.games.key(g)
	k.at, k.order = s.gameKey(g)
	k.excused = s.games.Excused != nil && s.games.Excused[g]
	if s.games.Due != nil {
		k.due = s.games.Due[g]
	}
	return k
}

// gather puts the keys of an entity in order, one of each: it is excused only if
// every game that it stands for is.
func (s *schedule) gather() {
	s.offsets = append(s.offsets, int32(len(s.made)))
	slices.SortStableFunc(s.keys, func(a, b teamKey) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order))
	})
	for i, k := range s.keys {
		if i > 0 && k.at == s.keys[i-1].at && k.order == s.keys[i-1].order {
			last := &s.made[len(s.made)-1]
			last.excused = last.excused && k.excused
			last.due = min(last.due, k.due)
			continue
		}
		s.made = append(s.made, k)
	}
}

// result returns the keys as columns.
func (s *schedule) result() Expected {
	n := len(s.made)
	var x Expected
	x.Entity = Grouped(append(s.offsets, int32(n)))
	dates, micros := make([]int32, n), make([]int64, n)
	x.Excused = make([]bool, n)
	if s.rows.Order != nil {
		x.Order = make([]int64, n)
	}
	if s.rows.Reset != nil {
		x.Reset = make([]int32, n)
	}
	if s.games.Due != nil {
		x.Due = make([]int64, n)
	}
	for i, k := range s.made {
		dates[i], micros[i], x.Excused[i] = int32(k.at), k.at, k.excused
		if x.Order != nil {
			x.Order[i] = k.order
		}
		if x.Reset != nil {
			x.Reset[i] = k.reset
		}
		if x.Due != nil {
			x.Due[i] = k.due
		}
	}
	if x.At = Dates(dates); s.rows.At.unit() != inDays {
		x.At = Times{micros: micros, clock: s.rows.At.clock}
	}
	return x
}
