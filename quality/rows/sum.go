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

func (s *sum) kept() int64 {
	t := &s.totals
	return int64(cap(t.some)) + 8*int64(cap(t.ints)+cap(t.rats)) + 24*int64(cap(t.floats)) + decimalBytes*t.apart
}

// totals are sums of values that are not NULL, one for each group.
type totals struct {
	of     string
	some   []bool // a value was added
	ints   []int64
	beyond map[uint32]*big.Int // what ints could not hold
	rats   []*big.Rat
	floats []floatSum
	apart  int64 // numbers that are kept by themselves
}

// add adds rows of a vector to the groups that they have.
func (t *totals) add(v *expr.Vector, rows []int32, ids []uint32, groups int) {
	t.some = grown(t.some, groups)
	switch storageOf(v.Type) {
	case inInts:
		t.ints = grown(t.ints, groups)
		for _, r := range rows {
			t.some[ids[r]] = true
			t.addInt(ids[r], v.Ints[r])
		}
	case inFloats:
		t.floats = grown(t.floats, groups)
		for _, r := range rows {
			t.some[ids[r]] = true
			if t.floats[ids[r]].add(v.Floats[r]) {
				t.apart++
			}
		}
	case inDecimals:
		t.ints, t.rats = grown(t.ints, groups), grown(t.rats, groups)
		for _, r := range rows {
			id, x := ids[r], v.Decimals[r]
			t.some[id] = true
			if x.IsInt() && x.Num().IsInt64() {
				t.addInt(id, x.Num().Int64())
				continue
			}
			if t.rats[id] == nil {
				t.rats[id] = new(big.Rat)
				t.apart++
			}
			t.rats[id].Add(t.rats[id], x)
		}
	}
}

func (t *totals) addInt(id uint32, x int64) {
	sum := t.ints[id] + x
	if (sum > t.ints[id]) != (x > 0) && x != 0 { // it overflows
		t.carry(id)
		sum = x
	}
	t.ints[id] = sum
}

// carry sets a sum of integers apart.
func (t *totals) carry(id uint32) {
	if t.beyond == nil {
		t.beyond = map[uint32]*big.Int{}
	}
	if t.beyond[id] == nil {
		t.beyond[id] = new(big.Int)
		t.apart++
	}
	t.beyond[id].Add(t.beyond[id], big.NewInt(t.ints[id]))
}

// fill sets a vector, which is NULL, to the sums of the groups from low up to high.
func (t *totals) fill(out *expr.Vector, low, high int) error {
	var wholes []big.Rat
	var words []big.Word
	for id := low; id < min(high, len(t.some)); id++ {
		if !t.some[id] {
			continue
		}
		row := id - low
		out.Valid.Set(row)
		var err error
		switch {
		case t.floats != nil:
			out.Floats[row], err = t.float(id)
		case t.rats != nil && t.rats[id] != nil, t.beyond[uint32(id)] != nil:
			var v expr.Value
			if v, err = expr.ParseValue(expr.BigNumeric, t.exact(id).FloatString(38)); err == nil {
				err = out.SetValue(row, v)
			}
		default:
			if wholes == nil {
				wholes, words = make([]big.Rat, high-low), make([]big.Word, high-low)
			}
			out.Decimals[row] = &wholes[row]
			setInt(&wholes[row], words[row:row+1:row+1], t.ints[id])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// setInt sets a new number to an integer, in memory of one word that is given.
func setInt(r *big.Rat, word []big.Word, x int64) {
	if word[0] = big.Word(x); x < 0 {
		word[0] = -word[0]
	}
	if num := r.Num().SetBits(word); x < 0 {
		num.Neg(num)
	}
}

// exact is a sum that has parts.
func (t *totals) exact(id int) *big.Rat {
	out := new(big.Rat).SetInt64(t.ints[id])
	if t.rats != nil && t.rats[id] != nil {
		out.Add(out, t.rats[id])
	}
	if whole := t.beyond[uint32(id)]; whole != nil {
		out.Add(out, new(big.Rat).SetInt(whole))
	}
	return out
}

func (t *totals) float(id int) (float64, error) {
	sum := t.floats[id].round()
	if math.IsInf(sum, 0) && t.floats[id].finite() {
		return 0, fmt.Errorf("the sum of %s is beyond FLOAT64", t.of)
	}
	return sum, nil
}
