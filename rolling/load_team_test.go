package rolling_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// teamHistory is random rows of entities that change teams, with a schedule.
type teamHistory struct {
	naive naive
	games []naiveKey // the entity is the team
	order bool       // rows have an order and games too
	reset bool       // there are two seasons
}

func newTeamHistory(r *rand.Rand) *teamHistory {
	h := &teamHistory{order: chance(r, 30), reset: chance(r, 50)}
	h.naive.perDay = 1
	reset := func(day int64) int32 {
		switch {
		case !h.reset:
			return 0
		case chance(r, 5):
			return r.Int32N(2)
		}
		return int32(day / 11)
	}
	lost := map[[2]int64]bool{}
	for team := range int32(3) {
		for day := int64(1); day <= 20; day++ {
			if !chance(r, 60) {
				continue
			}
			order := int64(0)
			if h.order {
				order = r.Int64N(2)
			}
			h.games = append(h.games, naiveKey{entity: team, reset: reset(day), at: day, order: order, excused: chance(r, 3)})
			lost[[2]int64{int64(team), day}] = chance(r, 15)
		}
	}
	for e := range int32(4) {
		team := r.Int32N(3)
		for day := int64(1); day <= 20; day++ {
			if chance(r, 8) {
				team = r.Int32N(3)
			}
			for _, g := range h.games {
				if g.entity == team && g.at == day && !lost[[2]int64{int64(team), day}] && chance(r, 80) {
					row := naiveRow{entity: e, team: team, reset: g.reset, at: day, order: g.order, counted: rolling.Truth(1 + btoi(chance(r, 80)))}
					if h.reset && chance(r, 3) {
						row.reset = r.Int32N(3) - 1
					}
					h.naive.rows = append(h.naive.rows, row)
				}
			}
			if chance(r, 3) { // a row that is on no schedule
				h.naive.rows = append(h.naive.rows, naiveRow{entity: e, team: team, reset: reset(day), at: day, order: int64(btoi(h.order)), counted: rolling.True})
			}
		}
	}
	return h
}

// expected walks the definition: key by key, entity by entity.
func (h *teamHistory) expected() []naiveKey {
	var keys []naiveKey
	same := func(r naiveRow, g naiveKey) bool { return r.team == g.entity && r.at == g.at && r.order == g.order }
	for e := range int32(4) {
		for _, g := range h.games {
			var newest, there []naiveRow // rows of the newest key before the game, and at it
			for _, r := range h.naive.rows {
				if r.entity != e {
					continue
				}
				switch {
				case r.at == g.at && r.order == g.order:
					there = append(there, r)
				case r.reset != g.reset, r.at > g.at || r.at == g.at && r.order > g.order:
				case len(newest) > 0 && newest[0].at == r.at && newest[0].order == r.order:
					newest = append(newest, r)
				case len(newest) == 0 || r.at > newest[0].at || r.at == newest[0].at && r.order > newest[0].order:
					newest = []naiveRow{r}
				}
			}
			present := slices.ContainsFunc(h.naive.rows, func(r naiveRow) bool { return same(r, g) })
			k := naiveKey{entity: e, reset: g.reset, at: g.at, order: g.order, excused: g.excused || present}
			switch {
			case slices.ContainsFunc(there, func(r naiveRow) bool { return same(r, g) }):
				k.excused = false
			case len(there) > 0, !slices.ContainsFunc(newest, func(r naiveRow) bool { return r.team == g.entity }):
				continue
			}
			if i := slices.IndexFunc(keys, func(o naiveKey) bool { return o.entity == e && o.at == k.at && o.order == k.order }); i >= 0 {
				if !k.excused && (keys[i].excused || k.reset < keys[i].reset) {
					keys[i] = k
				}
				continue
			}
			keys = append(keys, k)
		}
	}
	return keys
}

func TestByTeamAgreesWithItsDefinition(t *testing.T) {
	for seed := range uint64(2_000) {
		r := rand.New(rand.NewPCG(seed, 9))
		h := newTeamHistory(r)
		r.Shuffle(len(h.naive.rows), func(i, j int) { h.naive.rows[i], h.naive.rows[j] = h.naive.rows[j], h.naive.rows[i] })
		var made randomHistory
		made.naive.perDay, made.reset = 1, h.reset
		var rows []naiveKey
		var team []int32
		var counted []rolling.Truth
		for _, row := range h.naive.rows {
			rows = append(rows, naiveKey{entity: row.entity, reset: row.reset, at: row.at, order: row.order})
			team, counted = append(team, row.team), append(counted, row.counted)
		}
		games := rolling.Expected{Keys: made.keys(h.games, false, h.order)}
		for _, g := range h.games {
			games.Excused = append(games.Excused, g.excused)
		}
		got, err := rolling.ByTeam(rolling.Rows{Keys: made.keys(rows, false, h.order), Counted: counted}, team, games)
		require.NoError(t, err)

		want := h.expected()
		slices.SortFunc(want, func(a, b naiveKey) int {
			return int(a.entity-b.entity)*1000 + int(a.at-b.at)*10 + int(a.order-b.order)
		})
		// As windows see them: a window over all days tells how many are due.
		spec, err := rolling.New(rolling.Count("x"), rolling.Days(40))
		require.NoError(t, err)
		for e := range int32(4) {
			for reset := range int32(1 + btoi(h.reset)) {
				var due []int64
				for _, k := range want {
					isRow := slices.ContainsFunc(h.naive.rows, func(r naiveRow) bool { return r.entity == e && r.at == k.at && r.order == k.order })
					if k.entity == e && k.reset == reset && !k.excused && !isRow {
						due = append(due, k.at)
					}
				}
				point := made.keys([]naiveKey{{entity: e, reset: reset, at: 40}}, false, false)
				n, keys := Missing(t, spec, made.keys(rows, false, h.order), len(rows), got, point)
				require.Equal(t, len(due), n, "history %d, entity %d, reset %d", seed, e, reset)
				if keys != nil {
					require.Equal(t, due, keys, "history %d, entity %d, reset %d", seed, e, reset)
				}
			}
		}
	}
}

// A team is not carried from one season into the next: whether a player is with it
// again is not known before his first row.
func TestTeamsAreNotCarriedIntoTheNextSeason(t *testing.T) {
	const bos, lal, ann = 0, 1, 0
	rows := rolling.Rows{Keys: rolling.Keys{Entity: rolling.Coded([]int32{ann, ann}), At: rolling.Dates([]int32{1, 20}), Reset: []int32{0, 1}}}
	games := rolling.Expected{Keys: rolling.Keys{
		Entity: rolling.Coded([]int32{bos, bos, bos, lal, lal}), At: rolling.Dates([]int32{1, 2, 18, 20, 21}), Reset: []int32{0, 0, 1, 1, 1},
	}}
	due, err := rolling.ByTeam(rows, []int32{bos, lal}, games)
	require.NoError(t, err)
	require.Equal(t, rolling.Dates([]int32{1, 2, 20, 21}), due.At)
	require.Equal(t, []int32{0, 0, 1, 1}, due.Reset)
}

// missing returns the number of the expected keys of an entity that have no row,
// and their times unless the refusal is about something else.
func Missing(t *testing.T, spec rolling.Spec, rows rolling.Keys, size int, expected rolling.Expected, point rolling.Keys) (int, []int64) {
	t.Helper()
	var res rolling.Result
	from := int64(0)
	require.NoError(t, rolling.Compute(&res, &rolling.Batch{
		Rows: rolling.Rows{Keys: rows}, Expected: &expected, HistoryFrom: &from,
		Points:  &point,
		Columns: []rolling.Column{rolling.Float64s("x", make([]float64, size), nil)},
		Specs:   []rolling.Spec{spec},
	}))
	w := res.Windows(0)
	n := w.Detail(0).Missing
	if w.Reason(0) != rolling.Gap {
		return n, nil
	}
	return n, times(w.Faults(0, nil))
}

// A game that is listed twice is one game: a row of the team is of both lines, and who
// was not on its sheet owes none.
func TestAGameListedTwiceIsOneGame(t *testing.T) {
	rows := rolling.Rows{Keys: rolling.Keys{Entity: rolling.Coded([]int32{0, 1, 1}), At: rolling.Dates([]int32{1, 1, 2})}}
	games := rolling.Expected{Keys: rolling.Keys{Entity: rolling.Coded([]int32{0, 0, 0}), At: rolling.Dates([]int32{1, 2, 2})}}
	made, err := rolling.ByTeam(rows, []int32{0, 0, 0}, games)
	require.NoError(t, err)
	last, err := rolling.Parse("points_count_last_1")
	require.NoError(t, err)
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &rolling.Batch{
		Rows: rows, Expected: &made, Specs: []rolling.Spec{last}, Columns: []rolling.Column{rolling.Int64s("points", []int64{7, 8, 9}, nil)},
		Points: &rolling.Keys{Entity: rolling.Coded([]int32{0}), At: rolling.Dates([]int32{3})},
	}))
	require.Equal(t, rolling.Whole, res.Windows(0).Reason(0))
}
