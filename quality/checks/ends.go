package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// Ends are what values of a column lie between, both included; a NULL end is open.
type Ends struct {
	Column    string
	Low, High expr.Value
}

// value claims that an expression over the column lies between the ends.
func (e Ends) value(of expr.Expr) value {
	switch {
	case e.Low.IsNull() && e.High.IsNull():
		return value{column: e.Column, err: fmt.Errorf("%s is open at both ends, so that nothing could lie outside", e.Column)}
	case e.Low.IsNull():
		return value{e.Column, fmt.Sprintf("up to %s", e.High), of.Le(e.High), nil}
	case e.High.IsNull():
		return value{e.Column, fmt.Sprintf("from %s", e.Low), of.Ge(e.Low), nil}
	}
	return value{e.Column, fmt.Sprintf("from %s to %s", e.Low, e.High), of.Between(e.Low, e.High), e.ordered()}
}

// ordered refuses ends that no value lies between. Numbers of two types are compared
// as the wider one.
func (e Ends) ordered() error {
	low, high := e.Low, e.High
	if wide, err := low.Coerce(high.Type()); err == nil {
		low = wide
	} else if wide, err := high.Coerce(low.Type()); err == nil {
		high = wide
	}
	switch {
	case low.Type() != high.Type():
		return fmt.Errorf("%s: the ends %s and %s cannot be compared", e.Column, e.Low.SQL(), e.High.SQL())
	case low.Compare(high) > 0:
		return fmt.Errorf("%s: no value lies between %s and %s", e.Column, e.Low.SQL(), e.High.SQL())
	}
	return nil
}
