package panel

import (
	"slices"

	"github.com/intactdata/intact/rolling"
)

// Windows are windows that are asked for together: each statistic of each column over
// each range.
type Windows struct {
	Value []string // columns
	Stat  []string // of them; none is the mean
	Ratio []string // NUMERATOR/DENOMINATOR, of sums
	// Last and Days are how many rows or days a window is over.
	Last, Days []int64
	// IncludeCurrent lets a window see its point's own time.
	IncludeCurrent bool
	// MaxSpan and MaxAge are limits in days; 0 is none.
	MaxSpan, MaxAge int64
}

// Ask adds windows to those of the spec, but not to those of its copies. The error is a
// Mistake.
func (s *Spec) Ask(w Windows) error {
	switch {
	case len(w.Value)+len(w.Ratio) == 0:
		return s.Wording.mistake("value", "is missing: name the columns to average, such as points")
	case len(w.Stat) > 0 && len(w.Value) == 0:
		return s.Wording.mistake("stat", "is of the columns of %s, and there are none: name them, or leave it out", s.Wording.Say("value", ""))
	case len(w.Last)+len(w.Days) == 0:
		return s.Wording.mistake("last", "is missing: say how many rows (%s) or days (%s) a window is over", s.Wording.Say("last", "10"), s.Wording.Say("days", "7"))
	}
	statistics, err := w.statistics(s.Wording)
	if err != nil {
		return err
	}
	over, err := w.over(s.Wording)
	if err != nil {
		return err
	}
	limits := w.limits(over)
	for _, statistic := range statistics {
		for i, window := range over {
			spec, err := rolling.New(statistic, window, limits[i]...)
			if err != nil {
				return Mistake{err}
			}
			s.Windows = append(slices.Clip(s.Windows), spec)
		}
	}
	return nil
}
