package league

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// side is one team during a game.
type side struct {
	players []*player
	minutes []int
	stats   []Stats
	edge    int // added to the shooting percentages, in permille
	missed  int // shots of the period that nobody has rebounded yet
}

func newSide(r *rand.Rand, play []*player) *side {
	return &side{players: play, minutes: shareMinutes(r, len(play)), stats: make([]Stats, len(play))}
}

func (s *side) total() Stats {
	var t Stats
	for _, st := range s.stats {
		t.add(st)
	}
	return t
}

// strength compares teams: the mean rating of those who play, by minutes.
func (s *side) strength() int {
	sum := 0
	for i, p := range s.players {
		sum += p.rating * s.minutes[i]
	}
	return sum / regulation
}

// decide plays a game until one side has won.
func decide(r *rand.Rand, home, away *side) {
	const homeCourt = 8
	gap := 2 * (home.strength() - away.strength())
	home.edge += gap + homeCourt
	away.edge -= gap

	pace := around(r, 0, 3)
	home.play(r, 88+pace+around(r, 0, 2), 10+around(r, 0, 1), 13+around(r, 0, 2))
	away.play(r, 88+pace+around(r, 0, 2), 10+around(r, 0, 1), 13+around(r, 0, 2))
	home.rebound(r, away)
	away.rebound(r, home)
	for home.total().Points() == away.total().Points() {
		for _, s := range []*side{home, away} {
			s.closingFive()
		}
		home.play(r, 9+around(r, 0, 1), between(r, 0, 2), between(r, 0, 2))
		away.play(r, 9+around(r, 0, 1), between(r, 0, 2), between(r, 0, 2))
		home.rebound(r, away)
		away.rebound(r, home)
	}
}

// closingFive adds an overtime to those who have played most.
func (s *side) closingFive() {
	order := make([]int, len(s.players))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.minutes[b], s.minutes[a]) })
	for _, i := range order[:5] {
		s.minutes[i] += overtime
	}
}

// weights are the chances of each player to be the one who does something.
func (s *side) weights(of func(*player) int) []int {
	w := make([]int, len(s.players))
	for i, p := range s.players {
		w[i] = s.minutes[i] * of(p)
	}
	return w
}

// play adds a side's shots, trips to the line and turnovers.
func (s *side) play(r *rand.Rand, shots, trips, turnovers int) {
	shooting := s.weights(func(p *player) int { return p.shooting })
	passing := s.weights(func(p *player) int { return p.passing })
	for range shots {
		i := pick(r, shooting)
		if !s.shoot(r, i) {
			s.missed++
		} else if chance(r, 610) {
			if by := pick(r, passing); by != i { // nobody passes to himself
				s.stats[by].Assists++
			}
		}
	}
	driving := s.weights(func(p *player) int { return p.driving })
	for range trips {
		s.freeThrows(r, pick(r, driving), 2)
	}
	for range between(r, 0, trips/3) {
		s.freeThrows(r, pick(r, driving), 1)
	}
	handling := s.weights(func(p *player) int { return p.handling })
	for range turnovers {
		s.stats[pick(r, handling)].Turnovers++
	}
}

// shoot is a shot from the field by player i, and whether it was made.
func (s *side) shoot(r *rand.Rand, i int) bool {
	p, st := s.players[i], &s.stats[i]
	three := chance(r, p.fromThree)
	makes := p.makesTwo
	if three {
		makes = p.makesThree
	}
	st.FieldGoalAttempts++
	if !chance(r, makes+s.edge) {
		return false
	}
	st.FieldGoalsMade++
	if three {
		st.ThreePointersMade++
	}
	return true
}

func (s *side) freeThrows(r *rand.Rand, i, throws int) {
	for range throws {
		s.stats[i].FreeThrowAttempts++
		if chance(r, s.players[i].makesFree) {
			s.stats[i].FreeThrowsMade++
		}
	}
}

// rebound hands out the side's missed shots; some go out of bounds.
func (s *side) rebound(r *rand.Rand, other *side) {
	crashing := s.weights(func(p *player) int { return p.crashing })
	defending := other.weights(func(p *player) int { return p.rebounding })
	for ; s.missed > 0; s.missed-- {
		switch n := r.IntN(100); {
		case n < 23:
			i := pick(r, crashing)
			s.stats[i].OffensiveRebounds++
			s.stats[i].Rebounds++
		case n < 93:
			other.stats[pick(r, defending)].Rebounds++
		}
	}
}
