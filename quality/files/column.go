package files

import (
	"sync/atomic"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/internal/scalar"
)

// A plan is how one column is read in one pass. Readers on several goroutines share
// it.
type plan struct {
	expr.Field
	at       int // the column's place in the table
	declared bool
	// final: the type is that of all cells, and no guess.
	final bool
	// looking: only the classes of the cells are wanted.
	looking bool
	how     how
	numerals
	time  *dialect.TimeFormat // nil: as ISO 8601 has it
	zone  *time.Location      // of times without one; nil: none is declared
	nulls texts               // that are NULL
	odd   map[string]bool     // texts that are NULL in this column
	// isText is set when a cell has been met that makes it STRING for good.
	isText atomic.Bool
	// array is the column whose items the cells are, −1 where they are none's; list its
	// place among the arrays of the pass.
	array, list int
}

// how is what is done with a cell, by the type of its column.
type how uint8

const (
	asOther how = iota
	asNested
	asText
	asInt
	asFloat
	asDate
	asTimestamp
	asBool
)

func howOf(t expr.Type) how {
	switch t {
	case expr.String:
		return asText
	case expr.Int64:
		return asInt
	case expr.Float64:
		return asFloat
	case expr.Date:
		return asDate
	case expr.Timestamp:
		return asTimestamp
	case expr.Bool:
		return asBool
	}
	if !t.Computable() {
		return asNested
	}
	return asOther
}

// reader reads the cells of one column of a chunk.
type reader struct {
	*plan
	filler
	file *file
	cells
	known recall // texts of a STRING column
	long  longCells
}

func (r *reader) begin(v *expr.Vector, rows int, f *file) {
	r.filler.Field = r.plan.Field
	if r.list != noList {
		v.Reset(expr.ArrayOf(r.plan.Type), rows)
		v, rows = v.Items, 0
	}
	r.filler.begin(v, rows)
	r.file, r.cells = f, cells{}
	r.long.reset(f, r.plan.Name)
}

// finish cuts the vector to the rows that there were.
func (r *reader) finish(rows int) {
	r.filler.finish(rows)
	if len(r.long.rows) > 0 {
		r.vector.Written = r.long.written
	}
}

// set reads the cell of row i.
func (r *reader) set(i int, k kind, b []byte, line int64) {
	if k == null || r.nulls.some && k < jsonObject && r.nulls.have(b) {
		return
	}
	if r.list != noList {
		r.vector.Grow(i + 1)
	}
	switch {
	case r.looking:
		r.count(k, b, line)
	case k >= jsonObject || r.how == asNested:
		r.setNested(i, k, b, line)
	case r.how == asText:
		r.setText(i, k, b, line)
	case !r.fast(i, k, b, line):
		r.slow(i, k, b, line)
	}
}

// fast reads a cell of the usual look of its column's type.
func (r *reader) fast(i int, k kind, b []byte, line int64) bool {
	v, t := r.vector, r.of(k)
	if r.time != nil || len(b) == 0 {
		return false
	}
	switch r.how {
	case asInt:
		x := r.numberOf(k, b)
		if x.Kind != scalar.Integer {
			return false
		}
		v.Ints[i] = x.Int
		t.seen(integer, r, b, line)
	case asFloat:
		x := r.numberOf(k, b)
		switch x.Kind {
		case scalar.Integer:
			t.seen(integer, r, b, line)
		case scalar.Decimal:
			t.seen(decimal, r, b, line)
		case scalar.NotFinite:
			t.seen(notFinite, r, b, line)
		default:
			return false
		}
		if v.Floats[i] = x.Float; x.Long {
			r.long.add(i, b, line)
		}
	case asDate:
		days, ok := scalar.ParseDate(b)
		if !ok {
			return false
		}
		v.Ints[i] = days
		t.seen(date, r, b, line)
	case asTimestamp:
		micros, finer, ok := scalar.ParseTimestamp(b)
		if !ok || finer {
			return false
		}
		v.Ints[i] = micros
		t.seen(timestamp, r, b, line)
	case asBool:
		truth, ok := truthOf(b)
		if !ok {
			return false
		}
		if truth == 1 {
			v.Bools.Set(i)
		}
		t.seen(boolean, r, b, line)
	default:
		return false
	}
	v.Valid.Set(i)
	return true
}
