package rows

import (
	"math"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// dictionary numbers the values of one column, NULL among them, from 0 in the
// order that they are met in. Equal values are those that GROUP BY puts
// together: -0 and 0, and all NaN.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#groupable_data_types
type dictionary struct {
	ids   []uint32 // of the rows of the batch
	ints  map[int64]uint32
	texts map[string]uint32
	null  uint32
	seen  uint32 // how many values have a number
	exact expr.ExactKeys
}

const unnumbered = math.MaxUint32

func newDictionary() *dictionary {
	return &dictionary{ints: map[int64]uint32{}, texts: map[string]uint32{}, null: unnumbered}
}

// number fills ids for a batch. The error is of values that are not told apart.
func (d *dictionary) number(v *expr.Vector, rows int) error {
	known := func(f float64) bool { _, ok := d.ints[floatKey(f)]; return ok }
	if err := d.exact.Add(v, rows, known); err != nil {
		return err
	}
	d.look(v, rows, true)
	return nil
}

// find fills ids for a batch: unnumbered for what has no number, and for NULL.
func (d *dictionary) find(v *expr.Vector, rows int) { d.look(v, rows, false) }

func (d *dictionary) look(v *expr.Vector, rows int, add bool) {
	d.ids = append(d.ids[:0], make([]uint32, rows)...)
	switch {
	case v.Type == expr.String || v.Type == expr.Bytes:
		fill(d, v, d.texts, add, func(i int) string { return v.Texts[i] }, strings.Clone)
	case v.Type == expr.Float64:
		fill(d, v, d.ints, add, func(i int) int64 { return floatKey(v.Floats[i]) }, same)
	case v.Type == expr.Bool:
		fill(d, v, d.ints, add, func(i int) int64 {
			if v.Bools.Get(i) {
				return 1
			}
			return 0
		}, same)
	case v.Type == expr.Numeric || v.Type == expr.BigNumeric:
		fill(d, v, d.texts, add, func(i int) string { return v.Decimals[i].RatString() }, strings.Clone)
	case v.Type == expr.Null:
		for i := range d.ids {
			d.ids[i] = d.nullID(add)
		}
	default:
		fill(d, v, d.ints, add, func(i int) int64 { return v.Ints[i] }, same)
	}
}

func same(i int64) int64 { return i }

func floatKey(f float64) int64 {
	switch {
	case f == 0:
		return 0
	case math.IsNaN(f):
		return int64(math.Float64bits(math.NaN()))
	}
	return int64(math.Float64bits(f))
}

func (d *dictionary) nullID(add bool) uint32 {
	if !add {
		return unnumbered
	}
	if d.null == unnumbered {
		d.null = d.next()
	}
	return d.null
}

func (d *dictionary) next() uint32 {
	d.seen++
	return d.seen - 1
}

// fill looks every row up, but those that repeat the row before. Keep copies a
// value that is new, for the batch's memory is not ours.
func fill[K comparable](d *dictionary, v *expr.Vector, known map[K]uint32, add bool, at func(int) K, keep func(K) K) {
	var last K
	lastID := uint32(unnumbered)
	for i := range d.ids {
		if !v.Valid.Get(i) {
			d.ids[i] = d.nullID(add)
			continue
		}
		k := at(i)
		if lastID == unnumbered || k != last {
			id, ok := known[k]
			switch {
			case !ok && !add:
				d.ids[i] = unnumbered
				continue
			case !ok:
				id = d.next()
				k = keep(k)
				known[k] = id
			}
			last, lastID = k, id
		}
		d.ids[i] = lastID
	}
}
