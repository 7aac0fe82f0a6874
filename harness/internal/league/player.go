package league

import (
	"cmp"
	"math/rand/v2"
)

// player is what a player is like during a season.
type player struct {
	lookup string
	rating int // 0..100, orders the rotation
	frail  int // chance of getting hurt, 100 is usual

	// Weights against team-mates on court, 100 is usual.
	shooting, driving, passing, handling, rebounding, crashing int

	// In permille.
	fromThree                       int // share of shots from behind the line
	makesThree, makesTwo, makesFree int
}

func newPlayer(r *rand.Rand, lookup string, rating int) *player {
	p := &player{lookup: lookup, rating: rating}
	big := chance(r, 350)
	p.frail = between(r, 40, 180)
	p.shooting = min(190, max(50, 25+rating*6/5+around(r, 0, 9)))
	p.driving = max(20, p.shooting+around(r, -10, 25))
	p.passing = max(20, around(r, 90, 25))
	p.handling = max(30, (p.shooting+p.passing)/2+around(r, 0, 10))
	p.rebounding = max(30, around(r, 80, 15))
	p.crashing = max(10, around(r, 60, 15))
	p.fromThree = around(r, 430, 55)
	p.makesThree = around(r, 358, 10)
	p.makesTwo = around(r, 530, 15)
	p.makesFree = around(r, 785, 25)
	if big {
		p.rebounding += 80
		p.crashing += 120
		p.fromThree = max(0, p.fromThree-280)
		p.makesTwo += 60
		p.makesFree -= 70
		p.passing -= 15
	}
	return p
}

// age changes a player from one season to the next.
func (p *player) age(r *rand.Rand) {
	change := around(r, 0, 4)
	p.rating = min(99, max(5, p.rating+change))
	p.shooting = min(190, max(50, p.shooting+change))
}

func comparePlayers(a, b *player) int {
	return cmp.Or(cmp.Compare(b.rating, a.rating), cmp.Compare(a.lookup, b.lookup))
}
