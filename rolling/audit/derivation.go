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

// The columns that a row has of the i-th stored column.
func classColumn(i int) string      { return fmt.Sprintf("intact_class_%d", i) }      // a Class as INT64
func toldColumn(i int) string       { return fmt.Sprintf("intact_told_%d", i) }       // BOOL: whether a leak can be told
func recomputedColumn(i int) string { return fmt.Sprintf("intact_recomputed_%d", i) } // FLOAT64, NULL where it is refused
func reasonColumn(i int) string     { return fmt.Sprintf("intact_reason_%d", i) }     // STRING: whole, or why it is refused

// matchedColumn is FALSE where the rows know nothing of the entity.
const matchedColumn = "intact_matched"

// Key names everything that the rows depend on.
func (d derivation) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stored windows of %q where %s with %q at %d", d.tables, d.asked, d.through, d.now.UnixMicro())
	for i, c := range d.Columns {
		fmt.Fprintf(&b, "; %q is %s within %v", c.Name, c.Spec, d.within[i])
	}
	k := d.Keys
	fmt.Fprintf(&b, "; of %q at %q order %q reset %q counted %s zone %v from %v", k.Entity, k.At, k.Order, k.Reset, k.Counted, k.Zone, k.HistoryFrom)
	fmt.Fprintf(&b, "; expected %s %v %q %q; map %v; made %q changed %q", k.Expected.Where, k.Expected.Map, k.Expected.By, k.Expected.Due, d.From.Map, d.Made, d.Changed)
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
	out = append(out, expr.Field{Name: matchedColumn, Type: expr.Bool})
	for i := range d.Columns {
		out = append(out,
			expr.Field{Name: classColumn(i), Type: expr.Int64}, expr.Field{Name: toldColumn(i), Type: expr.Bool},
			expr.Field{Name: recomputedColumn(i), Type: expr.Float64}, expr.Field{Name: reasonColumn(i), Type: expr.String})
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
