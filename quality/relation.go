package quality

import "github.com/intactdata/intact/quality/expr"

// Relation is what rows come from: a table, or rows derived from tables.
type Relation struct {
	table      string
	derivation Derivation
}

// Table is a table by name: [project.]dataset.table.
func Table(name string) Relation { return Relation{table: name} }

// Derived is a relation of rows that are made from others.
func Derived(d Derivation) Relation { return Relation{derivation: d} }

// Table is the table's name, "" for a derived relation.
func (r Relation) Table() string { return r.table }

// Derivation is nil for a table.
func (r Relation) Derivation() Derivation { return r.derivation }

// Key is a text that equal relations, and only those, have in common.
func (r Relation) Key() string {
	if r.derivation != nil {
		return "derived " + r.derivation.Key()
	}
	return "table " + r.table
}

// String names the relation in messages.
func (r Relation) String() string {
	if r.derivation != nil {
		return r.derivation.Key()
	}
	return r.table
}

// Derivation makes new rows from those of other relations, for checks that need
// rows rather than a new metric. It has two bodies that give the same rows: one
// in Go for engines in memory, one in GoogleSQL.
type Derivation interface {
	// Key names the rows; derivations with equal keys give the same rows and are
	// read once.
	Key() string
	// Inputs are the relations that the rows are made from.
	Inputs() []Relation
	// Schema is that of the rows made, given those of the inputs.
	Schema(inputs []expr.Schema) (expr.Schema, error)
	// Rows makes the rows in memory.
	Rows(inputs []expr.Source) expr.Source
	// SQL is a query that makes the same rows. Inputs are given as they stand
	// behind FROM; values go into Parameters, never into the text.
	SQL(inputs []string) (Query, error)
}

// Query is a GoogleSQL query with its named parameters.
type Query struct {
	Text       string
	Parameters map[string]expr.Value
}
