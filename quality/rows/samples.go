package rows

import (
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sampledPart is the part of a plan's memory that first rows may take, all of them
// together. Groups that come beyond it have none: they are a few rows of each that
// somebody looks at, and no verdict rests on them.
const sampledPart = 16

// samples are the first rows of each group, in their order.
type samples struct {
	memory *memory
	wanted int
	best   [][]sample
	held   int64
}

// holds says that so much more is kept.
func (f *samples) holds(more int64) {
	f.held += more
	f.memory.sampled += more
}

// sample is a row that is shown.
type sample []expr.Value

// offer keeps a row of so many values if it is among the first.
func (f *samples) offer(group, width int, value func(i int) expr.Value) {
	best := &f.best[group]
	n := len(*best)
	switch {
	case n == 0 && f.memory.sampled >= f.memory.limit/sampledPart:
		return
	case n == f.wanted && compareSample(value, (*best)[n-1]) >= 0:
		return
	}
	s := make(sample, width)
	for i := range s {
		s[i] = own(quality.Cut(value(i)))
		f.holds(size(s[i]))
	}
	at, _ := slices.BinarySearchFunc(*best, s, func(have, s sample) int {
		if quality.CompareRows(have, s) <= 0 { // behind those that are equal to it
			return -1
		}
		return 1
	})
	*best = slices.Insert(*best, at, s)
	if n == f.wanted {
		for _, v := range (*best)[n] {
			f.holds(-size(v))
		}
		*best = (*best)[:n]
	}
}

// compareSample orders a row and a sample.
func compareSample(value func(i int) expr.Value, s sample) int {
	for i, v := range s {
		if order := quality.Cut(value(i)).Compare(v); order != 0 {
			return order
		}
	}
	return 0
}

func (f *samples) fill(out *expr.Vector, low, high int) error {
	return fillEach(out, low, min(high, len(f.best)), func(group int) (expr.Value, error) {
		rows := make([][]expr.Value, len(f.best[group]))
		for i, s := range f.best[group] {
			rows[i] = s
		}
		return quality.EncodeRows(rows)
	})
}

func (f *samples) kept() int64 { return f.held + 24*int64(cap(f.best)) }

// own is a value that keeps nothing of a batch.
func own(v expr.Value) expr.Value {
	if t := v.Type(); t == expr.String {
		v, _ = expr.ValueOf(strings.Clone(v.String()))
	} else if t == expr.Bytes {
		v, _ = expr.ValueOf([]byte(v.String()))
	}
	return v
}

// size is what a value takes.
func size(v expr.Value) int64 {
	if storageOf(v.Type()) == inTexts {
		return valueBytes + int64(len(v.String()))
	}
	return valueBytes
}
