package audit

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// derivation is the rows of a table, each with what its stored values are: none is
// dropped, whatever the rows behind it know.
type derivation struct {
	Stored
	tables  []string // the stored values', the rows' and that of what was due, if there is one
	through []string // columns that come through
	now     time.Time
	asked   expr.Expr // the rows that are; zero is all of them
	// from and to are the first and last day of those, zero where that is not known.
	from, to civil.Date
	schemas  []expr.Schema // of the tables
	within   []Tolerance   // of each stored column
}

// The columns that a row has of a stored column.
func classColumn(stored string) string      { return "intact_class_" + stored }      // a Class as INT64
func toldColumn(stored string) string       { return "intact_told_" + stored }       // BOOL: whether a leak can be told
func recomputedColumn(stored string) string { return "intact_recomputed_" + stored } // FLOAT64, NULL where it is refused
func reasonColumn(stored string) string     { return "intact_reason_" + stored }     // STRING: whole, or why it is refused

// Of the row's entity: whether the rows or the keys that were due know it, and whether the
// keys let a hole of it be seen. They are NULL where the row has no key, and the latter where
// there are no keys that were due.
const (
	matchedColumn = "intact_matched"
	dueColumn     = "intact_due"
)

// Key names everything that the rows depend on.
func (d derivation) Key() string {
	var b strings.Builder
	b.WriteString(d.shared())
	for i, c := range d.Columns {
		fmt.Fprintf(&b, ", %q is %s within %s", c.Name, c.Spec, d.within[i])
	}
	fmt.Fprintf(&b, "; with %q", d.through)
	return b.String()
}

// shared is what its columns have in common: what is held against which rows.
func (d derivation) shared() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stored windows of %s over rows of %s at %s", d.tables[0], d.tables[1], d.now.UTC().Format(time.RFC3339Nano))
	k := d.Keys
	fmt.Fprintf(&b, ", of %q at %q", k.Entity, k.At)
	for _, said := range []struct {
		name  string
		value any
		not   bool
	}{
		{"order", k.Order, len(k.Order) == 0}, {"reset", k.Reset, k.Reset == ""}, {"counted", k.Counted, k.Counted.IsZero()}, {"zone", k.Zone, k.Zone == nil},
		{"history from", k.HistoryFrom, k.HistoryFrom == civil.Date{}}, {"map", d.From.Map, len(d.From.Map) == 0}, {"made", d.Made, d.Made == ""}, {"changed", d.Changed, d.Changed == ""},
		{"expected", d.Stored.Expected, d.Stored.Expected == ""}, {"expected where", k.Expected.Where, k.Expected.Where.IsZero()}, {"expected map", k.Expected.Map, len(k.Expected.Map) == 0},
		{"expected by", k.Expected.By, k.Expected.By == ""}, {"due", k.Expected.Due, k.Expected.Due == ""}, {"where", d.asked, d.asked.IsZero()},
	} {
		if !said.not {
			fmt.Fprintf(&b, ", %s %v", said.name, said.value)
		}
	}
	return b.String()
}

// Inputs are the tables.
func (d derivation) Inputs() []quality.Relation {
	out := make([]quality.Relation, len(d.tables))
	for i, name := range d.tables {
		out[i] = quality.Read(name)
	}
	return out
}

// Schema has the columns that come through, and those of each stored column.
func (d derivation) Schema(inputs []expr.Schema) (expr.Schema, error) {
	var out expr.Schema
	for _, name := range d.through {
		f, err := inputs[0].Field(name)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	for _, c := range d.Columns {
		f, err := inputs[0].Field(c.Name)
		if err != nil {
			return nil, err
		}
		if !f.Type.IsNumber() && f.Type != expr.Null {
			return nil, fmt.Errorf("%s is %s and no number, and windows are numbers: declare it as one", f.Name, f.Type)
		}
	}
	out = append(out, expr.Field{Name: matchedColumn, Type: expr.Bool}, expr.Field{Name: dueColumn, Type: expr.Bool})
	for _, c := range d.Columns {
		out = append(out,
			expr.Field{Name: classColumn(c.Name), Type: expr.Int64}, expr.Field{Name: toldColumn(c.Name), Type: expr.Bool},
			expr.Field{Name: recomputedColumn(c.Name), Type: expr.Float64}, expr.Field{Name: reasonColumn(c.Name), Type: expr.String})
	}
	return out, nil
}

// dated reports whether the days of the suite are those of the windows.
func (d derivation) dated(s quality.Scope) bool {
	f, err := s.Schema.Field(s.Date)
	return err == nil && strings.EqualFold(s.Date, d.Keys.At) && (f.Type != expr.Timestamp || s.Zone.String() == d.clock().String())
}

// clock is the zone of the days of instants.
func (d derivation) clock() *time.Location { return cmp.Or(d.Keys.Zone, time.UTC) }

// Raw reports whether somebody wrote a part of its SQL by hand.
func (d derivation) Raw() bool {
	return d.asked.Raw() || d.Keys.Counted.Raw() || d.Keys.Expected.Where.Raw()
}
