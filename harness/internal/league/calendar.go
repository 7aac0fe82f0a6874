package league

import (
	"math"
	"math/rand/v2"

	"cloud.google.com/go/civil"
)

// calendar is a season's days with the teams that play on each.
type calendar struct {
	season season
	load   []int             // games on a day
	most   []int             // games a day can hold
	usual  []int             // games a day draws
	busy   map[string][]bool // by team and day
}

func newCalendar(s season) *calendar {
	n := s.last.DaysSince(s.first) + 1
	c := &calendar{season: s, load: make([]int, n), most: make([]int, n), usual: make([]int, n), busy: map[string][]bool{}}
	for d := range n {
		day := c.date(d)
		c.usual[d] = gamesOnWeekday[day.Weekday()]
		if s.open(day) {
			c.most[d] = mostGamesADay
		}
	}
	c.most[0], c.usual[0] = openingDayGames, openingDayGames
	c.usual[n-1] = mostGamesADay // everybody plays on the last day
	for _, t := range Teams() {
		c.busy[t] = make([]bool, n)
	}
	return c
}

func (c *calendar) date(day int) civil.Date { return c.season.first.AddDays(day) }

func (c *calendar) index(d civil.Date) int { return d.DaysSince(c.season.first) }

func (c *calendar) take(p pairing, day int) {
	c.busy[p.away][day], c.busy[p.home][day] = true, true
	c.load[day]++
}

func (c *calendar) release(p pairing, day int) {
	c.busy[p.away][day], c.busy[p.home][day] = false, false
	c.load[day]--
}

// fits reports whether the day has room and both teams are free.
func (c *calendar) fits(p pairing, day int) bool {
	return c.load[day] < c.most[day] && !c.busy[p.away][day] && !c.busy[p.home][day]
}

// thirdInARow reports whether a team would play on three days running.
func (c *calendar) thirdInARow(p pairing, day int) bool {
	for _, t := range []string{p.away, p.home} {
		before, after := c.plays(t, day-1), c.plays(t, day+1)
		if before && after || before && c.plays(t, day-2) || after && c.plays(t, day+2) {
			return true
		}
	}
	return false
}

func (c *calendar) plays(team string, day int) bool {
	busy := c.busy[team]
	return day >= 0 && day < len(busy) && busy[day]
}

// nextFree returns the first day from the given one on that suits both teams.
func (c *calendar) nextFree(p pairing, from int) (int, bool) {
	for day := from; day < len(c.load); day++ {
		if c.fits(p, day) && !c.thirdInARow(p, day) {
			return day, true
		}
	}
	return 0, false
}

// choose returns the day that costs least, and whether any fits.
func (c *calendar) choose(r *rand.Rand, p pairing) (int, bool) {
	best, least := -1, math.MaxInt
	for day := range c.load {
		if !c.fits(p, day) {
			continue
		}
		if cost := c.cost(p, day) + r.IntN(60); cost < least {
			best, least = day, cost
		}
	}
	return best, best >= 0
}

// cost weighs what a schedule avoids: crowded days, games on successive days,
// four games within a week, three days running.
func (c *calendar) cost(p pairing, day int) int {
	cost := 100 * c.load[day] / c.usual[day]
	if c.thirdInARow(p, day) {
		cost += 10_000
	}
	for _, t := range []string{p.away, p.home} {
		week := 0
		for near := -3; near <= 3; near++ {
			if !c.plays(t, day+near) {
				continue
			}
			week++
			if near == -1 || near == 1 {
				cost += 25
			}
		}
		if week >= 3 {
			cost += 60 * (week - 2)
		}
	}
	return cost
}
