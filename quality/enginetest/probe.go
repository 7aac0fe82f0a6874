package enginetest

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// tallyProbe is a check that claims nothing: it says what was counted.
type tallyProbe struct{ of expr.Expr }

func (p tallyProbe) Describe() quality.Description {
	return quality.Description{Kind: "tally", Claim: "tally " + p.of.String(), JudgesZero: true}
}

func (p tallyProbe) Metrics(quality.Scope) ([]quality.Metric, error) {
	return []quality.Metric{quality.Tally{Of: p.of}}, nil
}

func (p tallyProbe) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for s := range m.Segments() {
		c, err := quality.Tally{Of: p.of}.In(m, s)
		if err != nil {
			out = append(out, quality.Finding{Segment: s, Verdict: quality.Unknown, Reason: err.Error()})
			continue
		}
		out = append(out, quality.Finding{Segment: s, Verdict: quality.Pass, Detail: []quality.Detail{
			{Name: "true", Count: c.True}, {Name: "false", Count: c.False}, {Name: "null", Count: c.Null},
		}})
	}
	return out
}

// keysProbe says how often keys were counted.
type keysProbe struct{ of []string }

func (p keysProbe) Describe() quality.Description {
	return quality.Description{Kind: "keys", Columns: p.of, Claim: fmt.Sprintf("keys %v", p.of), JudgesZero: true}
}

func (p keysProbe) Metrics(quality.Scope) ([]quality.Metric, error) {
	return []quality.Metric{quality.Keys{Of: p.of}}, nil
}

func (p keysProbe) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for s := range m.Segments() {
		k, err := quality.Keys{Of: p.of}.In(m, s)
		if err != nil {
			out = append(out, quality.Finding{Segment: s, Verdict: quality.Unknown, Reason: err.Error()})
			continue
		}
		out = append(out, quality.Finding{Segment: s, Verdict: quality.Pass, Detail: []quality.Detail{
			{Name: "rows", Count: k.Rows}, {Name: "distinct", Count: k.Distinct}, {Name: "duplicated", Count: k.Duplicated},
			{Name: "surplus", Count: k.Surplus}, {Name: "null", Count: k.Null},
		}})
	}
	return out
}
