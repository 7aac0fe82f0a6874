package quality

import (
	"slices"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Fold is one term over some rows of a relation, for each segment: what engines
// are asked. All its expressions are bound.
type Fold struct {
	Relation Relation
	Term     Term
	// Rows and Where must both be TRUE for a row to be taken; zero is all rows.
	Rows, Where expr.Expr
	// By are what rows are grouped by, each by the name that segments have for it.
	By []Column
	// MaxSegments is how many segments the fold may have, 0 for any number: with more
	// it fails, as [TooManySegments] says it.
	MaxSegments int64

	over string // rows and segments, without the term
	held *held  // what tells it instead of a statement of its own; nil where nothing does
}

// Over is a text that folds over the same rows and segments have in common.
func (f *Fold) Over() string { return f.over }

// Key is a text that equal folds, and only those, have in common.
func (f *Fold) Key() string { return f.over + "\n" + f.Term.Key() }

func newFold(rel Relation, t Term, rows, where expr.Expr, by []Column) *Fold {
	names := make([]string, len(by))
	for i, c := range by {
		names[i] = strconv.Itoa(len(c.Name)) + ":" + c.Name + " " + c.Of.String()
	}
	over := strings.Join([]string{rel.Key(), "rows " + rows.String(), "where " + where.String(), "by " + strings.Join(names, ", ")}, "\n")
	return &Fold{Relation: rel, Term: t, Rows: rows, Where: where, By: by, over: over}
}

// Columns are those of its relation that the fold reads, each once.
func (f *Fold) Columns() []string {
	out := slices.Concat(f.Term.Columns(), f.Rows.Columns(), f.Where.Columns())
	for _, c := range f.By {
		out = append(out, c.Of.Columns()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
