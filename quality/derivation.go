package quality

import "github.com/intactdata/intact/quality/expr"

// Derivation makes new rows from those of other relations with bodies of its own,
// for what no operator says: windows. The two bodies give the same rows, one in Go
// for engines in memory, one in GoogleSQL.
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

// A Derivation with a method Raw() bool that answers true has SQL in it that somebody
// wrote by hand: it is run only once a dry run calls it a SELECT.

// Query is a GoogleSQL query with its named parameters.
type Query struct {
	Text       string
	Parameters map[string]expr.Value
}
