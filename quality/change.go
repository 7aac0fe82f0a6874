package quality

import (
	"fmt"
	"math/big"
	"regexp"
)

// ChangeBy holds if |observed − baseline| ≤ share·|baseline|: ±10%. Against a
// baseline of 0 nothing is judged.
func ChangeBy(share Limit) Bound { return Bound{op: opChange, limit: share} }

// ChangeByPoints holds if |observed − baseline| ≤ points/100, both being shares:
// ±10 points.
func ChangeByPoints(points int64) Bound { return Bound{op: opChange, limit: Count(points)} }

var change = regexp.MustCompile(`^\s*(?:±\s*)?(\d{1,9}(?:\.\d{1,9})?)\s*(%|points?)\s*$`)

// ParseChange reads a bound on a change: ±10%, of the baseline, or ±10 points, of a
// hundred. The sign may be left out.
func ParseChange(text string) (Bound, error) {
	part := change.FindStringSubmatch(text)
	if part == nil {
		return Bound{}, fmt.Errorf("%q is no change: write ±10%%, of the baseline, or ±10 points, of a share in percent", text)
	}
	at, _ := new(big.Rat).SetString(part[1])
	if part[2] == "%" {
		return ChangeBy(Limit{at.Quo(at, big.NewRat(100, 1)), shareLimit}), nil
	}
	return ChangeByPoints(0).by(at), nil
}

func (b Bound) by(at *big.Rat) Bound {
	b.limit = Number(at)
	return b
}

// InPoints reports whether a bound on a change is one in points, which only shares
// have.
func (b Bound) InPoints() bool { return b.op == opChange && b.limit.kind != shareLimit }

// CheckChanges refuses bounds that are none on a change.
func CheckChanges(bounds []Bound) error {
	if len(bounds) == 0 {
		return fmt.Errorf("it has no bound: write change, such as ±10%% or ±10 points")
	}
	for _, b := range bounds {
		if b.op != opChange || b.limit.at == nil || b.limit.at.Sign() < 0 {
			return fmt.Errorf("%s is no bound on a change: write ±10%% or ±10 points", b.Human())
		}
	}
	return nil
}

// HoldsAgainst compares what was observed with a baseline of the same unit. The
// error says that the baseline is none to compare with.
func (b Bound) HoldsAgainst(o, baseline Observed) (bool, error) {
	if b.op != opChange {
		return b.Holds(o), nil
	}
	v, base := o.number(), baseline.number()
	switch {
	case o.Unit != baseline.Unit:
		return false, fmt.Errorf("a %s cannot be compared with a %s", o.Unit, baseline.Unit)
	case v == nil || base == nil:
		return false, fmt.Errorf("there is nothing to compare")
	case b.limit.kind != shareLimit && o.Unit != UnitShare:
		return false, fmt.Errorf("%s is for shares, and this is a %s: write a percentage", b, o.Unit)
	case b.limit.kind == shareLimit && base.Sign() == 0:
		return false, fmt.Errorf("the baseline is 0, of which no change is a percentage")
	}
	allowed := new(big.Rat).Mul(b.limit.at, big.NewRat(1, 100))
	if b.limit.kind == shareLimit {
		allowed.Mul(b.limit.at, new(big.Rat).Abs(base))
	}
	return new(big.Rat).Abs(new(big.Rat).Sub(v, base)).Cmp(allowed) <= 0, nil
}

// HoldAgainst is Hold against a baseline. Where that is none to compare with the
// verdict is unknown.
func HoldAgainst(of Segment, o, baseline *Observed, bounds []Bound, text string) Finding {
	f := Finding{Segment: of, Verdict: Pass, Observed: o, Bounds: bounds, Reason: text, Details: []Detail{{"baseline", *baseline}}}
	for _, b := range bounds {
		switch held, err := b.HoldsAgainst(*o, *baseline); {
		case err != nil:
			f.Verdict, f.Reason = Unknown, fmt.Sprintf("nothing to judge: %s: %v", text, err)
			return f
		case !held:
			f.Verdict = Fail
			f.Reason += ", not " + b.Human()
		}
	}
	return f
}
