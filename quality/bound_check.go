package quality

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// OrAll is the bounds, or where there is none that a claim holds for all.
func OrAll(bounds []Bound) []Bound {
	if len(bounds) == 0 {
		return []Bound{AtLeast(Percent(100))}
	}
	return bounds
}

// CheckShares refuses bounds that are no bounds on a share, that hold for every
// table or for none.
func CheckShares(bounds []Bound) error {
	for _, b := range bounds {
		one := big.NewRat(1, 1)
		switch {
		case b.limit.at == nil:
			return fmt.Errorf("%s has no limit", b.op)
		case b.op == opAllow:
			if b.limit.at.Sign() < 0 {
				return fmt.Errorf("allow %s: a number of bad rows is 0 or more", b.limit)
			}
		case b.limit.kind != shareLimit:
			return fmt.Errorf("%s is a count where a share is expected: write a percentage such as 95%% or a ratio such as 19/20", b)
		case b.limit.at.Sign() < 0 || b.limit.at.Cmp(one) > 0:
			return fmt.Errorf("%s is no share of rows", b)
		case b.op == opAtLeast && b.limit.at.Sign() == 0, b.op == opAtMost && b.limit.at.Cmp(one) == 0:
			return fmt.Errorf("%s holds for every table", b.Human())
		case b.op == opMoreThan && b.limit.at.Cmp(one) == 0, b.op == opLessThan && b.limit.at.Sign() == 0:
			return fmt.Errorf("%s holds for no table", b.Human())
		}
	}
	return checkMeet(bounds, false)
}

// CheckCounts refuses bounds that are no bounds on a number of rows, that hold for
// every table or for none.
func CheckCounts(bounds []Bound) error {
	for _, b := range bounds {
		for _, end := range b.Ends() {
			l := end.limit
			switch {
			case l.at == nil:
				return fmt.Errorf("%s has no limit", b.op)
			case b.op == opAllow || l.kind != dueLimit && (l.kind != plainLimit || !l.at.IsInt()) || l.at.Sign() < 0:
				return fmt.Errorf("%s is no number of rows: write between, at_least, more_than, at_most or less_than with a whole number", b)
			case l.kind != b.limit.kind:
				return fmt.Errorf("%s is from a number of rows to a share of those that were due", b.Human())
			case b.op == opAtLeast && l.at.Sign() == 0:
				return fmt.Errorf("%s holds for every table", b.Human())
			case b.op == opLessThan && l.at.Sign() == 0:
				return fmt.Errorf("%s holds for no table", b.Human())
			}
		}
	}
	return checkMeet(bounds, !slices.ContainsFunc(bounds, Bound.OfDue))
}

// CheckNumbers refuses bounds that are no bounds on a number, or on a DATE or a time where
// those are written, and those that nothing lies between.
func CheckNumbers(bounds []Bound) error {
	if len(bounds) == 0 {
		return fmt.Errorf("it has no bound: write between, at_least, more_than, at_most or less_than")
	}
	for _, b := range bounds {
		for _, end := range b.Ends() {
			switch kind := end.limit.kind; {
			case end.limit.at == nil:
				return fmt.Errorf("%s has no limit", b.op)
			case b.op == opAllow, kind == shareLimit, kind == ageLimit, kind == dueLimit:
				return fmt.Errorf("%s is no bound on a number: write a plain one such as 95 or 0.5", b.Human())
			case kind != bounds[0].limit.kind:
				return fmt.Errorf("%s and %s are of two types", bounds[0].Human(), b.Human())
			}
		}
	}
	return checkMeet(bounds, false)
}

// checkMeet refuses bounds of one kind that no value meets together, or no whole one.
func checkMeet(bounds []Bound, whole bool) error {
	var low, high *Bound // the narrowest
	for _, b := range bounds {
		for _, end := range b.Ends() {
			switch {
			case end.op == opAllow:
			case end.Demands():
				if low == nil || narrower(end, *low, 1) {
					low = &end
				}
			case high == nil || narrower(end, *high, -1):
				high = &end
			}
		}
	}
	if low == nil || high == nil || low.limit.kind != high.limit.kind {
		return nil
	}
	least := low.limit.at
	if whole && low.op == opMoreThan && high.op == opLessThan {
		least = new(big.Rat).Add(least, big.NewRat(1, 1))
	}
	if side := least.Cmp(high.limit.at); side > 0 || side == 0 && (low.op == opMoreThan || high.op == opLessThan) {
		return fmt.Errorf("%s and %s: nothing lies between them", low.Human(), high.Human())
	}
	return nil
}

// narrower reports whether a bound leaves less than another from the same side.
func narrower(b, than Bound, side int) bool {
	c := b.limit.at.Cmp(than.limit.at) * side
	return c > 0 || c == 0 && (b.op == opMoreThan || b.op == opLessThan)
}

// OfDue reports whether a bound is a share of what was due: the suite then needs a
// calendar.
func (b Bound) OfDue() bool { return b.limit.kind == dueLimit }

// Claim is bounds as a claim ends with them: at_least 95%.
func Claim(bounds []Bound) string { return joinBounds(bounds, Bound.Human) }

func joinBounds(bounds []Bound, text func(Bound) string) string {
	parts := make([]string, len(bounds))
	for i, b := range bounds {
		parts[i] = text(b)
	}
	return strings.Join(parts, ", ")
}
