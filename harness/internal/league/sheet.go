package league

import "math/rand/v2"

const (
	mostDressed  = 13
	leastHealthy = 9 // with fewer the best of the injured play
)

// dress splits a squad, sorted by rating, into those who play, those who sit
// on the bench, and those who are not dressed: the injured, and whoever is left
// over.
func dress(r *rand.Rand, squad []*player, out func(*player) bool) (play, bench, inactive []*player) {
	mayRest := len(squad) - leastHealthy
	var healthy []*player
	for _, p := range squad {
		if mayRest > 0 && out(p) {
			mayRest--
			inactive = append(inactive, p)
			continue
		}
		healthy = append(healthy, p)
	}
	if len(healthy) > mostDressed {
		inactive = append(inactive, healthy[mostDressed:]...)
		healthy = healthy[:mostDressed]
	}
	n := min(len(healthy), 9+pick(r, []int{25, 35, 25, 15}))
	return healthy[:n], healthy[n:], inactive
}
