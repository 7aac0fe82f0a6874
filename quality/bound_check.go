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
	return checkTogether(bounds, false)
}

// CheckCounts refuses bounds that are no bounds on a number of rows, that hold for
// every table or for none.
func CheckCounts(bounds []Bound) error {
	for _, b := range bounds {
		switch {
		case b.limit.at == nil:
			return fmt.Errorf("%s has no limit", b.op)
		case b.op == opAllow || b.limit.kind != dueLimit && (b.limit.kind != plainLimit || !b.limit.at.IsInt()) || b.limit.at.Sign() < 0:
			return fmt.Errorf("%s is no number of rows: write at_least, more_than, at_most or less_than with a whole number", b)
		case b.op == opAtLeast && b.limit.at.Sign() == 0:
			return fmt.Errorf("%s holds for every table", b.Human())
		case b.op == opLessThan && b.limit.at.Sign() == 0:
			return fmt.Errorf("%s holds for no table", b.Human())
		}
	}
	return checkTogether(bounds, !slices.ContainsFunc(bounds, Bound.OfDue))
}

// checkTogether refuses bounds that no number meets together, or no whole one.
func checkTogether(bounds []Bound, whole bool) error {
	for _, low := range bounds {
		for _, high := range bounds {
			above, strictly := low.limit.at, low.op == opMoreThan
			below, strict := high.limit.at, high.op == opLessThan
			if low.op != opAtLeast && !strictly || high.op != opAtMost && !strict {
				continue
			}
			if whole && strictly && strict { // between two whole numbers there is one in their midst
				above = new(big.Rat).Add(above, big.NewRat(1, 1))
			}
			if c := above.Cmp(below); c > 0 || c == 0 && (strictly || strict) {
				return fmt.Errorf("%s and %s: no table holds both", low.Human(), high.Human())
			}
		}
	}
	return nil
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
