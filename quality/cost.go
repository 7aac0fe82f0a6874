package quality

import "github.com/intactdata/intact/quality/expr"

// Cost is what measuring a plan would take, a part for each of its statements in
// their order.
type Cost struct{ Statements []StatementCost }

// StatementCost is what one statement would take.
type StatementCost struct {
	Statement *Statement
	// SQL and Parameters are the query, for engines that run one.
	SQL        string
	Parameters map[string]expr.Value
	// Bytes is how much would be read at most, nil where the engine does not
	// know.
	Bytes *int64
	// Err says why the statement would be refused.
	Err error
}

// Bytes adds the statements up; false says that one of them is not known.
func (c *Cost) Bytes() (sum int64, known bool) {
	for _, s := range c.Statements {
		if s.Bytes == nil {
			return 0, false
		}
		sum += *s.Bytes
	}
	return sum, true
}
