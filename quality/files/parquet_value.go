package files

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/parquet"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/scalar"
)

func (r *parquetReader) putBool(row int, x bool) error {
	if r.filler.Type == expr.Bool && x {
		r.vector.Bools.Set(row)
	}
	return nil
}

// putInt is by what a whole number stands for.
func (r *parquetReader) putInt() func(row int, n int64) error {
	switch r.filler.Type {
	case expr.Int64:
		return func(row int, n int64) error { r.vector.Ints[row] = n; return nil }
	case expr.Float64: // as the column is in another file
		return r.putLong
	case expr.Numeric, expr.BigNumeric:
		scale := pow10(r.column.scale)
		return func(row int, n int64) error {
			r.vector.Decimals[row] = new(big.Rat).SetFrac(big.NewInt(n), scale)
			return nil
		}
	case expr.Date:
		return r.putDate
	case expr.Time, expr.DateTime, expr.Timestamp:
		return r.putTime
	}
	return func(int, int64) error { return nil } // it is only counted
}

// putLong keeps the digits that a double has no room for.
func (r *parquetReader) putLong(row int, n int64) error {
	const exact = 1 << 53
	if r.vector.Floats[row] = float64(n); n > exact || n < -exact {
		r.long.add(row, strconv.AppendInt(nil, n, 10), r.line(row))
	}
	return nil
}

func (r *parquetReader) putDate(row int, n int64) error {
	if !scalar.DayInCalendar(n) {
		return fmt.Errorf("day %d from 1970-01-01 is no DATE: %w", n, errCalendar)
	}
	r.vector.Ints[row] = n
	return nil
}

var errCalendar = errors.New("it lies outside of the years 1 to 9999")

// putTime drops what is finer than a microsecond, the finest that BigQuery holds.
func (r *parquetReader) putTime(row int, n int64) error {
	perMicro, micros := r.column.unit/1e6, n
	switch {
	case r.column.unit == 1e3 && (n > math.MaxInt64/1000 || n < math.MinInt64/1000):
		return fmt.Errorf("%d milliseconds are no %s: they are too many", n, r.filler.Type)
	case r.column.unit == 1e3:
		micros = n * 1000
	case perMicro > 1:
		micros = floorDiv(n, perMicro)
	}
	return r.putMicros(row, micros)
}

func (r *parquetReader) putMicros(row int, micros int64) error {
	switch {
	case r.filler.Type == expr.Time && (micros < 0 || micros >= microsPerDay):
		return fmt.Errorf("%d microseconds are no TIME: a day has %d", micros, microsPerDay)
	case r.filler.Type != expr.Time && !scalar.InCalendar(micros):
		return fmt.Errorf("%d microseconds from 1970-01-01 are no %s: %w", micros, r.filler.Type, errCalendar)
	case r.filler.Type != r.column.Type: // a zone is declared
		if micros = expr.InZone(micros, r.zone); !scalar.InCalendar(micros) {
			return errCalendar
		}
	}
	r.vector.Ints[row] = micros
	return nil
}

func floorDiv(n, by int64) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}

// putInt96 reads nanoseconds of a day and the Julian day.
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
func (r *parquetReader) putInt96(row int, x parquet.Int96) error {
	if r.filler.Type != expr.Timestamp {
		return nil
	}
	const epoch = 2440588 // the Julian day of 1970-01-01
	nanos, day := int64(binary.LittleEndian.Uint64(x[:8])), int64(int32(binary.LittleEndian.Uint32(x[8:])))
	if days := day - epoch; scalar.DayInCalendar(days) {
		return r.putMicros(row, days*microsPerDay+floorDiv(nanos, 1000)) // neither is near an end of INT64
	}
	return fmt.Errorf("the Julian day %d is none of a TIMESTAMP: %w", day, errCalendar)
}

func (r *parquetReader) putFloat(row int, x float64) error {
	switch r.filler.Type {
	case expr.Float64:
		r.vector.Floats[row] = x
	case expr.Numeric, expr.BigNumeric:
		text := strconv.FormatFloat(x, 'f', -1, 64)
		v, err := expr.ParseValue(r.filler.Type, text)
		if err != nil {
			return fmt.Errorf("%s is no %s", text, r.filler.Type)
		}
		return r.vector.SetValue(row, v)
	}
	return nil
}

func (r *parquetReader) putBytes(row int, b []byte) error {
	switch r.filler.Type {
	case expr.String:
		if !utf8.Valid(b) {
			return fmt.Errorf("%s is not UTF-8", quoted(b))
		}
		if r.nulls.some && r.nulls.have(b) {
			return errNull
		}
		r.addText(b)
	case expr.Bytes:
		r.addText(b)
	case expr.Numeric, expr.BigNumeric:
		r.vector.Decimals[row] = new(big.Rat).SetFrac(twosComplement(b), pow10(r.column.scale))
	}
	return nil
}

// halfFloat reads IEEE 754's binary16: a sign, 5 bits of exponent, 10 of a fraction.
func halfFloat(bits uint16) float64 {
	exponent, fraction := int(bits>>10&31), float64(bits&1023)
	f := math.Ldexp(fraction+1024, exponent-25)
	switch {
	case exponent == 0:
		f = math.Ldexp(fraction, -24)
	case exponent == 31 && fraction == 0:
		f = math.Inf(1)
	case exponent == 31:
		return math.NaN()
	}
	if bits>>15 == 1 {
		return -f
	}
	return f
}

func pow10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// twosComplement reads an integer, the most significant byte first.
func twosComplement(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}
