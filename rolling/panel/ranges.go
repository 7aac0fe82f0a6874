package panel

import (
	"slices"

	"github.com/intactdata/intact/rolling"
)

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
