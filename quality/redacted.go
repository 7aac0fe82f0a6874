package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// redacted reports whether a column of a table is not to be printed.
func (s Suite) redacted(table, column string) bool {
	hidden := s.table(table).Redact
	return column == "" && len(hidden) > 0 || expr.Shows(hidden, column)
}

// printable refuses segments that show what is redacted, from whichever table and
// under whatever name it comes: the values of segments are printed.
func (s Suite) printable(rel Relation, by []Column) error {
	named := func(table, column string) bool { return column != "" && s.redacted(table, column) }
	for _, c := range by {
		for _, name := range c.Of.Columns() {
			if rel.shows(name, named) {
				return fmt.Errorf("by: %s is made from redacted columns, and the values of segments are printed", name)
			}
		}
	}
	return nil
}
