package files

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/scalar"
)

// numberOf reads a number; those of JSON have one way of being written.
func (r *reader) numberOf(k kind, b []byte) scalar.Number {
	if k == jsonNumber {
		return scalar.ParseNumber(b)
	}
	return r.number(b)
}

// seen counts a typed cell.
func (t *tally) seen(c class, r *reader, b []byte, line int64) {
	if t.n[c]++; t.n[c] == 1 {
		t.first[c] = place{file: r.file, line: line, text: string(b)}
	}
}

// count adds a cell's class.
func (r *reader) count(k kind, b []byte, line int64) meaning {
	var m meaning
	switch {
	case k == jsonObject:
		m.class = object
	case k == jsonArray:
		m.class = array
	case len(b) == 0:
		m.class = void // of JSON; in CSV it is NULL
	default:
		m = r.meaning(k, b)
	}
	r.of(k).add(m, b, r.plan.Name, r.file, line)
	return m
}

// meaning: a number of JSON is one however it is written, but for an integer whose
// digits nothing holds.
func (r *reader) meaning(k kind, b []byte) meaning {
	if k != jsonNumber {
		return r.mean(b)
	}
	m := numerals{}.mean(b)
	if m.class != code || allDigits(bytes.TrimPrefix(b, []byte("-"))) {
		return m
	}
	f, ok := expr.ParseFloat(string(b))
	if !ok {
		return meaning{class: void, unfit: "is beyond FLOAT64"}
	}
	return meaning{class: decimal, float: f}
}

// of is the tally for cells of a kind.
func (r *reader) of(k kind) *tally {
	if k == jsonString {
		return &r.cells.quoted
	}
	return &r.cells.bare
}

// setText reads a cell of a STRING column.
func (r *reader) setText(i int, k kind, b []byte, line int64) {
	if len(r.odd) > 0 && r.odd[string(b)] {
		return
	}
	r.addText(b)
	r.vector.Valid.Set(i)
	switch {
	case r.final:
	case r.isText.Load():
		if isVoid(b) {
			r.count(k, b, line)
		} else {
			r.of(k).n[code]++ // whatever it is, it decides nothing any more
		}
	default:
		slot := r.known.slot(b)
		if slot != nil && slot.holds(k, b) {
			r.of(k).n[slot.class]++
			return
		}
		before := r.of(k).named
		if m := r.count(k, b, line); slot != nil && before == r.of(k).named {
			slot.keep(k, b, m.class)
		}
	}
}

// setNested reads a cell of a column of which only NULL or not NULL is known, or an
// object where something else was.
func (r *reader) setNested(i int, k kind, b []byte, line int64) {
	if !r.final {
		r.count(k, b, line)
		r.vector.Valid.Set(i)
		return
	}
	if r.plan.Type.Computable() {
		r.refuse(b, line, "do not declare the column: of objects and arrays only NULL or not NULL is known")
		return
	}
	r.vector.Valid.Set(i)
}

// slow reads a cell that does not look as its column's type does.
func (r *reader) slow(i int, k kind, b []byte, line int64) {
	v := r.vector
	switch {
	case r.odd[string(b)]:
		return
	case r.declared:
		if !r.declaredValue(i, b) {
			r.refuse(b, line, "mend the cell, or declare what stands for no value, nulls")
		}
		return
	}
	var m meaning
	if r.final {
		if len(b) > 0 {
			m = r.meaning(k, b)
		}
	} else {
		m = r.count(k, b, line)
	}
	switch {
	case r.plan.Type == expr.Float64 && m.class == decimal && len(b) > 0:
		v.Floats[i] = m.float
	case r.plan.Type == expr.DateTime && m.class == dateTime:
		v.Ints[i] = m.int
	case r.plan.Type == expr.Timestamp && m.class == dateTime && r.zone != nil:
		v.Ints[i] = expr.InZone(m.int, r.zone)
	case r.plan.Type == expr.DateTime && m.class == date && len(b) > 0:
		v.Ints[i] = m.int * microsPerDay
	case r.final:
		r.refuse(b, line, errChanged.Error())
		return
	default:
		return // a guess that is wrong
	}
	v.Valid.Set(i)
}

const microsPerDay = int64(24 * time.Hour / time.Microsecond)

// declaredValue reads a cell of a declared column as expr.ParseValue does, in the
// column's own format; BYTES are base64, as in BigQuery.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-csv#data_types
func (r *reader) declaredValue(i int, b []byte) bool {
	v := r.vector
	if r.time != nil {
		n, ok := r.time.Read(b, r.plan.Type, r.zone)
		if ok {
			v.Ints[i] = n
			v.Valid.Set(i)
		}
		return ok
	}
	text := string(b)
	switch r.plan.Type {
	case expr.Bytes:
		bytes, err := base64.StdEncoding.Strict().DecodeString(text)
		if err == nil {
			r.addText(bytes)
			v.Valid.Set(i)
		}
		return err == nil
	case expr.Timestamp:
		zone := r.zone
		if zone == nil {
			zone = time.UTC
		}
		n, ok := expr.ParseTimestamp(text, zone)
		if ok {
			v.Ints[i] = n
			v.Valid.Set(i)
		}
		return ok
	case expr.Int64, expr.Float64, expr.Numeric, expr.BigNumeric:
		if p, ok := r.numerals.plain(b); ok {
			text = string(p)
		} else {
			return false
		}
	}
	x, err := expr.ParseValue(r.plan.Type, text)
	return err == nil && v.SetValue(i, x) == nil
}

// refuse spoils the column for good.
func (r *reader) refuse(b []byte, line int64, mend string) {
	if r.err == nil {
		r.err = r.file.named(lineError{line, fmt.Errorf("column %q: %s is no %s (%s)", r.plan.Name, quoted(b), r.plan.Type, mend)})
	}
}
