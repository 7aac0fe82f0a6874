package enginetest

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
)

// drawnPools is how often each way to pool checks is drawn on a table.
const drawnPools = 2

// pools draws plans of one check and of two, with and without dates, filters and
// group-by columns: what checks share a statement with, if anything, decides what
// its columns are.
func (d *draw) pools(table string) []testCase {
	var out []testCase
	for i := range drawnPools {
		for _, dated := range []bool{false, true} {
			for _, filtered := range []bool{false, true} {
				for by := range 3 {
					for others := range 2 {
						c := testCase{
							id:     fmt.Sprintf("pool/%s dated=%t filtered=%t by=%d others=%d %d", table, dated, filtered, by, others, i),
							alone:  true,
							answer: describe,
						}
						for range 1 + others {
							c.suites = append(c.suites, d.one(table, dated, filtered, d.some(by)))
						}
						if d.IntN(2) == 0 { // the same segments
							c.suites[others].Rules[0].By = c.suites[0].Rules[0].By
						}
						out = append(out, c)
					}
				}
			}
		}
	}
	return out
}

// one is a suite of one check of any kind.
func (d *draw) one(table string, dated, filtered bool, by []string) quality.Suite {
	shown := 1 + len(by)
	s := quality.Suite{Table: table, RowsAtFault: &shown}
	if dated {
		d.bound(&s)
	}
	r := quality.Rule{By: by, NullsOK: d.IntN(2) == 0}
	if filtered {
		r.Where = d.filter(1)
		if d.IntN(3) == 0 {
			s.Where = d.filter(1)
		}
	}
	columns := d.key()
	switch d.IntN(5) {
	case 0:
		r.Check = checks.Complete{Columns: columns, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(80))}}
	case 1:
		r.Check = checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(3))}}
	case 2:
		r.Check = checks.Unique{Columns: columns}
	case 3:
		r.Check = keysProbe{columns}
	case 4:
		r.Check = tallyProbe{d.predicate(2)}
	}
	r.ID = fmt.Sprintf("%s by %v where %s", r.Check.Describe().Claim, r.By, r.Where)
	s.Rules = []quality.Rule{r}
	return s
}
