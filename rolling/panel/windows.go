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

// Ask adds windows to those of the spec. The error is a Mistake.
func (s *Spec) Ask(w Windows) error {
	switch {
	case len(w.Value)+len(w.Ratio) == 0:
		return s.Wording.mistake("value", "is missing: name the columns to average, such as points")
	case len(w.Stat) > 0 && len(w.Value) == 0:
		return s.Wording.mistake("stat", "is of the columns of %s, and there are none: name them, or leave it out", s.Wording.say("value", ""))
	case len(w.Last)+len(w.Days) == 0:
		return s.Wording.mistake("last", "is missing: say how many rows (%s) or days (%s) a window is over", s.Wording.say("last", "10"), s.Wording.say("days", "7"))
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
			s.Windows = append(s.Windows, spec)
		}
	}
	return nil
}

func (w Windows) over(words Wording) ([]rolling.Window, error) {
	var out []rolling.Window
	for _, of := range []struct {
		setting string
		numbers []int64
		window  func(int) rolling.Window
	}{{"last", w.Last, rolling.Last}, {"days", w.Days, rolling.Days}} {
		for _, n := range of.numbers {
			if n < 1 {
				return nil, words.mistake(of.setting, "%d is no window: give at least 1", n)
			}
			out = append(out, of.window(int(n)))
		}
	}
	return out, nil
}

// limits are the options of each window. A limit on span or age goes to those
// that it can bind: with last 10, days 7 and a span of 30 days it is the ten
// rows' that is limited. Where it can bind none, it goes to all and is refused.
func (w Windows) limits(over []rolling.Window) [][]rolling.Option {
	out := make([][]rolling.Option, len(over))
	limit := func(days int64, option func(int) rolling.Option, binds func(rolling.Window) bool) {
		if days == 0 {
			return
		}
		any := slices.ContainsFunc(over, binds)
		for i, of := range over {
			if binds(of) || !any {
				out[i] = append(out[i], option(int(days)))
			}
		}
	}
	limit(w.MaxSpan, rolling.MaxSpan, func(of rolling.Window) bool { return of.Rows() > 1 || int64(of.Days()) > w.MaxSpan })
	limit(w.MaxAge, rolling.MaxAge, func(of rolling.Window) bool { return of.Rows() > 0 || int64(of.Days()) > w.MaxAge })
	if w.IncludeCurrent {
		for i := range out {
			out[i] = append(out[i], rolling.Including())
		}
	}
	return out
}
