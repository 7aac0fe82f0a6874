package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
)

// comparison is what came of holding claims against a table.
type comparison struct {
	claims      int64
	differences []string
	doubts      []string
}

func (c *comparison) differ(format string, args ...any) {
	c.differences = append(c.differences, fmt.Sprintf(format, args...))
}

func (c *comparison) doubt(format string, args ...any) {
	c.doubts = append(c.doubts, fmt.Sprintf(format, args...))
}

// finding names every difference.
func (c *comparison) finding() quality.Finding {
	held := c.claims - int64(len(c.differences)+len(c.doubts))
	f := quality.Finding{
		Verdict:  quality.Pass,
		Observed: quality.ObservedShare(held, c.claims),
		Bounds:   quality.OrAll(nil),
		Reason:   fmt.Sprintf("%s of %s %s", quality.Grouped(held), quality.Plural(c.claims, "claim", "claims"), "hold"),
	}
	switch {
	case len(c.differences) > 0:
		f.Verdict = quality.Fail
	case len(c.doubts) > 0:
		f.Verdict = quality.Unknown
	}
	if named := slices.Concat(c.differences, c.doubts); len(named) > 0 {
		f.Reason = strings.Join(named, "; ")
	}
	return f
}
