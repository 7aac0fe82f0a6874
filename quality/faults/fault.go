package faults

import (
	"fmt"
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Fault is one way in which a table breaks. String says in words what it does: null
// usage_rate in half of the rows where season = '2025-26'.
//
// Of every fault Where names the rows that it meets, all if it is zero, and OneIn says
// that of these it meets one in so many, chosen by the seed; 0 and 1 are all of them.
type Fault interface {
	fmt.Stringer
	// Writes is the column that it writes to, "" where it changes which rows there are.
	Writes() string
	// breaks makes the broken table, and counts the rows that are not as they were.
	breaks(*Table, *rand.Rand) (*Table, int, error)
}

// Effect is what a fault did to a table.
type Effect struct {
	Fault Fault
	// Rows is how many rows are lost, there once more, or not as they were.
	Rows int64
}

// String says it in words: lose all rows where season = '2025-26': 13711 rows.
func (e Effect) String() string {
	if e.Rows == 1 {
		return e.Fault.String() + ": 1 row"
	}
	return fmt.Sprintf("%s: %d rows", e.Fault, e.Rows)
}

// NoEffectError says that a fault does not apply: it would leave the table as it is.
type NoEffectError struct {
	Fault Fault
	Why   string
}

func (e *NoEffectError) Error() string { return fmt.Sprintf("%s does not apply: %s", e.Fault, e.Why) }

// Break breaks the table in one way after the other and says what each did. An error is
// that of a fault which does not apply, or names a column that is not there.
func (t *Table) Break(seed uint64, faults ...Fault) (*Table, []Effect, error) {
	var effects []Effect
	for i, f := range faults {
		broken, n, err := f.breaks(t, rand.New(rand.NewPCG(seed, uint64(i))))
		if err != nil {
			return nil, nil, err
		}
		if n == 0 {
			return nil, nil, &NoEffectError{f, "no row would be other than it is"}
		}
		t, effects = broken, append(effects, Effect{f, int64(n)})
	}
	return t, effects, nil
}

// column finds a column that can be written to.
func (t *Table) column(f Fault, name string) (int, error) {
	field, err := t.schema.Field(name)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", f, err)
	}
	at := t.fields.Position(field.Name)
	if at < 0 {
		return 0, fmt.Errorf("%s: %s is no column and no field of one", f, name)
	}
	if err := t.columns[at].Err; err != nil {
		return 0, fmt.Errorf("%s: column %s cannot be read: %w", f, name, err)
	}
	return at, nil
}

// truths is where a predicate is TRUE, of all rows of the columns.
func (t *Table) truths(where expr.Expr) (expr.Bitmap, error) {
	v, err := t.compute(where)
	if err != nil || v.Type != expr.Bool {
		return expr.Bitmap(nil).Reset(t.rows), err // a bare NULL is TRUE nowhere
	}
	out := expr.Bitmap(nil).Reset(t.rows)
	for i := range out {
		out[i] = v.Valid[i] & v.Bools[i]
	}
	return out, nil
}

// compute is an expression of all rows of the columns.
func (t *Table) compute(e expr.Expr) (*expr.Vector, error) {
	bound, err := e.Bind(t.schema)
	if err != nil {
		return nil, err
	}
	ev := expr.NewEvaluator(t.fields.Names())
	c, err := ev.Prepare(bound)
	if err != nil {
		return nil, err
	}
	ev.Next(&expr.Batch{Rows: t.rows, Columns: t.columns})
	return c.Vector()
}

// meets are the rows that a fault can meet, by their positions.
func (t *Table) meets(f Fault, where expr.Expr) ([]int32, error) {
	var is expr.Bitmap
	for _, e := range []expr.Expr{t.within, where} {
		if e.IsZero() {
			continue
		}
		b, err := t.truths(e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		for i := range is {
			b[i] &= is[i]
		}
		is = b
	}
	var out []int32
	for i := range t.Rows() {
		if is == nil || is.Get(t.stored(int32(i))) {
			out = append(out, int32(i))
		}
	}
	if len(out) == 0 {
		return nil, &NoEffectError{f, "there is no such row"}
	}
	return out, nil
}

// stored is where a row is in the columns.
func (t *Table) stored(row int32) int {
	if t.picked != nil {
		row = t.picked[row]
	}
	return int(row)
}

// some takes one in so many of the rows, and one at least, in their order.
func some(rows []int32, oneIn int, r *rand.Rand) []int32 {
	if oneIn <= 1 || len(rows) == 0 {
		return rows
	}
	wanted, left := (len(rows)+oneIn-1)/oneIn, len(rows)
	var out []int32
	for _, row := range rows {
		if r.IntN(left) < wanted {
			out, wanted = append(out, row), wanted-1
		}
		left--
	}
	return out
}

// rowsIn are the rows of a fault in words: half of the rows where season = '2025-26'.
func rowsIn(where expr.Expr, oneIn int) string {
	text := "all rows"
	switch {
	case oneIn == 2:
		text = "half of the rows"
	case oneIn > 2:
		text = fmt.Sprintf("one in %d of the rows", oneIn)
	}
	if !where.IsZero() {
		text += " where " + where.String()
	}
	return text
}
