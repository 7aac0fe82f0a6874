package expr

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// A FLOAT64 holds any 15 digits, and not all that are longer: 9007199254740993 and
// 9007199254740992 are one double. Keys and comparisons, which are about identity,
// therefore look at the digits as well; what is about quantity, such as a mean, does
// not.

// Digits are those of row i of a FLOAT64 column, in one way of writing them, where
// its double does not print them; else "".
func (v *Vector) Digits(i int) string {
	if v.Written == nil || !v.Valid.Get(i) {
		return ""
	}
	digits, _ := v.Written(i)
	if digits == "" {
		return ""
	}
	written, ok := decimalNumber(digits)
	if !ok || written.Cmp(printed(v.Floats[i])) == 0 {
		return ""
	}
	return decimalText(written)
}

// decimalNumber reads a decimal whose exponent is one of FLOAT64's.
func decimalNumber(digits string) (*big.Rat, bool) {
	if _, err := strconv.ParseFloat(digits, 64); err != nil {
		return nil, false
	}
	return new(big.Rat).SetString(digits)
}

// printed is the decimal that a double is printed as.
func printed(f float64) *big.Rat {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return new(big.Rat)
	}
	r, _ := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	return r
}

// exactly is the decimal that row i is written as.
func (v *Vector) exactly(i int) *big.Rat {
	if v.Written != nil {
		if digits, _ := v.Written(i); digits != "" {
			if r, ok := decimalNumber(digits); ok {
				return r
			}
		}
	}
	return printed(v.Floats[i])
}

// inexact is the error of the first row at which the doubles of two FLOAT64 vectors
// are equal and their digits are not, where those of one stand in a cell: elsewhere
// both have one order. Such a comparison would have another answer than the cell has.
// What is computed is FLOAT64 and nothing else, as in GoogleSQL.
func inexact(a, b *Vector, rows int) (err error) {
	if a.Written == nil && b.Written == nil {
		return nil
	}
	both(a, b, rows, func(i int) {
		if err != nil || a.Floats[i] != b.Floats[i] || !a.isCell(i) && !b.isCell(i) || a.exactly(i).Cmp(b.exactly(i)) == 0 {
			return
		}
		if a.Redacted || b.Redacted {
			err = errors.New("a redacted value is compared with another, and FLOAT64 holds the digits of both alike: declare the column NUMERIC")
			return
		}
		err = fmt.Errorf("%s is compared with %s, and FLOAT64 holds the digits of both as %s: declare the column NUMERIC",
			a.shown(i), b.shown(i), strconv.FormatFloat(a.Floats[i], 'f', -1, 64))
	})
	return err
}

// isCell reports whether row i is written somewhere.
func (v *Vector) isCell(i int) bool {
	if v.Written == nil {
		return false
	}
	_, where := v.Written(i)
	return where != ""
}

// shown is a number as it is written, and where.
func (v *Vector) shown(i int) string {
	if v.Written != nil {
		if digits, where := v.Written(i); digits != "" && where != "" {
			return where + ": " + digits
		} else if digits != "" {
			return digits
		}
	}
	return strconv.FormatFloat(v.Floats[i], 'f', -1, 64)
}

// ExactKeys finds FLOAT64 keys that are one double and differ in their digits. The
// zero value is ready. It costs next to nothing as long as a double holds the digits
// of every key.
type ExactKeys struct {
	long map[float64]longKey
	met  map[float64]bool // where nobody else knows
}

type longKey struct {
	digits, where string
	redacted      bool
}

// Add looks at the keys of a batch. Known reports whether a double is the key of an
// earlier batch; nil leaves it to ExactKeys to know that. The error names two keys
// that differ in digits only.
func (k *ExactKeys) Add(v *Vector, rows int, known func(float64) bool) error {
	if v.Type != Float64 {
		return nil
	}
	if known == nil {
		known = func(f float64) bool { return k.met[f] }
		defer k.meet(v, rows)
	}
	if v.Written == nil && k.long == nil {
		return nil
	}
	if k.long == nil {
		k.long = map[float64]longKey{}
	}
	for i := range rows {
		f := v.Floats[i]
		if !v.Valid.Get(i) || math.IsNaN(f) {
			continue
		}
		now := longKey{digits: v.Digits(i), redacted: v.Redacted}
		if now.digits != "" {
			_, now.where = v.Written(i)
		}
		before, met := k.long[f]
		if !met {
			if now.digits == "" && v.Written == nil {
				continue // as all its double's keys so far
			}
			k.long[f] = now
			if now.digits == "" || !known(f) {
				continue
			}
		}
		if before.digits != now.digits {
			return keysMerge(f, before, now)
		}
	}
	return nil
}

// Find looks at the keys of a batch as Add does, and does not keep those that have no
// more digits than a double.
func (k *ExactKeys) Find(v *Vector, rows int) error {
	return k.Add(v, rows, func(f float64) bool { return k.met[f] })
}

// Tell sets what a vector of keys tells of those that were added with more digits.
func (k *ExactKeys) Tell(v *Vector) {
	if len(k.long) == 0 {
		return
	}
	floats := v.Floats
	v.Written = func(i int) (digits, where string) {
		long := k.long[floats[i]]
		return long.digits, long.where
	}
	for _, long := range k.long {
		v.Redacted = v.Redacted || long.redacted
	}
}

// Bytes is about what it keeps.
func (k *ExactKeys) Bytes() int64 { return 24*int64(len(k.met)) + 96*int64(len(k.long)) }

func (k *ExactKeys) meet(v *Vector, rows int) {
	if k.met == nil {
		k.met = map[float64]bool{}
	}
	for i := range rows {
		if v.Valid.Get(i) {
			k.met[v.Floats[i]] = true
		}
	}
}

func keysMerge(f float64, before, now longKey) error {
	if now.digits == "" {
		before, now = now, before
	}
	if before.redacted || now.redacted {
		return fmt.Errorf("%s: two keys of a redacted column are one FLOAT64: declare the column NUMERIC, or STRING", now.where)
	}
	if before.digits == "" {
		before.digits = strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Errorf("%s: %s and %s are two keys and one FLOAT64: declare the column NUMERIC, or STRING",
		now.where, strings.TrimPrefix(now.digits, "+"), before.digits)
}
