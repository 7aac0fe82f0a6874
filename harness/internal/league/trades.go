package league

import (
	"math/rand/v2"
	"slices"

	"cloud.google.com/go/civil"
)

const (
	earlyTrades    = 5  // between a month after the start and the end of the year
	deadlineTrades = 14 // in the days before the deadline
	deadlineDays   = 10
)

// trade is an exchange of two players.
type trade struct {
	on   civil.Date // both play for the new team from this day on
	team [2]string
	out  [2]*player
}

// trades plans a season's trades, sorted by date. Nobody moves twice.
func (l *rosters) trades(s season) []trade {
	r := stream(l.seed, "trades", s.name)
	moved := map[*player]bool{}
	var all []trade
	add := func(first, last civil.Date) {
		t := trade{on: first.AddDays(r.IntN(last.DaysSince(first) + 1))}
		teams := Teams()
		r.Shuffle(len(teams), func(i, j int) { teams[i], teams[j] = teams[j], teams[i] })
		for side := range t.team {
			t.team[side] = teams[side]
			t.out[side] = l.tradable(r, teams[side], moved)
			moved[t.out[side]] = true
		}
		all = append(all, t)
	}
	yearEnd := civil.Date{Year: s.first.Year, Month: 12, Day: 31}
	for range earlyTrades {
		add(s.first.AddDays(30), yearEnd)
	}
	for range deadlineTrades {
		add(s.deadline.AddDays(-deadlineDays), s.deadline)
	}
	slices.SortStableFunc(all, func(a, b trade) int { return a.on.Compare(b.on) })
	return all
}

// tradable draws a player of the rotation who has not been moved.
func (l *rosters) tradable(r *rand.Rand, team string, moved map[*player]bool) *player {
	squad := l.squads[team]
	const first, last = 1, 9
	rank := between(r, first, last)
	for moved[squad[rank]] {
		rank = rank%(squadSize-1) + 1
	}
	return squad[rank]
}

// carryOut exchanges the players of a trade.
func (l *rosters) carryOut(t trade) {
	for side, from := range t.team {
		to := t.team[1-side]
		l.squads[from] = slices.DeleteFunc(slices.Clone(l.squads[from]), func(p *player) bool { return p == t.out[side] })
		l.squads[to] = append(l.squads[to], t.out[side])
	}
	l.sort()
}
