package rows

import (
	"fmt"
	"math"
	"math/big"

	"github.com/intactdata/intact/quality/expr"
)

// sum adds the values that are not NULL, of FLOAT64 exactly and rounded once, so
// that the order of the rows does not matter.
type sum struct {
	*crossing
	of     expr.Computed
	totals totals
}

func newSum(s *scan, f *fold) (body, error) {
	arg := f.of.Term.Args[0]
	of, err := s.evaluator.Prepare(arg)
	return &sum{f.crossing, of, totals{of: arg.String()}}, err
}

func (s *sum) consume(*expr.Batch) error {
	v, err := s.of.Vector()
	if err != nil {
		return err
	}
	s.totals.add(v, s.populated(v), s.ids, s.groups())
	return nil
}

func (s *sum) fill(out *expr.Vector, low, high int) error { return s.totals.fill(out, low, high) }

// totals are sums of values that are not NULL, one for each group.
type totals struct {
	of     string
	some   []bool // a value was added
	ints   []int64
	beyond map[uint32]*big.Int // what ints could not hold
	rats   []*big.Rat
	floats []floatSum
}

// add adds rows of a vector to the groups that they have.
func (t *totals) add(v *expr.Vector, rows []int32, ids []uint32, groups int) {
	t.some = grown(t.some, groups)
	switch storageOf(v.Type) {
	case inInts:
		t.ints = grown(t.ints, groups)
		for _, r := range rows {
			id, x := ids[r], v.Ints[r]
			t.some[id] = true
			sum := t.ints[id] + x
			if (sum > t.ints[id]) != (x > 0) {
				t.carry(id)
				sum = x
			}
			t.ints[id] = sum
		}
	case inFloats:
		t.floats = grown(t.floats, groups)
		for _, r := range rows {
			t.some[ids[r]] = true
			t.floats[ids[r]].add(v.Floats[r])
		}
	case inDecimals:
		t.rats = grown(t.rats, groups)
		for _, r := range rows {
			id := ids[r]
			t.some[id] = true
			if t.rats[id] == nil {
				t.rats[id] = new(big.Rat)
			}
			t.rats[id].Add(t.rats[id], v.Decimals[r])
		}
	}
}

// carry sets a sum of integers apart before it would overflow.
func (t *totals) carry(id uint32) {
	if t.beyond == nil {
		t.beyond = map[uint32]*big.Int{}
	}
	if t.beyond[id] == nil {
		t.beyond[id] = new(big.Int)
	}
	t.beyond[id].Add(t.beyond[id], big.NewInt(t.ints[id]))
}

// fill sets a vector, which is NULL, to the sums of the groups from low up to high.
func (t *totals) fill(out *expr.Vector, low, high int) error {
	var rats []big.Rat
	for id := low; id < min(high, len(t.some)); id++ {
		if !t.some[id] {
			continue
		}
		out.Valid.Set(id - low)
		switch {
		case t.floats != nil:
			sum, err := t.float(id)
			if err != nil {
				return err
			}
			out.Floats[id-low] = sum
		case t.rats != nil:
			v, err := expr.ParseValue(expr.BigNumeric, t.rats[id].FloatString(38))
			if err == nil {
				err = out.SetValue(id-low, v)
			}
			if err != nil {
				return err
			}
		default:
			if rats == nil {
				rats = make([]big.Rat, high-low)
			}
			r := &rats[id-low]
			if r.SetInt64(t.ints[id]); t.beyond[uint32(id)] != nil {
				r.Num().Add(r.Num(), t.beyond[uint32(id)])
			}
			out.Decimals[id-low] = r
		}
	}
	return nil
}

func (t *totals) float(id int) (float64, error) {
	sum := t.floats[id].round()
	if math.IsInf(sum, 0) && t.floats[id].finite() {
		return 0, fmt.Errorf("the sum of %s is beyond FLOAT64", t.of)
	}
	return sum, nil
}
