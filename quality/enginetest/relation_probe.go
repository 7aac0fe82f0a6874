package enginetest

import (
	"math"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// read is a table of the cases by its name alone.
type read func(table string) quality.Relation

// relationProbe tells terms over a relation.
type relationProbe struct {
	of    func(read) quality.Relation
	terms []quality.Term
}

func (relationProbe) Describe() quality.Description {
	return quality.Description{Kind: "relation", JudgesZero: true}
}

func (p relationProbe) asks(s quality.Scope) quality.Request {
	table := s.Relation.Table()
	dataset := table[:strings.LastIndexByte(table, '.')+1]
	of := p.of(func(name string) quality.Relation { return quality.Read(dataset + name) })
	return quality.Request{Of: of, Metric: termValues(p.terms)}
}

func (p relationProbe) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{p.asks(s)}, nil
}

func (p relationProbe) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, p.asks(s), func(seg quality.Segment, got string) quality.Finding {
		return quality.Finding{Segment: seg, Verdict: quality.Pass, Reason: got}
	})
}

// termValues reads as the values of some terms as text. FLOAT64 has nine digits:
// engines add in orders of their own.
type termValues []quality.Term

func (t termValues) Terms() []quality.Term { return t }

func (t termValues) Read(rows int64, values []expr.Value) (any, error) {
	out := []string{strconv.FormatInt(rows, 10) + " rows"}
	for _, v := range values {
		text := v.String()
		if f, ok := v.Go().(float64); ok && !math.IsInf(f, 0) {
			if math.Abs(f) < 1e-12 { // what is left of a sum that is 0
				f = 0
			}
			text = strconv.FormatFloat(f, 'g', 9, 64)
		}
		out = append(out, text)
	}
	return strings.Join(out, " "), nil
}
