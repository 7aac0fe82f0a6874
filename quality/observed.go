package quality

import (
	"cmp"
	"math"
	"math/big"
	"strconv"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Unit is what an Observed is a number of.
type Unit string

// The units.
const (
	UnitShare     Unit = "share"     // of rows: a numerator of a denominator
	UnitCount     Unit = "count"     // of rows or keys
	UnitNumber    Unit = "number"    // in the column's own unit
	UnitDate      Unit = "date"      // a calendar day
	UnitAge       Unit = "age"       // a duration
	UnitTimestamp Unit = "timestamp" // an instant
	UnitDateTime  Unit = "datetime"  // a time of no zone
	UnitDistance  Unit = "distance"  // between two distributions
)

// Observed is the exact value that a claim is about.
type Observed struct {
	Unit Unit
	// Numerator and Denominator are a share; a denominator of 0 says that there
	// was nothing to judge. A count is a Numerator alone.
	Numerator, Denominator int64
	// Value is a number or a distance.
	Value *big.Rat
	Date  civil.Date
	Age   time.Duration
	// Time is a timestamp, or in UTC a datetime.
	Time time.Time
	// noun is what a share is of, where that is not rows.
	noun string
}

// ObservedShare is numerator of denominator.
func ObservedShare(numerator, denominator int64) *Observed {
	return &Observed{Unit: UnitShare, Numerator: numerator, Denominator: denominator}
}

// Of says what a share is of, where that is not rows: ObservedShare(9, 10).Of("key").
func (o *Observed) Of(noun string) *Observed {
	o.noun = noun
	return o
}

// counted writes a number of what a share is of.
func (o Observed) counted(n int64) string {
	noun := cmp.Or(o.noun, "row")
	return Plural(n, noun, noun+"s")
}

// ObservedCount is a count.
func ObservedCount(n int64) *Observed { return &Observed{Unit: UnitCount, Numerator: n} }

// ObservedNumber is a number of a column's own unit.
func ObservedNumber(v *big.Rat) *Observed { return &Observed{Unit: UnitNumber, Value: v} }

// ObservedFloat is the number that a FLOAT64 is written as, the shortest decimal that
// it is nearest to, so that 0.1 meets a bound of 0.1; false for NaN and infinities,
// which are none.
func ObservedFloat(f float64) (*Observed, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, false
	}
	written, _ := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	return ObservedNumber(written), true
}

// ObservedValue is a number, a DATE or a time as it was measured; false for what is none.
func ObservedValue(v expr.Value) (*Observed, bool) {
	switch x := v.Go().(type) {
	case int64:
		return ObservedNumber(new(big.Rat).SetInt64(x)), true
	case *big.Rat:
		return ObservedNumber(x), true
	case float64:
		return ObservedFloat(x)
	case civil.Date:
		return ObservedDate(x), true
	case time.Time:
		return ObservedTimestamp(x), true
	case civil.DateTime:
		return ObservedDateTime(x), true
	}
	return nil, false
}

// ObservedDate is a calendar day.
func ObservedDate(d civil.Date) *Observed { return &Observed{Unit: UnitDate, Date: d} }

// ObservedAge is how long something has been.
func ObservedAge(d time.Duration) *Observed { return &Observed{Unit: UnitAge, Age: d} }

// ObservedDistance is how far two distributions are apart.
func ObservedDistance(v *big.Rat) *Observed { return &Observed{Unit: UnitDistance, Value: v} }

// number is the value that bounds compare, nil where there is nothing to compare.
func (o Observed) number() *big.Rat {
	switch o.Unit {
	case UnitShare:
		if o.Denominator <= 0 {
			return nil
		}
		return big.NewRat(o.Numerator, o.Denominator)
	case UnitCount:
		return big.NewRat(o.Numerator, 1)
	case UnitDate:
		if !o.Date.IsValid() {
			return nil
		}
		return dayNumber(o.Date)
	case UnitAge:
		return ageNumber(o.Age)
	case UnitTimestamp, UnitDateTime:
		return momentNumber(o.Time)
	}
	return o.Value
}

// Float64 is the value that bounds compare, rounded: a share as a fraction, a date
// in days since 1970-01-01, an age in seconds, a time in seconds since then. False where
// there is none.
func (o Observed) Float64() (float64, bool) {
	if o.Unit == UnitAge {
		return o.Age.Seconds(), true
	}
	r := o.number()
	if r == nil {
		return 0, false
	}
	f, _ := r.Float64()
	if o.Unit == UnitTimestamp || o.Unit == UnitDateTime {
		f /= 1e6
	}
	return f, true
}

// dayNumber counts days from 1970-01-01, and ageNumber nanoseconds.
func dayNumber(d civil.Date) *big.Rat {
	return new(big.Rat).SetInt64(int64(d.DaysSince(civil.Date{Year: 1970, Month: 1, Day: 1})))
}

func ageNumber(d time.Duration) *big.Rat { return new(big.Rat).SetInt64(int64(d)) }

// String is the value as people read it: 12,087 of 25,244, 104.77, 2025-10-21, 36h.
func (o Observed) String() string { return o.Beside() }

// Beside is the value as people read it beside bounds: a number has as many digits as
// it takes to lie where it does.
func (o Observed) Beside(bounds ...Bound) string {
	switch o.Unit {
	case UnitShare:
		return Grouped(o.Numerator) + " of " + Grouped(o.Denominator)
	case UnitCount:
		return Grouped(o.Numerator)
	case UnitDate:
		return o.Date.String()
	case UnitTimestamp:
		return momentText(o.Time)
	case UnitDateTime:
		return momentText(civil.DateTimeOf(o.Time))
	case UnitAge:
		return ageText(o.whole())
	}
	if o.Value == nil {
		return "-"
	}
	return Figure(o.Value, bounds...)
}

// whole is an age of minutes and more in seconds, rounded up: one that is over a limit
// is not shown as if it were within.
func (o Observed) whole() time.Duration {
	if o.Age < time.Minute {
		return o.Age
	}
	return (o.Age + time.Second - 1).Truncate(time.Second)
}
