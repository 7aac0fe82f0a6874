package rows

import (
	"math/bits"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// first keeps the first rows of each group. Most rows are behind those that it has: that
// is told by numbers, where it can be of all rows of a batch at once.
type first struct {
	*crossing
	samples
	of    []expr.Computed
	in    []*expr.Vector // scratch
	row   int            // that is offered
	last  [][]uint64     // the ranks of each group's last sample, once it has enough
	least *leasts
}

func newFirst(s *scan, f *fold) (body, error) {
	most, values := f.of.Term.First()
	out := &first{crossing: f.crossing, samples: samples{memory: s.memory.of, wanted: most}, least: &s.leasts}
	for _, e := range values {
		of, err := s.evaluator.Prepare(e)
		if err != nil {
			return nil, err
		}
		out.of = append(out.of, of)
	}
	out.in = make([]*expr.Vector, len(out.of))
	return out, nil
}

func (f *first) consume(b *expr.Batch) error {
	if f.selection.count == 0 {
		return nil
	}
	for i, of := range f.of {
		var err error
		if f.in[i], err = of.Vector(); err != nil {
			return err
		}
	}
	f.best, f.last = grown(f.best, f.groups()), grown(f.last, f.groups())
	if f.behind(b.Rows) {
		return nil
	}
	for w, word := range f.selection.rows {
		for ; word != 0; word &= word - 1 {
			f.row = w*64 + bits.TrailingZeros64(word)
			f.take(int(f.ids[f.row]))
		}
	}
	return nil
}

// behind reports whether the least values of a batch's columns are behind all that the
// groups have which rows are in.
func (f *first) behind(rows int) bool {
	if !f.few() {
		return false
	}
	for g, n := range f.batch {
		if n > 0 && !f.after(g, func(c int) uint64 { return f.least.of(f.in[c], rows) }) {
			return false
		}
	}
	return true
}

func (f *first) take(group int) {
	if f.after(group, func(c int) uint64 { return rank(f.in[c], f.row) }) {
		return
	}
	f.offer(group, len(f.in), func(c int) expr.Value { return f.in[c].Value(f.row) })
	if best := f.best[group]; len(best) == f.wanted {
		f.last[group] = f.last[group][:0]
		for c, v := range best[f.wanted-1] {
			f.last[group] = append(f.last[group], rankValue(v, f.in[c].Type))
		}
	}
}

// after reports whether what has these ranks is behind the last sample of a group, which
// has enough, for certain.
func (f *first) after(group int, rank func(c int) uint64) bool {
	for c, last := range f.last[group] {
		switch r := rank(c); {
		case r != last:
			return r > last
		case !decides(r, f.in[c].Type):
			return false
		}
	}
	return len(f.last[group]) > 0
}

// rank is a number in the order of a row's values: 0 of NULL alone, but where it does
// not decide unlike values have equal ones.
func rank(v *expr.Vector, row int) uint64 {
	if !v.Valid.Get(row) {
		return 0
	}
	out := uint64(0)
	switch storageOf(v.Type) {
	case inInts:
		out = uint64(v.Ints[row]) ^ sign
	case inFloats:
		out = floatRank(floatWord(v.Floats[row]))
	case inTexts:
		out = textRank(v.Texts[row])
	}
	return max(out, 1)
}

// decides reports whether values of an equal rank are equal.
func decides(rank uint64, t expr.Type) bool {
	store := storageOf(t)
	return rank == 0 || rank > 1 && (store == inInts || store == inFloats)
}

// rankValue is the rank of a value of a vector's type.
func rankValue(v expr.Value, t expr.Type) uint64 {
	var one expr.Vector
	one.Reset(t, 1)
	if one.SetValue(0, v) != nil {
		return 0
	}
	return rank(&one, 0)
}

// leasts are the least ranks of a batch's columns.
type leasts struct {
	vectors []*expr.Vector
	ranks   []uint64
}

func (l *leasts) reset() { l.vectors, l.ranks = l.vectors[:0], l.ranks[:0] }

// of is the least rank of a column, or one below it.
func (l *leasts) of(v *expr.Vector, rows int) uint64 {
	if at := slices.Index(l.vectors, v); at >= 0 {
		return l.ranks[at]
	}
	out := uint64(0)
	if v.Valid.Ones() == rows {
		out = 1
		if storageOf(v.Type) == inInts {
			out = max(1, uint64(slices.Min(v.Ints[:rows]))^sign)
		}
	}
	l.vectors, l.ranks = append(l.vectors, v), append(l.ranks, out)
	return out
}
