package features

import (
	"fmt"
	"math"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// ledger is a check that claims nothing and counts each column by segment and month, with
// a checksum of its values.
type ledger struct {
	key     []string
	columns []accounted
}

// accounted is a column that there are accounts of.
type accounted struct {
	name   string // of the feature
	column string
	round  *int // to how many decimals, nil for all
}

// told is what of a value is summed up.
func (a accounted) told() expr.Expr {
	of := expr.Col(a.column)
	if a.round == nil {
		return of
	}
	return of.Times(math.Pow10(*a.round)).Plus(0.5).Floor()
}

const ledgerID = "ledger"

func (ledger) Describe() quality.Description {
	return quality.Description{Kind: "ledger", Claim: "the values of each feature are counted and summed up", JudgesZero: true}
}

// account is what a column came to over some rows. The checksum is the sum of the
// fingerprints of the key and the value of each row, so that it tells altered, swapped
// and doubled rows alike.
type account struct {
	rows, populated int64
	checksum        *big.Int
}

// accounting measures an account; it reads as one.
type accounting struct {
	key []string
	of  accounted
}

func (a accounting) Terms() []quality.Term {
	var told []any
	for _, name := range a.key {
		told = append(told, expr.Col(name))
	}
	return []quality.Term{quality.CountWhere(expr.Col(a.of.column).Populated()), quality.SumOf(expr.Fingerprint(append(told, a.of.told())...))}
}

func (accounting) Read(rows int64, values []expr.Value) (any, error) {
	populated, ok := values[0].Go().(int64)
	out := account{rows: rows, populated: populated, checksum: new(big.Int)}
	sum, summed := values[1].Go().(*big.Rat)
	switch {
	case !ok || populated > rows || summed && !sum.IsInt() || !summed && !values[1].IsNull():
		return nil, fmt.Errorf("%s and %s were measured where a count and a checksum were expected", values[0].SQL(), values[1].SQL())
	case summed:
		out.checksum = sum.Num()
	}
	return out, nil
}

func (c ledger) request(a accounted) quality.Request {
	return quality.Request{Metric: accounting{c.key, a}}
}

func (c ledger) Requests(quality.Scope) ([]quality.Request, error) {
	var out []quality.Request
	for _, a := range c.columns {
		out = append(out, c.request(a))
	}
	return out, nil
}

func (c ledger) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for _, a := range c.columns {
		out = append(out, quality.EachSegment(m, c.request(a), func(seg quality.Segment, got account) quality.Finding {
			return quality.Finding{
				Segment: seg, Subject: a.name, Verdict: quality.Pass, Reason: "counted",
				Observed: quality.ObservedShare(got.populated, got.rows),
				Details:  []quality.Detail{{Name: "checksum", Value: *quality.ObservedNumber(new(big.Rat).SetInt(got.checksum))}},
			}
		})...)
	}
	return out
}
