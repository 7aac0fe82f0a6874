package rows

import (
	"slices"

	"github.com/intactdata/intact/quality"
)

// allow notes how many segments a fold may have.
func (c *crossing) allow(f *quality.Fold) {
	c.of, c.limit = f.By, max(c.limit, f.MaxSegments)
}

// passes reports whether more groups have selected rows by now than may. They are
// counted only once there can be so many.
func (c *crossing) passes() bool {
	c.most += int64(c.selection.count)
	if c.limit == 0 || c.most <= c.limit || int64(c.groups()) <= c.limit {
		return false
	}
	c.most = 0
	for _, n := range c.total {
		if n > 0 {
			c.most++
		}
	}
	return c.most > c.limit
}

// giveUp lets go of a crossing that has too many groups, and of the groups and the
// keys themselves that nothing else is counted by.
func (s *scan) giveUp(c *crossing) {
	c.over = quality.TooManySegments(c.of, c.limit)
	c.total, c.batch = nil, nil
	if !slices.ContainsFunc(s.crossed, func(x *crossing) bool { return x.grouping == c.grouping && x.over == nil }) {
		c.grouping.drop(c.over)
	}
	for _, g := range s.keyTables {
		if !slices.ContainsFunc(s.keyed, func(k *keys) bool { return k.keys == g && k.crossing.over == nil }) {
			g.drop(c.over)
		}
	}
}
