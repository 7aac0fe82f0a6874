package expr_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// randomTable is rows as plain values, some of the hard ones among them.
type randomTable struct {
	schema expr.Schema
	rows   []map[string]any
}

var tableSchema = expr.Schema{
	{Name: "b1", Type: expr.Bool}, {Name: "b2", Type: expr.Bool},
	{Name: "i1", Type: expr.Int64}, {Name: "i2", Type: expr.Int64},
	{Name: "f1", Type: expr.Float64}, {Name: "f2", Type: expr.Float64},
	{Name: "n1", Type: expr.Numeric}, {Name: "n2", Type: expr.Numeric},
	{Name: "s1", Type: expr.String}, {Name: "s2", Type: expr.String},
	{Name: "d1", Type: expr.Date}, {Name: "d2", Type: expr.Date},
	{Name: "t1", Type: expr.Timestamp}, {Name: "t2", Type: expr.Timestamp},
	{Name: "u", Type: expr.Null},
}

func columnsByType(s expr.Schema) map[expr.Type][]string {
	out := map[expr.Type][]string{}
	for _, f := range s {
		out[f.Type] = append(out[f.Type], f.Name)
	}
	return out
}

// newRandomTable makes n rows. Cells come from a generator of their own, since a
// rapid draw for each of a hundred thousand cells would take minutes.
func newRandomTable(seed uint64, n int) randomTable {
	rng := rand.New(rand.NewPCG(seed, 1))
	out := randomTable{schema: tableSchema}
	for range n {
		row := map[string]any{}
		for _, f := range tableSchema {
			if f.Type != expr.Null && rng.IntN(5) > 0 {
				row[f.Name] = randomValue(rng, f.Type)
			}
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// randomValue is one of a type's hard values, or one like its neighbours.
func randomValue(rng *rand.Rand, t expr.Type) any {
	one := func(of ...any) any { return of[rng.IntN(len(of))] }
	switch t {
	case expr.Bool:
		return one(true, false)
	case expr.Int64:
		return one(int64(0), int64(1), int64(-1), int64(7), int64(math.MaxInt64), int64(math.MinInt64), int64(math.MaxInt64-1),
			int64(1)<<62, -(int64(1) << 62), int64(1)<<53+1, int64(3037000500), int64(-3037000500), rng.Int64N(100)-50)
	case expr.Float64:
		return one(0.0, math.Copysign(0, -1), 1.0, -1.5, 7.0, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64,
			math.SmallestNonzeroFloat64, 1e-300, 0.1, float64(rng.IntN(100))/4)
	case expr.Numeric:
		return one(rat("0"), rat("1"), rat("-1"), rat("0.000000001"), rat("-0.000000001"), rat("12.5"), rat("0.333333333"), rat("7"),
			rat("99999999999999999999999999999.999999999"), rat("-99999999999999999999999999999.999999999"), big.NewRat(rng.Int64N(1000)-500, 8))
	case expr.String:
		return one("", "a", "b", "ab", "a%b", "%", "_", `\`, `a\b`, "ä", "日", "日本", "A", "a\nb", "null", "'")
	case expr.Date:
		return one(day(1, 1, 1), day(9999, 12, 31), day(1970, 1, 1), day(1969, 12, 31), day(2024, 2, 29), day(2000, 1, 2), day(2000, 1, 3),
			day(2023, 12, 31), day(2025, 10, 21), day(1970, 1, 1).AddDays(rng.IntN(40000)-20000))
	case expr.Timestamp:
		return one(instant("0001-01-01T00:00:00Z"), instant("9999-12-31T23:59:59.999999Z"), instant("1970-01-01T00:00:00Z"),
			instant("1969-12-31T23:59:59.999999Z"), instant("2024-03-10T04:59:59.999999Z"), instant("2024-03-10T05:00:00Z"),
			instant("2024-03-11T03:59:59Z"), instant("2024-11-03T04:00:00Z"), instant("2024-11-04T04:59:59Z"), instant("2018-11-04T02:59:59Z"),
			instant("2018-11-04T03:00:00Z"), time.UnixMicro(rng.Int64N(4e15)-1e15).UTC())
	}
	panic(fmt.Sprintf("no random %s", t))
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func day(year, month, d int) civil.Date {
	return civil.Date{Year: year, Month: time.Month(month), Day: d}
}

func instant(s string) time.Time {
	ts, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return ts
}

// fill makes a batch of some rows, in the memory that it already has.
func (t randomTable) fill(b *expr.Batch, low, high int) error {
	b.Rows = high - low
	if b.Columns == nil {
		b.Columns = make([]expr.Vector, len(t.schema))
	}
	for c, f := range t.schema {
		v := &b.Columns[c]
		v.Reset(f.Type, b.Rows)
		for i, row := range t.rows[low:high] {
			value, err := expr.ValueOf(row[f.Name])
			if err != nil {
				return err
			}
			if err := v.SetValue(i, value); err != nil {
				return err
			}
			if x, ok := row[f.Name].(float64); ok {
				v.Floats[i] = x // a Value folds -0 and the payloads of NaN
			}
		}
	}
	return nil
}

func (s randomTable) types() map[string]expr.Type {
	out := map[string]expr.Type{}
	for _, f := range s.schema {
		out[f.Name] = f.Type
	}
	return out
}
