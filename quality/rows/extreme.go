package rows

import (
	"math/big"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// extreme keeps the value of each group that is furthest to one side: NaN, if one
// is.
type extreme struct {
	*crossing
	of   expr.Computed
	side int

	some     []bool // there is a value
	ints     []int64
	floats   []float64
	texts    []string
	decimals []*big.Rat
	bools    []int64 // scratch
	long     int64   // the bytes of all texts and decimals that are kept
}

func newExtreme(s *scan, f *fold, side int) (body, error) {
	of, err := s.evaluator.Prepare(f.of.Term.Args[0])
	return &extreme{crossing: f.crossing, of: of, side: side}, err
}

func (e *extreme) consume(b *expr.Batch) error {
	v, err := e.of.Vector()
	if err != nil {
		return err
	}
	rows, n := e.populated(v), e.groups()
	e.some = grown(e.some, n)
	switch storageOf(v.Type) {
	case inInts:
		e.ints = grown(e.ints, n)
		furthest(e, e.ints, v.Ints, rows)
	case inBits:
		e.ints = grown(e.ints, n)
		e.bools = resized(e.bools, b.Rows)
		for _, r := range rows {
			e.bools[r] = int64(v.Bools[r>>6] >> (r & 63) & 1)
		}
		furthest(e, e.ints, e.bools, rows)
	case inFloats:
		e.floats = grown(e.floats, n)
		e.furthestFloats(v.Floats, rows)
	case inTexts:
		e.texts = grown(e.texts, n)
		for _, r := range rows {
			id, x := e.ids[r], v.Texts[r]
			if !e.some[id] || e.side*strings.Compare(x, e.texts[id]) > 0 {
				e.long += int64(len(x) - len(e.texts[id]))
				e.some[id], e.texts[id] = true, strings.Clone(x)
			}
		}
	case inDecimals:
		e.decimals = grown(e.decimals, n)
		for _, r := range rows {
			id, x := e.ids[r], v.Decimals[r]
			if !e.some[id] || e.side*x.Cmp(e.decimals[id]) > 0 {
				if !e.some[id] {
					e.long += decimalBytes
				}
				e.some[id], e.decimals[id] = true, new(big.Rat).Set(x)
			}
		}
	}
	return nil
}

func furthest(e *extreme, best, values []int64, rows []int32) {
	for _, r := range rows {
		id, x := e.ids[r], values[r]
		if !e.some[id] || x != best[id] && (x > best[id]) == (e.side > 0) {
			e.some[id], best[id] = true, x
		}
	}
}

func (e *extreme) furthestFloats(values []float64, rows []int32) {
	for _, r := range rows {
		id, x := e.ids[r], values[r]
		if best := e.floats[id]; !e.some[id] || x != x || best == best && x != best && (x > best) == (e.side > 0) {
			e.some[id], e.floats[id] = true, x
		}
	}
}

func (e *extreme) fill(out *expr.Vector, low, high int) error {
	for id := low; id < min(high, len(e.some)); id++ {
		if !e.some[id] {
			continue
		}
		row := id - low
		out.Valid.Set(row)
		switch storageOf(out.Type) {
		case inInts:
			out.Ints[row] = e.ints[id]
		case inBits:
			if e.ints[id] == 1 {
				out.Bools.Set(row)
			}
		case inFloats:
			out.Floats[row] = e.floats[id]
		case inTexts:
			out.Texts[row] = e.texts[id]
		case inDecimals:
			out.Decimals[row] = e.decimals[id]
		}
	}
	return nil
}

func (e *extreme) kept() int64 {
	return int64(cap(e.some)) + 8*int64(cap(e.ints)+cap(e.floats)+cap(e.decimals)) + 16*int64(cap(e.texts)) + e.long
}
