package league

import (
	"math/rand/v2"
	"slices"
)

const (
	squadSize  = 16 // two-way players included
	leavers    = 3  // players of a squad who end their career in a summer
	freeAgents = 2  // players of a squad who change the team in a summer
	bestRookie = 60 // the highest rating a career starts with
)

// rosters are the squads of all teams, each sorted by rating.
type rosters struct {
	seed   uint64
	names  *names
	squads map[string][]*player
}

func newRosters(seed uint64) *rosters {
	r := stream(seed, "rosters")
	l := &rosters{seed: seed, names: newNames(seed), squads: map[string][]*player{}}
	for _, t := range Teams() {
		strength := around(r, 0, 3)
		for rank := range squadSize {
			// From the star down to the end of the bench.
			rating := max(5, around(r, 86-5*rank+strength, 4))
			l.squads[t] = append(l.squads[t], newPlayer(r, l.names.next(), min(99, rating)))
		}
	}
	l.sort()
	return l
}

func (l *rosters) sort() {
	for _, t := range Teams() {
		slices.SortFunc(l.squads[t], comparePlayers)
	}
}

// summer takes the squads from the end of a season to the next one: careers
// end, players change teams as free agents, rookies arrive, all grow older.
func (l *rosters) summer(nextSeason string) {
	r := stream(l.seed, "summer", nextSeason)
	var market []*player
	for _, t := range Teams() {
		for range leavers {
			l.remove(t, between(r, squadSize/2, len(l.squads[t])-1))
		}
		for range freeAgents {
			market = append(market, l.remove(t, between(r, 2, len(l.squads[t])-1)))
		}
		for _, p := range l.squads[t] {
			p.age(r)
		}
	}
	r.Shuffle(len(market), func(i, j int) { market[i], market[j] = market[j], market[i] })
	for _, t := range Teams() {
		l.squads[t] = append(l.squads[t], market[:freeAgents]...)
		market = market[freeAgents:]
		for range leavers {
			l.squads[t] = append(l.squads[t], l.rookie(r))
		}
	}
	l.sort()
}

func (l *rosters) rookie(r *rand.Rand) *player {
	return newPlayer(r, l.names.next(), between(r, 10, bestRookie))
}

// remove takes the player of a rank out of a squad.
func (l *rosters) remove(team string, rank int) *player {
	p := l.squads[team][rank]
	l.squads[team] = slices.Delete(l.squads[team], rank, rank+1)
	return p
}
