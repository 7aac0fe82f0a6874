package expr

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// Field is a column of a relation.
type Field struct {
	Name string
	Type Type
	// Text: its values are read from text, so that any text can stand for no value
	// whatever the type is.
	Text bool
	// Err says why the column cannot be read: what needs it fails with it, and
	// nothing else.
	Err error
	// Fields are those of a STRUCT, or of the STRUCTs that an ARRAY holds, where they
	// are known.
	Fields Schema
	// Part is how a reference to a part of a column is had of a row; nil is a column.
	Part *Part
}

// Schema is the columns of a relation, in their order.
type Schema []Field

// Field finds a column, or a part of one, by the reference to it: its name, the path
// of a field, an element. Names are compared as BigQuery compares them, without regard
// to case.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#case_sensitivity
func (s Schema) Field(name string) (Field, error) {
	if !utf8.ValidString(name) {
		return Field{}, fmt.Errorf("the column name %q is not UTF-8", name)
	}
	switch found := s.called(name); len(found) {
	case 0:
		if l, ok := parseLookup(name); ok {
			return s.element(l)
		}
		return Field{}, s.lacks(name)
	case 1:
		return found[0], found[0].Err
	}
	return Field{}, fmt.Errorf("there are several columns %q: rename one of them", name)
}

// hint says which column was meant, or which one there is: one named "a;b;c" tells of
// a file that is delimited otherwise.
func (s Schema) hint(name string) string {
	if hint := nearest.Hint(name, s.Names()); hint != "" || len(s) != 1 {
		return hint
	}
	return fmt.Sprintf(" (the only one is %q)", s[0].Name)
}

// Named reports whether a column is in the list, as [SameColumn] has it.
func Named(columns []string, name string) bool {
	return slices.ContainsFunc(columns, func(c string) bool { return SameColumn(c, name) })
}

// CheckDistinct refuses a list that names a column twice.
func CheckDistinct(columns []string) error {
	for i, name := range columns {
		if Named(columns[:i], name) {
			return fmt.Errorf("it names %q twice", name)
		}
	}
	return nil
}

// Position is that of a column by the schema's own spelling.
func (s Schema) Position(name string) int {
	return slices.IndexFunc(s, func(f Field) bool { return f.Name == name })
}

// Names are those of the columns.
func (s Schema) Names() []string {
	out := make([]string, len(s))
	for i, f := range s {
		out[i] = f.Name
	}
	return out
}

// ErrRevised ends the rows of a source whose schema was a guess, made of the first
// of them, that later ones contradict. The source knows better now: its schema is
// to be asked for again, and the rows to be read again from the first.
var ErrRevised = errors.New("later rows contradict the types that were inferred from the first ones")

// Settler is a Source whose schema can be a guess.
type Settler interface {
	// Settle reads the rows as far as it must for the schema to be no guess.
	Settle(context.Context) error
}

// Source is where an engine in memory gets the rows of a relation from.
type Source interface {
	// Schema names the columns and their types. Where they are a guess, Scan holds
	// it against every row that it reads: see ErrRevised.
	Schema(context.Context) (Schema, error)
	// Scan reads the rows once, from the first, as batches that hold just the
	// named columns in that order: columns of the schema, and fields by their paths, as
	// [Schema.Field] spells them. A batch is the reader's own only until the
	// next one is asked for. An error ends the rows and says that they are not
	// whole. Elements are found by [Scan], which is what reads a source.
	Scan(ctx context.Context, columns []string) iter.Seq2[*Batch, error]
}

// Identified is a Source that knows what its rows are whatever they are called: the
// device and inode of each of its files.
type Identified interface {
	Source
	Identity() ([]string, error)
}
