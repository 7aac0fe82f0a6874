package quality

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// PositionColumn says of each row of a table where it stands: see Position. Only an
// engine that is at the rows knows it (see Locator), and only where the rows at fault
// are shown is it asked for. It comes through operators as any column does; through an
// Aggregate as the least of its rows.
const PositionColumn = "\x00position" // no column is called so

var position = expr.Field{Name: PositionColumn, Type: expr.Int64}

// lineBits are those of a position that say the line.
const lineBits = 40

// Position is the file and the line of a row as one number, the files being counted
// from 0 in the order of Measurements.Files.
func Position(file int, line int64) int64 { return int64(file)<<lineBits | line }

// Locator is an engine that is at the rows: it tells PositionColumn, and to read a
// further column costs nothing that is paid for.
type Locator interface {
	Engine
	Locates() bool
}

func locates(e Engine) bool {
	l, ok := e.(Locator)
	return ok && l.Locates()
}

// placed reports whether all rows of a relation come from rows that stand somewhere.
func placed(r Relation) bool {
	switch n := r.node.(type) {
	case ReadNode:
		return true
	case JoinNode:
		return placed(n.Left)
	case nil, ValuesNode, DerivedNode:
		return false
	}
	return !slices.ContainsFunc(r.node.Inputs(), func(in Relation) bool { return !placed(in) })
}

// located is the schema of a table with where its rows stand, if that is wanted.
func located(s expr.Schema, wanted []string) expr.Schema {
	if !slices.Contains(wanted, PositionColumn) {
		return s
	}
	return append(slices.Clip(s), position)
}

// Files names the files that positions count, "" for rows of no file.
func (m *Measurements) Files(paths []string) { m.files = slices.Clone(paths) }

// place is where a position says that a row stands.
func (m *Measurements) place(position int64) (file string, line int64) {
	if at := position >> lineBits; at >= 0 && at < int64(len(m.files)) {
		file = m.files[at]
	}
	return file, position & (1<<lineBits - 1)
}
