package windows

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/rolling"
)

// statistics are what Stat can name.
var statistics = []struct {
	name string
	of   func(column string) rolling.Statistic
}{
	{"mean", rolling.Mean},
	{"sum", rolling.Sum},
	{"count", rolling.Count},
	{"min", rolling.Min},
	{"max", rolling.Max},
	{"stddev_pop", rolling.StddevPop},
	{"stddev_samp", rolling.StddevSamp},
}

func statisticNames() []string {
	out := make([]string, len(statistics))
	for i, s := range statistics {
		out[i] = s.name
	}
	return out
}

// windows are the specs of all windows, in the order of their columns.
func (s *Spec) windows() ([]rolling.Spec, error) {
	statistics, err := s.statistics()
	if err != nil {
		return nil, err
	}
	var over []rolling.Window
	for _, n := range s.Last {
		if n < 1 {
			return nil, mistake("last", "%d is no window: give at least 1", n)
		}
		over = append(over, rolling.Last(int(n)))
	}
	for _, d := range s.Days {
		if d < 1 {
			return nil, mistake("days", "%d is no window: give at least 1", d)
		}
		over = append(over, rolling.Days(int(d)))
	}
	var out []rolling.Spec
	limits := s.limits(over)
	for _, statistic := range statistics {
		for i, w := range over {
			spec, err := rolling.New(statistic, w, limits[i]...)
			if err != nil {
				return nil, SpecError{err}
			}
			if slices.ContainsFunc(out, func(o rolling.Spec) bool { return strings.EqualFold(o.Name(), spec.Name()) }) {
				return nil, SpecError{fmt.Errorf("window %s is asked for twice", spec.Name())}
			}
			out = append(out, spec)
		}
	}
	return out, nil
}

func (s *Spec) statistics() ([]rolling.Statistic, error) {
	names := s.Stat
	if len(names) == 0 {
		names = []string{"mean"}
	}
	var out []rolling.Statistic
	for _, column := range s.Value {
		for _, name := range names {
			at := slices.Index(statisticNames(), name)
			if at < 0 {
				return nil, mistake("stat", "%q is not known: it is %s; a ratio of sums is --ratio A/B", name, strings.Join(statisticNames(), ", "))
			}
			out = append(out, statistics[at].of(column))
		}
	}
	for _, r := range s.Ratio {
		num, den, ok := strings.Cut(r, "/")
		if !ok || num == "" || den == "" {
			return nil, mistake("ratio", "%q is not of the form NUMERATOR/DENOMINATOR", r)
		}
		out = append(out, rolling.RatioOfSums(strings.TrimSpace(num), strings.TrimSpace(den)))
	}
	return out, nil
}

// limits are the options of each window. A limit on span or age goes to those
// that it can bind: with last 10, days 7 and a span of 30 days it is the ten
// rows' that is limited. Where it can bind none, it goes to all and is refused.
func (s *Spec) limits(over []rolling.Window) [][]rolling.Option {
	out := make([][]rolling.Option, len(over))
	limit := func(days int64, option func(int) rolling.Option, binds func(rolling.Window) bool) {
		if days == 0 {
			return
		}
		any := slices.ContainsFunc(over, binds)
		for i, w := range over {
			if binds(w) || !any {
				out[i] = append(out[i], option(int(days)))
			}
		}
	}
	limit(s.MaxSpan, rolling.MaxSpan, func(w rolling.Window) bool { return w.Rows() > 1 || int64(w.Days()) > s.MaxSpan })
	limit(s.MaxAge, rolling.MaxAge, func(w rolling.Window) bool { return w.Rows() > 0 || int64(w.Days()) > s.MaxAge })
	if s.IncludeCurrent {
		for i := range out {
			out[i] = append(out[i], rolling.Including())
		}
	}
	return out
}
