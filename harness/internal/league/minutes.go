package league

import "math/rand/v2"

// Times are in tenths of a minute.
const (
	regulation   = 5 * 480 // of five players on court
	overtime     = 50
	mostMinutes  = 440
	leastMinutes = 5
)

// usualMinutes by the rank in the rotation.
var usualMinutes = []int{365, 350, 330, 310, 285, 230, 200, 160, 110, 70, 45, 25}

// shareMinutes divides the regulation time among n players; they are at most as many
// as there are usual minutes, and enough to fill the time.
func shareMinutes(r *rand.Rand, n int) []int {
	weights := make([]int, n)
	total := 0
	for i := range weights {
		weights[i] = usualMinutes[i] * around(r, 100, 9)
		total += weights[i]
	}
	minutes := make([]int, n)
	rest := regulation
	for i, w := range weights {
		minutes[i] = min(mostMinutes, max(leastMinutes, regulation*w/total))
		rest -= minutes[i]
	}
	// What rounding and the limits left over goes round in small pieces.
	for i := 0; rest != 0; i = (i + 1) % n {
		piece := max(-3, min(3, rest))
		piece = max(leastMinutes-minutes[i], min(mostMinutes-minutes[i], piece))
		minutes[i] += piece
		rest -= piece
	}
	return minutes
}
