package calendar

import (
	"math"
	"time"
)

// A Repeat is a time, from one instant up to another, at which the clock of a zone
// shows a day that has not begun for good: it is put back over midnight after it. It
// counts to the day that is shown again.
type Repeat struct{ From, To, Day int64 }

// Repeats are those of a zone, in order. Most zones have none.
func Repeats(zone *time.Location) []Repeat {
	var out []Repeat
	c := In(zone)
	for c.look(leastTimestamp); ; c.look(c.to) {
		if c.last < math.MaxInt64 {
			if from := max(c.from, leastTimestamp, (c.last+1)*dayMicros-c.offset); from < c.to {
				out = append(out, Repeat{from, c.to, c.last})
			}
		}
		if c.to > mostTimestamp {
			return out
		}
	}
}
