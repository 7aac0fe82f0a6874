package quality

import (
	"fmt"
	"math/big"
	"strings"
)

// Limit is an exact number that a bound compares with: a share of rows or a
// count of them. The zero Limit is no limit.
type Limit struct {
	at    *big.Rat
	share bool
}

// Percent is the share n in a hundred.
func Percent(n int64) Limit { return Ratio(n, 100) }

// Ratio is the share num/den; with den 0 it is no limit.
func Ratio(num, den int64) Limit {
	if den == 0 {
		return Limit{}
	}
	return Limit{big.NewRat(num, den), true}
}

// Count is a number of rows.
func Count(n int64) Limit { return Limit{big.NewRat(n, 1), false} }

// ParseShare reads a share as an exact decimal: 95%, 99.5% or 19/20. A bare
// number is refused, because 0.95 and 95 are each read both ways.
func ParseShare(text string) (Limit, error) {
	mistake := fmt.Errorf("%q is no share: write a percentage such as 95%% or a ratio such as 19/20", text)
	body, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	num, den, ratio := strings.Cut(body, "/")
	if percent == ratio || len(body) > 64 {
		return Limit{}, mistake
	}
	if percent {
		den = "100"
	}
	n, ok1 := plainDecimal(num)
	d, ok2 := plainDecimal(den)
	if !ok1 || !ok2 || d.Sign() == 0 {
		return Limit{}, mistake
	}
	at := n.Quo(n, d)
	if at.Cmp(big.NewRat(1, 1)) > 0 {
		return Limit{}, fmt.Errorf("%q is more than 100%%", text)
	}
	return Limit{at, true}, nil
}

// plainDecimal reads digits with at most one point, and nothing else.
func plainDecimal(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "0123456789.") != "" || strings.Trim(s, ".") == "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// String is the limit as a decimal where it has a finite one, else as a ratio.
func (l Limit) String() string {
	if l.at == nil {
		return ""
	}
	return ratText(l.at)
}

// Percentage is a share as people write it: 95%, or 1/3 where no decimal is exact.
func (l Limit) Percentage() string {
	if l.at == nil {
		return ""
	}
	hundred := new(big.Rat).Mul(l.at, big.NewRat(100, 1))
	if !isShortDecimal(hundred) {
		return l.at.RatString()
	}
	return ratText(hundred) + "%"
}

func ratText(r *big.Rat) string {
	if !isShortDecimal(r) {
		return r.RatString()
	}
	places, _ := r.FloatPrec()
	return r.FloatString(places)
}

// isShortDecimal reports whether at most twelve decimals write a number exactly.
func isShortDecimal(r *big.Rat) bool {
	places, exact := r.FloatPrec()
	return exact && places <= 12
}

// BoundOp is the name of a bound, as suites write it.
type BoundOp string

const (
	opAtLeast  BoundOp = "at_least"
	opMoreThan BoundOp = "more_than"
	opAtMost   BoundOp = "at_most"
	opLessThan BoundOp = "less_than"
	opAllow    BoundOp = "allow"
)

// Bound is what an observed share or count is held against. Integers and
// rationals are compared; nothing is rounded.
type Bound struct {
	op    BoundOp
	limit Limit
}

// AtLeast holds if numerator/denominator ≥ limit.
func AtLeast(l Limit) Bound { return Bound{opAtLeast, l} }

// MoreThan holds if numerator/denominator > limit.
func MoreThan(l Limit) Bound { return Bound{opMoreThan, l} }

// AtMost holds if numerator/denominator ≤ limit.
func AtMost(l Limit) Bound { return Bound{opAtMost, l} }

// LessThan holds if numerator/denominator < limit.
func LessThan(l Limit) Bound { return Bound{opLessThan, l} }

// Allow holds if denominator − numerator ≤ rows: so many bad rows in each
// segment.
func Allow(rows int64) Bound { return Bound{opAllow, Count(rows)} }

// Op is the bound's name as suites write it: at_least, more_than, at_most,
// less_than or allow.
func (b Bound) Op() BoundOp { return b.op }

// Limit is what the bound compares with.
func (b Bound) Limit() Limit { return b.limit }

// String is the bound with its limit as a decimal: at_least 0.95.
func (b Bound) String() string { return string(b.op) + " " + b.limit.String() }

// Human is the bound with a share as a percentage: at_least 95%.
func (b Bound) Human() string {
	if b.limit.share {
		return string(b.op) + " " + b.limit.Percentage()
	}
	if b.limit.at == nil {
		return string(b.op)
	}
	return string(b.op) + " " + grouped(b.limit.at.Num().String())
}

// HoldsShare compares the share num/den. Without a denominator nothing holds.
func (b Bound) HoldsShare(num, den int64) bool {
	if den <= 0 || b.limit.at == nil {
		return false
	}
	if b.op == opAllow {
		return big.NewRat(den-num, 1).Cmp(b.limit.at) <= 0
	}
	return b.holds(big.NewRat(num, den))
}

// HoldsCount compares a count.
func (b Bound) HoldsCount(n int64) bool { return b.limit.at != nil && b.holds(big.NewRat(n, 1)) }

func (b Bound) holds(observed *big.Rat) bool {
	switch c := observed.Cmp(b.limit.at); b.op {
	case opAtLeast:
		return c >= 0
	case opMoreThan:
		return c > 0
	case opAtMost:
		return c <= 0
	case opLessThan:
		return c < 0
	}
	return false
}

// missing is how many more good rows of den the bound asks for.
func (b Bound) missing(num, den int64) int64 {
	need := new(big.Rat).Mul(b.limit.at, big.NewRat(den, 1))
	switch b.op {
	case opAllow:
		return den - num - b.limit.at.Num().Int64()
	case opAtLeast, opMoreThan:
		rows := new(big.Int).Quo(need.Num(), need.Denom()) // rounded down
		if b.op == opMoreThan || !need.IsInt() {
			rows.Add(rows, big.NewInt(1))
		}
		return rows.Int64() - num
	}
	return 0
}

// checkShares refuses bounds that are no bounds on a share, that hold for every
// table or for none.
func checkShares(bounds []Bound) error {
	for _, b := range bounds {
		one := big.NewRat(1, 1)
		switch {
		case b.limit.at == nil:
			return fmt.Errorf("%s has no limit", b.op)
		case b.op == opAllow:
			if b.limit.at.Sign() < 0 {
				return fmt.Errorf("allow %s: a number of bad rows is 0 or more", b.limit)
			}
		case !b.limit.share:
			return fmt.Errorf("%s is a count where a share is expected: write a percentage such as 95%% or a ratio such as 19/20", b)
		case b.limit.at.Sign() < 0 || b.limit.at.Cmp(one) > 0:
			return fmt.Errorf("%s is no share of rows", b)
		case b.op == opAtLeast && b.limit.at.Sign() == 0, b.op == opAtMost && b.limit.at.Cmp(one) == 0:
			return fmt.Errorf("%s holds for every table", b.Human())
		case b.op == opMoreThan && b.limit.at.Cmp(one) == 0, b.op == opLessThan && b.limit.at.Sign() == 0:
			return fmt.Errorf("%s holds for no table", b.Human())
		}
	}
	return nil
}

func checkCounts(bounds []Bound) error {
	for _, b := range bounds {
		switch {
		case b.limit.at == nil:
			return fmt.Errorf("%s has no limit", b.op)
		case b.op == opAllow || b.limit.share || !b.limit.at.IsInt() || b.limit.at.Sign() < 0:
			return fmt.Errorf("%s is no number of rows: write at_least, more_than, at_most or less_than with a whole number", b)
		case b.op == opAtLeast && b.limit.at.Sign() == 0:
			return fmt.Errorf("%s holds for every table", b.Human())
		case b.op == opLessThan && b.limit.at.Sign() == 0:
			return fmt.Errorf("%s holds for no table", b.Human())
		}
	}
	return nil
}

func joinBounds(bounds []Bound, text func(Bound) string) string {
	parts := make([]string, len(bounds))
	for i, b := range bounds {
		parts[i] = text(b)
	}
	return strings.Join(parts, ", ")
}
