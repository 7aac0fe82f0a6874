package checks_test

import (
	"math"
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func TestCompleteJudges(t *testing.T) {
	holds(t, []ruling{
		{
			name:    "an all-NULL column is 0 of N",
			rule:    quality.Rule{Check: complete("usage_rate", percent(95))},
			table:   []rows.Column{floats("usage_rate", nil, nil, nil, nil)},
			verdict: quality.Fail, reason: "0 of 4 rows (0.0%), not at_least 95%: 4 rows short",
		},
		{
			name:    "NaN and the infinities are no values",
			rule:    quality.Rule{Check: complete("usage_rate")},
			table:   []rows.Column{floats("usage_rate", 1.0, math.NaN(), math.Inf(1), 0.0)},
			verdict: quality.Fail, reason: "2 of 4 rows (50.0%), not at_least 100%: 2 rows short",
		},
		{
			name:    "values declared missing, of several types",
			rule:    quality.Rule{Check: checks.Complete{Columns: []string{"usage_rate", "season"}, Missing: []expr.Value{value(25), value("")}}},
			table:   []rows.Column{usage, texts("season", "2022-23", "", "2023-24", "2023-24")},
			verdict: quality.Fail, reason: "1 of 4 rows (25.0%), not at_least 100%: 3 rows short",
		},
		{
			name:    "any of several columns",
			rule:    quality.Rule{Check: checks.Complete{Columns: []string{"usage_rate", "other"}, Any: true}},
			table:   []rows.Column{usage, floats("other", nil, nil, 1.0, nil)},
			verdict: quality.Pass, reason: "4 of 4 rows (100.0%)",
		},
		{
			name:    "the denominator is the population",
			rule:    quality.Rule{Check: complete("usage_rate", percent(50)), Where: expr.Col("season").Eq("2023-24")},
			table:   []rows.Column{usage, seasons},
			verdict: quality.Pass, reason: "1 of 2 rows where season = '2023-24' (50.0%)",
		},
	})
}

func TestCompleteRefuses(t *testing.T) {
	refuses(t, map[string]checker{
		`it names "a" twice`: checks.Complete{Columns: []string{"a", "a"}},
		`at_least 5 is a count where a share is expected: write a percentage such as 95% or a ratio such as 19/20`: complete("a", quality.AtLeast(quality.Count(5))),
		`at_least 0% holds for every table`:           complete("a", percent(0)),
		`more_than 100% holds for no table`:           complete("a", quality.MoreThan(quality.Percent(100))),
		`at_least 1.2 is no share of rows`:            complete("a", quality.AtLeast(quality.Percent(120))),
		`at_least has no limit`:                       complete("a", quality.AtLeast(quality.Ratio(1, 0))),
		`allow -1: a number of bad rows is 0 or more`: complete("a", quality.Allow(-1)),
	})
}
