package quality

import (
	"errors"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// missingDeclarer is a check that declares texts of a column to be no values.
type missingDeclarer interface {
	DeclaresMissing(column, text string) bool
}

// allowing is the schema for a check: a column whose odd cells the check itself
// declares missing can be read.
func allowing(s expr.Schema, check Check) expr.Schema {
	c, ok := check.(missingDeclarer)
	if !ok {
		return s
	}
	out := slices.Clone(s)
	for i, f := range out {
		var cells *expr.OddCellsError
		if !errors.As(f.Err, &cells) || len(cells.Odd) == 0 {
			continue
		}
		if !slices.ContainsFunc(cells.Odd, func(text string) bool { return !c.DeclaresMissing(f.Name, text) }) {
			out[i].Err = nil
		}
	}
	return out
}

// withoutOdd is a schema of which columns with odd cells can be read: what may read
// them has been told.
func withoutOdd(s expr.Schema) expr.Schema {
	out := slices.Clone(s)
	for i, f := range out {
		var cells *expr.OddCellsError
		if errors.As(f.Err, &cells) {
			out[i].Err = nil
		}
	}
	return out
}
