package quality

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// defined are the columns of a list that are wanted, and those that have to come
// from below: for them, and as they are.
func defined(columns []Column, wanted []string) (define []Column, through, below []string, err error) {
	if err := distinctNames(columns); err != nil {
		return nil, nil, nil, err
	}
	for _, name := range wanted {
		if !slices.ContainsFunc(columns, func(c Column) bool { return expr.SameColumn(c.Name, name) }) {
			through = append(through, name)
		}
	}
	below = slices.Clone(through)
	for _, c := range columns {
		if expr.Named(wanted, c.Name) {
			define = append(define, c)
			below = union(below, c.Of.Columns())
		}
	}
	return define, through, below, nil
}

func distinctNames(columns []Column) error {
	names := make([]string, len(columns))
	for i, c := range columns {
		if names[i] = c.Name; c.Name == "" || c.Of.IsZero() {
			return fmt.Errorf("a column has no name, or nothing that it is")
		}
	}
	return expr.CheckDistinct(names)
}

// bindColumns resolves columns over rows, and appends those that come through.
func bindColumns(columns []Column, through []string, in expr.Schema) ([]Column, expr.Schema, error) {
	var out []Column
	var schema expr.Schema
	for _, name := range through {
		f, err := in.Field(name)
		if err != nil {
			return nil, nil, err
		}
		columns = append(slices.Clip(columns), As(f.Name, expr.Col(f.Name)))
	}
	for _, c := range columns {
		of, err := c.Of.Bind(in)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, Column{c.Name, of})
		schema = append(schema, expr.Field{Name: c.Name, Type: of.Type()})
	}
	return out, schema, nil
}

func names(columns []Column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	slices.Sort(out)
	return out
}

// sameTypes is the schema of rows of both, whose columns have equal types, or none
// but NULL in one.
func sameTypes(a, b expr.Schema) (expr.Schema, error) {
	out := slices.Clone(a)
	for i, f := range out {
		other, err := b.Field(f.Name)
		if err != nil {
			return nil, err
		}
		switch {
		case f.Type == expr.Null:
			out[i].Type = other.Type
		case other.Type != expr.Null && other.Type != f.Type:
			return nil, fmt.Errorf("column %q is %s and %s: make them one type with CAST", f.Name, f.Type, other.Type)
		}
	}
	return out, nil
}

// restricted are the wanted columns of a table in the table's order, and behind them
// wanted parts of columns, which are columns from here on.
func restricted(all expr.Schema, wanted []string, of string) (expr.Schema, error) {
	out := expr.Schema{}
	for _, name := range wanted {
		f, err := all.Field(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", of, err)
		}
		if f.Fields = nil; out.Position(f.Name) < 0 {
			out = append(out, f)
		}
	}
	place := func(f expr.Field) int {
		if f.Part != nil {
			return len(all)
		}
		return all.Position(f.Name)
	}
	slices.SortFunc(out, func(a, b expr.Field) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

// union adds the names that a list lacks, as BigQuery compares names.
func union(list, more []string) []string {
	out := slices.Clone(list)
	for _, name := range more {
		if !expr.Named(out, name) {
			out = append(out, name)
		}
	}
	return out
}
