package rows

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"

	"github.com/intactdata/intact/quality/expr"
)

// sum adds the values that are not NULL, of FLOAT64 exactly and rounded once, so
// that the order of the rows does not matter.
type sum struct {
	*crossing
	of     expr.Computed
	text   string
	typ    expr.Type
	totals []total
}

func newSum(s *scan, f *fold) (body, error) {
	arg := f.of.Term.Args[0]
	of, err := s.evaluator.Prepare(arg)
	return &sum{crossing: f.crossing, of: of, typ: arg.Type(), text: arg.String()}, err
}

func (s *sum) consume(*expr.Batch) error {
	v, err := s.of.Vector()
	if err != nil {
		return err
	}
	for len(s.totals) < s.groups() {
		s.totals = append(s.totals, total{typ: s.typ})
	}
	s.each(v, func(group, row int) { s.totals[group].add(v, row) })
	return nil
}

func (s *sum) value(group int) (expr.Value, error) { return s.totals[group].value(s.text) }

// total is a sum of values that are not NULL.
type total struct {
	typ    expr.Type
	rows   int64 // all that were added, NULL too
	some   int64 // of them not NULL
	floats exactFloat
	number exactNumber
}

// add adds a row of a vector.
func (t *total) add(v *expr.Vector, row int) {
	t.rows++
	if !v.Valid.Get(row) {
		return
	}
	t.some++
	switch {
	case v.Floats != nil:
		t.floats.add(v.Floats[row])
	case v.Ints != nil:
		t.number.addInt(v.Ints[row])
	case v.Decimals != nil:
		t.number.add(v.Decimals[row])
	}
}

func (t *total) count() (expr.Value, error) { return expr.ValueOf(t.rows) }

func (t *total) value(of string) (expr.Value, error) {
	switch {
	case t.some == 0:
		return expr.Value{}, nil
	case t.typ == expr.Float64:
		sum := t.floats.round()
		if math.IsInf(sum, 0) && t.floats.other == 0 {
			return expr.Value{}, fmt.Errorf("the sum of %s is beyond FLOAT64", of)
		}
		return expr.ValueOf(sum)
	}
	return expr.ParseValue(expr.BigNumeric, t.number.value().FloatString(38))
}

// each calls do for the selected rows that are not NULL, with their group.
func (c *crossing) each(v *expr.Vector, do func(group, row int)) {
	for w, word := range c.selection.rows {
		for word &= v.Valid[w]; word != 0; word &= word - 1 {
			row := w*64 + bits.TrailingZeros64(word)
			group := 0
			if !c.whole() {
				group = int(c.ids[row])
			}
			do(group, row)
		}
	}
}

// exactNumber is a sum of integers and decimals.
type exactNumber struct {
	ints int64 // as long as they do not overflow
	rest *big.Rat
}

func (n *exactNumber) addInt(i int64) {
	sum := n.ints + i
	if (sum > n.ints) == (i > 0) {
		n.ints = sum
		return
	}
	n.add(new(big.Rat).SetInt64(n.ints))
	n.ints = i
}

func (n *exactNumber) add(r *big.Rat) {
	if n.rest == nil {
		n.rest = new(big.Rat)
	}
	n.rest.Add(n.rest, r)
}

func (n *exactNumber) value() *big.Rat {
	out := new(big.Rat).SetInt64(n.ints)
	if n.rest != nil {
		out.Add(out, n.rest)
	}
	return out
}
