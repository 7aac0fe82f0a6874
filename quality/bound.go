package quality

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"cloud.google.com/go/civil"
)

// Limit is an exact value that a bound compares with, of the unit that it says.
// The zero Limit is no limit.
type Limit struct {
	at   *big.Rat
	kind limitKind
}

type limitKind uint8

const (
	plainLimit limitKind = iota // a count or a number
	shareLimit
	dateLimit // days from 1970-01-01
	ageLimit  // nanoseconds
	dueLimit  // a share of what was due
	timestampLimit
	datetimeLimit // both microseconds from 1970-01-01
)

// Percent is the share n in a hundred.
func Percent(n int64) Limit { return Ratio(n, 100) }

// Ratio is the share num/den; with den 0 it is no limit.
func Ratio(num, den int64) Limit {
	if den == 0 {
		return Limit{}
	}
	return Limit{big.NewRat(num, den), shareLimit}
}

// OfDue is a share of what was due by the suite's calendar; it may be more than all.
func OfDue(share Limit) Limit { return Limit{share.at, dueLimit} }

// Count is a number of rows.
func Count(n int64) Limit { return Limit{at: big.NewRat(n, 1)} }

// Number is a number of a column's own unit.
func Number(v *big.Rat) Limit { return Limit{at: v} }

// Day is a calendar day.
func Day(d civil.Date) Limit { return Limit{dayNumber(d), dateLimit} }

// Duration is a length of time.
func Duration(d time.Duration) Limit { return Limit{ageNumber(d), ageLimit} }

// ParseShare reads a share as an exact decimal: 95%, 99.5% or 19/20. A bare
// number is refused, because 0.95 and 95 are each read both ways.
func ParseShare(text string) (Limit, error) {
	at, err := parseRatio(text)
	if err == nil && at.Cmp(big.NewRat(1, 1)) > 0 {
		err = fmt.Errorf("%q is more than 100%%", text)
	}
	if err != nil {
		return Limit{}, err
	}
	return Limit{at, shareLimit}, nil
}

// ParseOfDue reads a share of what was due, such as 90% of due.
func ParseOfDue(text string) (Limit, error) {
	share, ok := strings.CutSuffix(strings.TrimSpace(text), " of due")
	if !ok {
		return Limit{}, fmt.Errorf("%q is no share of what was due: write 90%% of due", text)
	}
	at, err := parseRatio(share)
	if err != nil {
		return Limit{}, err
	}
	return Limit{at, dueLimit}, nil
}

// parseRatio reads 95%, 99.5% or 19/20.
func parseRatio(text string) (*big.Rat, error) {
	mistake := fmt.Errorf("%q is no share: write a percentage such as 95%% or a ratio such as 19/20", text)
	body, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	num, den, ratio := strings.Cut(body, "/")
	if percent == ratio || len(body) > 64 {
		return nil, mistake
	}
	if percent {
		den = "100"
	}
	n, ok1 := plainDecimal(num)
	d, ok2 := plainDecimal(den)
	if !ok1 || !ok2 || d.Sign() == 0 {
		return nil, mistake
	}
	return n.Quo(n, d), nil
}

// plainDecimal reads digits with at most one point, and nothing else.
func plainDecimal(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "0123456789.") != "" || strings.Trim(s, ".") == "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// String is the limit as a decimal where it has a finite one, else as a ratio;
// dates and durations as they are written.
func (l Limit) String() string {
	switch {
	case l.at == nil:
		return ""
	case l.kind == dateLimit:
		return l.Value().(civil.Date).String()
	case l.kind == timestampLimit, l.kind == datetimeLimit:
		return momentText(l.Value())
	case l.kind == ageLimit:
		return ageText(time.Duration(l.at.Num().Int64()))
	case l.kind == dueLimit:
		return ratText(l.at) + " of due"
	}
	return ratText(l.at)
}

// human is the limit as people write it: 95%, 1,000, 80.5, 36h.
func (l Limit) human() string {
	switch {
	case l.kind == shareLimit:
		return l.Percentage()
	case l.kind == dueLimit:
		return l.Percentage() + " of due"
	case l.at != nil && l.kind == plainLimit && l.at.IsInt():
		return grouped(l.at.Num().String())
	}
	return l.String()
}

// Value is the limit as literals take it: a *big.Rat, a civil.Date for a day, a time.Time
// or civil.DateTime, nil where there is no limit.
func (l Limit) Value() any {
	switch {
	case l.at == nil:
		return nil
	case l.kind == dateLimit:
		return civil.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(l.at.Num().Int64()))
	case l.kind == timestampLimit:
		return time.UnixMicro(l.at.Num().Int64()).UTC()
	case l.kind == datetimeLimit:
		return civil.DateTimeOf(time.UnixMicro(l.at.Num().Int64()).UTC())
	}
	return new(big.Rat).Set(l.at)
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
	opBetween  BoundOp = "between"
	opWithin   BoundOp = "within"
	opChange   BoundOp = "change"
)

// Bound is what an observed value is held against. Integers and rationals are
// compared; nothing is rounded.
type Bound struct {
	op    BoundOp
	limit Limit
	high  Limit // of between
}

// AtLeast holds if numerator/denominator ≥ limit.
func AtLeast(l Limit) Bound { return Bound{op: opAtLeast, limit: l} }

// MoreThan holds if numerator/denominator > limit.
func MoreThan(l Limit) Bound { return Bound{op: opMoreThan, limit: l} }

// AtMost holds if numerator/denominator ≤ limit.
func AtMost(l Limit) Bound { return Bound{op: opAtMost, limit: l} }

// LessThan holds if numerator/denominator < limit.
func LessThan(l Limit) Bound { return Bound{op: opLessThan, limit: l} }

// Allow holds if denominator − numerator ≤ rows: so many bad rows in each
// segment.
func Allow(rows int64) Bound { return Bound{op: opAllow, limit: Count(rows)} }

// Between holds if low ≤ observed ≤ high.
func Between(low, high Limit) Bound { return Bound{op: opBetween, limit: low, high: high} }

// Within holds if an age ≤ d.
func Within(d time.Duration) Bound { return Bound{op: opWithin, limit: Duration(d)} }

// Op is the bound's name as suites write it: at_least, more_than, at_most,
// less_than, allow, between, within or change.
func (b Bound) Op() BoundOp { return b.op }

// Ends are the bounds that it is made of: at_least and at_most for between, else
// itself.
func (b Bound) Ends() []Bound {
	if b.op == opBetween {
		return []Bound{AtLeast(b.limit), AtMost(b.high)}
	}
	return []Bound{b}
}

// Limit is what the bound compares with.
func (b Bound) Limit() Limit { return b.limit }

// String is the bound with its limit as a decimal: at_least 0.95.
func (b Bound) String() string { return b.text(Limit.String) }

// Human is the bound with a share as a percentage: at_least 95%.
func (b Bound) Human() string {
	if b.limit.at == nil {
		return string(b.op)
	}
	return b.text(Limit.human)
}

func (b Bound) text(limit func(Limit) string) string {
	switch b.op {
	case opBetween:
		return fmt.Sprintf("between [%s, %s]", limit(b.limit), limit(b.high))
	case opChange:
		if b.limit.kind == shareLimit {
			return "change ±" + b.limit.Percentage()
		}
		return "change ±" + b.limit.String() + " points"
	}
	return string(b.op) + " " + limit(b.limit)
}

// Holds compares what was observed; where there is nothing to compare, or no
// baseline that the bound speaks of, it does not hold.
func (b Bound) Holds(o Observed) bool {
	v := o.number()
	if v == nil || b.limit.at == nil || b.op == opChange {
		return false
	}
	if b.op == opAllow {
		return o.Unit == UnitShare && big.NewRat(o.Denominator-o.Numerator, 1).Cmp(b.limit.at) <= 0
	}
	switch c := v.Cmp(b.limit.at); b.op {
	case opAtLeast:
		return c >= 0
	case opMoreThan:
		return c > 0
	case opAtMost, opWithin:
		return c <= 0
	case opLessThan:
		return c < 0
	case opBetween:
		return c >= 0 && b.high.at != nil && v.Cmp(b.high.at) <= 0
	}
	return false
}

// Demands reports whether the bound is about how many rows must be good, and not
// about how many may be.
func (b Bound) Demands() bool { return b.op != opAtMost && b.op != opLessThan }

// short says how many rows, or what else it is of, a share is off, "" for what is no share.
func (b Bound) short(o Observed) string {
	if o.Unit != UnitShare {
		return ""
	}
	n := b.missing(o.Numerator, o.Denominator)
	switch {
	case b.op == opAllow:
		return fmt.Sprintf(": %s too many", o.counted(n)+isOrAre(n))
	case n > 0:
		return fmt.Sprintf(": %s short", o.counted(n))
	}
	return ""
}

func isOrAre(n int64) string {
	if n == 1 {
		return " is"
	}
	return " are"
}

// missing is how many more good rows of den the bound asks for.
func (b Bound) missing(num, den int64) int64 {
	need := new(big.Rat).Mul(b.limit.at, big.NewRat(den, 1))
	switch b.op {
	case opAllow:
		return den - num - b.limit.at.Num().Int64()
	case opAtLeast, opMoreThan, opBetween:
		rows := new(big.Int).Quo(need.Num(), need.Denom()) // rounded down
		if b.op == opMoreThan || !need.IsInt() {
			rows.Add(rows, big.NewInt(1))
		}
		return rows.Int64() - num
	}
	return 0
}
