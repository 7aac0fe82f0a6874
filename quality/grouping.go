package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

func (r Rule) checkComputed() error {
	names := make([]string, len(r.Computed))
	for i, c := range r.Computed {
		names[i] = c.Name
		switch {
		case c.Name == "" || c.Of.IsZero():
			return fmt.Errorf("a computed column has no name, or nothing that it is")
		case !expr.Named(r.By, c.Name):
			return fmt.Errorf("the computed column %q is not among the columns to group by", c.Name)
		case c.Of.Raw():
			return fmt.Errorf("%s: raw SQL is a filter, and no column to group by", c.Name)
		}
		if err := c.Of.Mistake(); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return expr.CheckDistinct(names)
}

// spelled gives names of columns the schema's spelling; others are as they are. It is
// not nil: a request by none of them is by no column, and not by the rule's.
func spelled(names []string, s expr.Schema) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = name
		if f, err := s.Field(name); err == nil {
			out[i] = f.Name
		}
	}
	return out
}

// resolveGrouping binds what rows are grouped by; a column of the schema has its
// spelling.
func resolveGrouping(s expr.Schema, by []Column) ([]Column, error) {
	out := make([]Column, len(by))
	for i, c := range by {
		if column, ok := c.Of.Node().(expr.ColumnExpr); ok && expr.SameColumn(column.Name, c.Name) {
			f, err := s.Field(c.Name)
			if err != nil {
				return nil, err
			}
			c.Name = f.Name
		}
		of, err := c.Of.Bind(s)
		if err != nil {
			return nil, err
		}
		out[i] = Column{c.Name, of}
		if !of.Type().Computable() {
			return nil, fmt.Errorf("column %q is %s, whose values cannot be grouped", c.Name, of.Type())
		}
	}
	return out, nil
}

func columnNames(columns []Column) []string {
	if columns == nil {
		return nil
	}
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}
