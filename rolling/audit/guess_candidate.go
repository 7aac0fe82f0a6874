package audit

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// A Candidate is a rule by which a column can have been made, with how far it fits.
type Candidate struct {
	Definition
	Counted expr.Expr   // which rows take part; zero is all of them
	Same    []expr.Expr // say the same of these rows
	Reset   string      // the column that windows do not reach across; "" is none
	// Within is how far values are from it, and Decimals to how many they were rounded
	// if they were, else −1.
	Within   Tolerance
	Decimals int
	// Values are those that are stored, Equal of them what the rule comes to over what is
	// there, and Partial of these those of windows that are refused.
	Values, Equal, Partial int64
	// Due are the rows where no value is stored and the window is whole.
	Due int64

	odd int // how far it is from what the name says
}

// Keeps reports whether a check that claims the window passes.
func (c Candidate) Keeps() bool {
	return c.Reading == panel.Present && c.Equal == c.Values && c.Partial+c.Due == 0
}

// fits reports whether it explains more of the column than not.
func (c Candidate) fits() bool { return 2*c.Equal > c.Values }

// compare orders what fits better first, and of what fits alike the simpler.
func (c Candidate) compare(o Candidate) int {
	for _, d := range [...]int64{o.Equal*c.Values - c.Equal*o.Values, c.Partial + c.Due - o.Partial - o.Due, int64(c.odd - o.odd)} {
		if d != 0 {
			return int(max(-1, min(1, d)))
		}
	}
	return 0
}

// alike reports whether the rows do not tell two apart.
func (c Candidate) alike(o Candidate) bool {
	return c.Equal == o.Equal && c.Partial == o.Partial && c.Due == o.Due
}

// definitionsOf are the windows that hints say, the likelier first.
func definitionsOf(h hints) (out []rolling.Spec, odd []int) {
	for i, w := range h.windows {
		for s, statistic := range h.statistics() {
			for _, including := range []bool{h.including, !h.including} {
				var options []rolling.Option
				if including {
					options = append(options, rolling.Including())
				}
				if spec, err := rolling.New(statistic, w, options...); err == nil {
					strange := 3*i + s
					if including != h.including {
						strange += 2
					}
					out, odd = append(out, spec), append(odd, strange)
				}
			}
		}
	}
	return out, odd
}

// statistics are those of the columns, with ratios of two of them.
func (h hints) statistics() []rolling.Statistic {
	of := map[string]func(string) rolling.Statistic{
		"avg": rolling.Mean, "sum": rolling.Sum, "count": rolling.Count, "min": rolling.Min, "max": rolling.Max,
		"stddev_pop": rolling.StddevPop, "stddev_samp": rolling.StddevSamp,
	}
	var out []rolling.Statistic
	for _, s := range h.stats {
		for _, v := range h.values {
			if s != "ratio" {
				out = append(out, of[s](v))
				continue
			}
			for _, per := range h.values {
				if per != v {
					out = append(out, rolling.RatioOfSums(v, per))
				}
			}
		}
	}
	return out
}

// allStats are tried where what the name says does not fit.
var allStats = []string{"avg", "sum", "max", "min", "stddev_samp", "stddev_pop", "count"}
