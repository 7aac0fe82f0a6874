package quality

import (
	"math/big"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Timestamp is an instant, which a TIMESTAMP is held against.
func Timestamp(t time.Time) Limit { return Limit{momentNumber(t), timestampLimit} }

// DateTime is a time of no zone, which a DATETIME is held against.
func DateTime(d civil.DateTime) Limit { return Limit{momentNumber(d.In(time.UTC)), datetimeLimit} }

// ObservedTimestamp is an instant.
func ObservedTimestamp(t time.Time) *Observed { return &Observed{Unit: UnitTimestamp, Time: t.UTC()} }

// ObservedDateTime is a time of no zone.
func ObservedDateTime(d civil.DateTime) *Observed {
	return &Observed{Unit: UnitDateTime, Time: d.In(time.UTC)}
}

// momentNumber counts microseconds from 1970-01-01, as fine as a TIMESTAMP is.
func momentNumber(t time.Time) *big.Rat { return big.NewRat(t.UnixMicro(), 1) }

// momentText writes a TIMESTAMP or a DATETIME as values of it are written.
func momentText(t any) string {
	v, _ := expr.ValueOf(t)
	return v.String()
}

// OfType reports whether a value of a type can be held against the limit: a DATE
// against a day, a TIMESTAMP against an instant, numbers against the rest.
func (l Limit) OfType(t expr.Type) bool {
	switch l.kind {
	case dateLimit:
		return t == expr.Date
	case timestampLimit:
		return t == expr.Timestamp
	case datetimeLimit:
		return t == expr.DateTime
	}
	return t.IsNumber()
}
