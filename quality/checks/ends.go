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

// claim is that an expression over the column lies between the ends.
func (e Ends) claim(of expr.Expr) claim {
	switch {
	case e.Low.IsNull() && e.High.IsNull():
		return claim{err: fmt.Errorf("%s is open at both ends, so that nothing could lie outside", e.Column)}
	case e.Low.IsNull():
		return claim{text: fmt.Sprintf("up to %s", e.High), holds: of.Le(e.High)}
	case e.High.IsNull():
		return claim{text: fmt.Sprintf("from %s", e.Low), holds: of.Ge(e.Low)}
	}
	return claim{text: fmt.Sprintf("from %s to %s", e.Low, e.High), holds: of.Between(e.Low, e.High), err: e.ordered()}
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
