package schedule

import (
	"cmp"
	"math"
	"slices"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/places"
)

// expect makes the expected keys of one entity.
func (s *schedule) expect(entity int) error {
	if err := s.byEntity.Sort(&s.rows, entity, "rows", &s.scratch); err != nil {
		return err
	}
	s.keys, s.tells = s.keys[:0], s.tells[:0]
	from, to := s.byEntity.Of(entity)
	for i := from; i < to; i++ {
		row := s.byEntity.Row(i)
		s.expectRow(row)
		if _, _, reset := s.rows.Key(row); reset >= 0 {
			s.tells = append(s.tells, row)
		}
	}
	slices.SortStableFunc(s.tells, func(a, b int32) int {
		_, _, x := s.rows.Key(a)
		_, _, y := s.rows.Key(b)
		return cmp.Compare(x, y)
	})
	for rows := s.tells; len(rows) > 0; {
		// Rows with one key together: the newest before what follows.
		at, order, reset := s.rows.Key(rows[0])
		n := 0
		untilAt, untilOrder := int64(math.MaxInt64), int64(math.MaxInt64)
		for ; n < len(rows); n++ {
			if a, o, r := s.rows.Key(rows[n]); a != at || o != order || r != reset {
				if r == reset {
					untilAt, untilOrder = a, o
				}
				break
			}
		}
		for _, row := range rows[:n] {
			if code, known := s.seasons[season{s.team[row], reset}]; known {
				s.expectGames(code, at, order, untilAt, untilOrder, entity)
			}
		}
		rows = rows[n:]
	}
	s.gather()
	return nil
}

// expectRow adds the key of a row whose game is on the schedule.
func (s *schedule) expectRow(row int32) {
	g := s.game[row]
	if g < 0 {
		return
	}
	k := s.teamKey(g)
	k.at, k.order, _ = s.rows.Key(row)
	k.excused = false
	if s.rows.Reset != nil && s.rows.Reset[row] >= 0 {
		k.reset = s.rows.Reset[row]
	}
	s.keys = append(s.keys, k)
}

// expectGames adds the games of a season after one key of the entity and up to
// another, unless the entity has a row there.
func (s *schedule) expectGames(code int32, at, order, untilAt, untilOrder int64, entity int) {
	k, end := s.firstGame(&s.bySeason, code, at, order, false)
	for ; k < end; k++ {
		g := s.bySeason.Row(k)
		key := s.teamKey(g)
		if key.at > untilAt || key.at == untilAt && key.order > untilOrder {
			return
		}
		if s.hasRow(entity, key.at, key.order) {
			continue
		}
		key.excused = key.excused || s.present[g]
		s.keys = append(s.keys, key)
	}
}

// hasRow reports whether the entity has a row at the key of a game: at its time, if
// games have no order.
func (s *schedule) hasRow(entity int, at, order int64) bool {
	from, to := s.byEntity.Of(entity)
	end := to
	for from < end {
		m := (from + end) / 2
		if a, o, _ := s.rows.Key(s.byEntity.Row(m)); a < at || a == at && o < order {
			from = m + 1
		} else {
			end = m
		}
	}
	if from == to {
		return false
	}
	a, o, _ := s.rows.Key(s.byEntity.Row(from))
	return a == at && (s.games.Order == nil || o == order)
}

func (s *schedule) teamKey(g int32) teamKey {
	var k teamKey
	_, _, k.reset = s.games.Key(g)
	k.at, k.order = s.gameKey(g)
	k.excused = s.games.Excused != nil && s.games.Excused[g]
	if s.games.Due != nil {
		k.due = s.games.Due[g]
	}
	return k
}

// gather puts the keys of an entity in order, one of each: it is excused only if
// every game that it stands for is, and has the least reset of those that are not.
func (s *schedule) gather() {
	s.offsets = append(s.offsets, int32(len(s.made)))
	slices.SortStableFunc(s.keys, func(a, b teamKey) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order), cmp.Compare(a.reset, b.reset))
	})
	for i, k := range s.keys {
		if i > 0 && k.at == s.keys[i-1].at && k.order == s.keys[i-1].order {
			last := &s.made[len(s.made)-1]
			if last.excused {
				last.excused, last.reset = k.excused, k.reset
			}
			last.due = min(last.due, k.due)
			continue
		}
		s.made = append(s.made, k)
	}
}

// result returns the keys as columns.
func (s *schedule) result() places.Expected {
	n := len(s.made)
	var x places.Expected
	x.Entity = places.Entities{Offsets: append(s.offsets, int32(n))}
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
	if x.At = (places.Times{Dates: dates}); s.rows.At.Unit() != calendar.Dates {
		x.At = places.Times{Micros: micros, Clock: s.rows.At.Clock}
	}
	return x
}
