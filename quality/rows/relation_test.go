package rows_test

import (
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// relationProbe is a check that tells the values of terms over a relation, a text for
// each segment.
type relationProbe struct {
	of    quality.Relation
	terms []quality.Term
	got   *[]string
}

func (relationProbe) Describe() quality.Description {
	return quality.Description{Kind: "relation", JudgesZero: true}
}

func (p relationProbe) asks() quality.Request {
	return quality.Request{Of: p.of, Metric: termTexts(p.terms)}
}

func (p relationProbe) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{p.asks()}, nil
}

func (p relationProbe) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, p.asks(), func(s quality.Segment, got string) quality.Finding {
		*p.got = append(*p.got, got)
		return quality.Finding{Segment: s, Verdict: quality.Pass, Reason: got}
	})
}

// termTexts reads as the values of some terms.
type termTexts []quality.Term

func (t termTexts) Terms() []quality.Term { return t }

func (t termTexts) Read(_ int64, values []expr.Value) (any, error) {
	var out []string
	for _, v := range values {
		out = append(out, v.String())
	}
	return strings.Join(out, " "), nil
}
