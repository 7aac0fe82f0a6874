package rolling

import "github.com/intactdata/intact/rolling/internal/calendar"

// minKept is how many keys a calculator may hold before it first looks which of
// them it can drop.
const minKept = 64

// A start is that of the history of a reset.
type start struct {
	reset  int32
	at     int64
	behind int // counts rows, while it is looked for what can be dropped
}

func (c *Calculator) begins(reset int32, at int64) {
	for i := len(c.starts) - 1; i >= 0; i-- {
		if c.starts[i].reset == reset {
			c.starts[i].at = min(c.starts[i].at, at)
			return
		}
	}
	c.starts = append(c.starts, start{reset: reset, at: at})
}

// startOf returns the count that the history of a reset starts with.
func (c *Calculator) startOf(reset int32) int64 {
	start := int64(calendar.None)
	for i := range c.starts {
		if c.starts[i].reset == reset {
			start = c.scratch.days.Early.Count(c.starts[i].at)
		}
	}
	if c.stream.from != nil {
		start = min(start, *c.stream.from)
	}
	return start
}

// horizon returns the time before which no range of days begins, as of the newest
// row's time or later.
func (c *Calculator) horizon() int64 {
	days := &c.scratch.days
	return days.Early.Begin(days.Late.Count(c.newest.at) - c.stream.keepDays)
}

// drop forgets the cells that no window can see as of the newest row's time or
// later: those older than the longest range that have as many rows behind them
// as the longest window is over. Only rows are counted, for a missing key stops
// being a place when its row comes late and is excused.
func (c *Calculator) drop() {
	for i := range c.starts {
		c.starts[i].behind = 0
	}
	horizon := c.horizon()
	n := len(c.stream.columns)
	keep, full := len(c.cells), 0 // full histories have rows enough
	if c.stream.keepRows == 0 {
		full = len(c.starts)
	}
	for i := len(c.cells) - 1; i >= 0; i-- {
		k := &c.cells[i]
		if k.At < horizon && full == len(c.starts) && !c.unknown && c.pushed {
			break
		}
		needed := !c.pushed || k.At >= horizon || k.Row >= 0 && k.Reset < 0
		for s := range c.starts {
			h := &c.starts[s]
			isRow := k.Row >= 0 && k.Reset == h.reset
			if isRow || k.Expected >= 0 && k.ExpectedReset == h.reset {
				needed = needed || h.behind < c.stream.keepRows
			}
			if isRow && k.Counted != False && k.At < c.newest.at {
				if h.behind++; h.behind == c.stream.keepRows {
					full++
				}
			}
		}
		if needed {
			keep--
			c.cells[keep] = *k
			copy(c.values[keep*n:(keep+1)*n], c.values[i*n:])
		}
	}
	kept := copy(c.cells, c.cells[keep:])
	copy(c.values, c.values[keep*n:])
	c.cells, c.values = c.cells[:kept], c.values[:kept*n]
	c.limit = max(minKept, 2*kept)
}
