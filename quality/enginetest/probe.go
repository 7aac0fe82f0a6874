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

func (p tallyProbe) tally() quality.Request {
	return quality.Request{Metric: quality.Tally{Of: p.of}}
}

func (p tallyProbe) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{p.tally()}, nil
}

func (p tallyProbe) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, p.tally(), probed)
}

// keysProbe says how often keys were counted.
type keysProbe struct{ of []string }

func (p keysProbe) Describe() quality.Description {
	return quality.Description{Kind: "keys", Columns: p.of, Claim: fmt.Sprintf("keys %v", p.of), JudgesZero: true}
}

func (p keysProbe) keys() quality.Request {
	return quality.Request{Metric: quality.Keys{Of: p.of}}
}

func (p keysProbe) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{p.keys()}, nil
}

func (p keysProbe) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, p.keys(), probed)
}

// probed tells what a metric read as.
func probed(s quality.Segment, got any) quality.Finding {
	f := quality.Finding{Segment: s, Verdict: quality.Pass}
	count := func(name string, n int64) { f.Details = append(f.Details, quality.CountDetail(name, n)) }
	switch c := got.(type) {
	case quality.Counts:
		count("true", c.True)
		count("false", c.False)
		count("null", c.Null)
	case quality.KeyCounts:
		count("rows", c.Rows)
		count("distinct", c.Distinct)
		count("duplicated", c.Duplicated)
		count("surplus", c.Surplus)
		count("null", c.Null)
	default:
		f.Reason = fmt.Sprint(got)
	}
	return f
}
