package enginetest

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// segmentCases group by a column of each type, and by one that is not a number.
func segmentCases() []testCase {
	every := tallyProbe{expr.Lit(true)}
	var rules []quality.Rule
	for _, c := range []string{"i", "f", "n", "bn", "s", "b", "d", "dt", "ts", "t"} {
		rules = append(rules, quality.Rule{ID: c, Check: every, By: []string{c}})
	}
	return []testCase{
		whole("segment/of each type", quality.Suite{Table: "values", Where: parsed("id = 1"), Rules: rules}, `
pass i
  pass [i=1] true=1 false=0 null=0
pass f
  pass [f=1.5] true=1 false=0 null=0
pass n
  pass [n=1.5] true=1 false=0 null=0
pass bn
  pass [bn=1.5] true=1 false=0 null=0
pass s
  pass [s=a] true=1 false=0 null=0
pass b
  pass [b=true] true=1 false=0 null=0
pass d
  pass [d=2024-01-31] true=1 false=0 null=0
pass dt
  pass [dt=2024-01-31 23:30:00] true=1 false=0 null=0
pass ts
  pass [ts=2024-01-31 23:30:00+00] true=1 false=0 null=0
pass t
  pass [t=12:00:00] true=1 false=0 null=0`),

		whole("segment/at the ends of the types", quality.Suite{Table: "values", Where: parsed("id = 5"), Rules: rules}, `
pass i
  pass [i=7] true=1 false=0 null=0
pass f
  pass [f=+Inf] true=1 false=0 null=0
pass n
  pass [n=99999999999999999999999999999.999999999] true=1 false=0 null=0
pass bn
  pass [bn=-1.5] true=1 false=0 null=0
pass s
  pass [s=é\n'] true=1 false=0 null=0
pass b
  pass [b=true] true=1 false=0 null=0
pass d
  pass [d=9999-12-30] true=1 false=0 null=0
pass dt
  pass [dt=9999-12-30 23:59:59.999999] true=1 false=0 null=0
pass ts
  pass [ts=2024-07-04 03:59:59.999999+00] true=1 false=0 null=0
pass t
  pass [t=23:59:59.999999] true=1 false=0 null=0`),

		whole("segment/of bytes", quality.Suite{Table: "binaries", Rules: []quality.Rule{
			{ID: "y", Check: every, By: []string{"y"}, Expect: [][]any{{nil}}},
			{ID: "keys", Check: keysProbe{[]string{"y"}}},
		}}, `
pass y
  pass [y=null] true=1 false=0 null=0
  pass [y=] true=1 false=0 null=0
  pass [y=\x01\xff] true=1 false=0 null=0
pass keys
  pass rows=3 distinct=2 duplicated=0 surplus=0 null=1`),

		whole("nan/expected segment", quality.Suite{Table: "not_numbers", Rules: []quality.Rule{
			{ID: "f", Check: every, By: []string{"f"}, Expect: [][]any{{nil}, {"NaN"}, {2}}},
		}}, `
pass f
  pass [f=null] true=1 false=0 null=0
  pass [f=NaN] true=1 false=0 null=0
  pass [f=1] true=1 false=0 null=0
  pass [f=2] true=0 false=0 null=0`),

		whole("nan/segment", quality.Suite{Table: "not_numbers", Rules: []quality.Rule{
			{ID: "f", Check: every, By: []string{"f"}, Expect: [][]any{{nil}}},
			{ID: "keys", Check: keysProbe{[]string{"f"}}, By: []string{"id"}},
		}}, `
pass f
  pass [f=null] true=1 false=0 null=0
  pass [f=NaN] true=1 false=0 null=0
  pass [f=1] true=1 false=0 null=0
pass keys
  pass [id=1] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [id=2] rows=1 distinct=1 duplicated=0 surplus=0 null=0
  pass [id=3] rows=1 distinct=0 duplicated=0 surplus=0 null=1`),
	}
}
