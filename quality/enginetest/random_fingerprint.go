package enginetest

import (
	"math"
	"math/big"
	"math/rand/v2"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// fingerprintedRows are few enough for an engine that interprets each.
const fingerprintedRows = 150

var fingerprintedSchema = expr.Schema{
	{Name: "id", Type: expr.Int64},
	{Name: "g", Type: expr.String},
	{Name: "i", Type: expr.Int64},
	{Name: "f", Type: expr.Float64},
	{Name: "n", Type: expr.Numeric},
	{Name: "bn", Type: expr.BigNumeric},
	{Name: "s", Type: expr.String},
	{Name: "y", Type: expr.Bytes},
	{Name: "b", Type: expr.Bool},
	{Name: "d", Type: expr.Date},
	{Name: "dt", Type: expr.DateTime},
	{Name: "t", Type: expr.Time},
	{Name: "ts", Type: expr.Timestamp},
}

// randomFingerprints draws checksums of columns of every type, a case each; what an
// engine lacks stands in a table of its own.
func randomFingerprints() ([]Table, []testCase) {
	d := &draw{rand.New(rand.NewPCG(0, 97)), profiles[0]}
	finite := Table{Name: "fingerprinted", Schema: fingerprintedSchema}
	for id := range fingerprintedRows {
		row := []any{id, pick(d, "A", "B")}
		for _, f := range fingerprintedSchema[2:] {
			if d.IntN(8) == 0 {
				row = append(row, nil)
				continue
			}
			row = append(row, d.anyOf(f.Type))
		}
		finite.row(row...)
	}
	tables := []Table{finite}
	var cases []testCase
	add := func(table, column string) {
		sum := quality.SumOf(expr.Fingerprint(expr.Col("g"), expr.Col("id"), expr.Col(column)))
		probe := relationProbe{func(r read) quality.Relation { return r(table) }, []quality.Term{sum}}
		suite := quality.Suite{Table: table, Rules: []quality.Rule{{ID: "checksum", Check: probe, By: []string{"g"}}}}
		cases = append(cases, testCase{id: "checksum/" + table + " " + column, suites: []quality.Suite{suite}, answer: describe})
	}
	for _, f := range fingerprintedSchema[2:] {
		add(finite.Name, f.Name)
	}
	for _, odd := range []struct {
		name string
		f    float64
	}{{"infinite", math.Inf(1)}, {"minus_infinite", math.Inf(-1)}, {"nan", math.NaN()}} {
		t := Table{Name: "fingerprinted_" + odd.name, Schema: expr.Schema{fingerprintedSchema[0], fingerprintedSchema[1], fingerprintedSchema[3]}}
		t.row(1, "A", odd.f)
		t.row(2, "A", nil)
		t.row(3, "B", 1.5)
		tables = append(tables, t)
		add(t.Name, "f")
	}
	return tables, cases
}

// anyOf draws from all that a type can hold.
func (d *draw) anyOf(t expr.Type) any {
	micros := d.Int64N(253_402_300_800_000_000) // up to the end of 9999
	at := time.UnixMicro(micros).UTC()
	switch t {
	case expr.Int64:
		return pick(d, int64(d.Uint64()), d.Int64N(100), math.MinInt64, math.MaxInt64)
	case expr.Float64:
		return d.anyFloat()
	case expr.Numeric:
		return big.NewRat(int64(d.Uint64()), pick[int64](d, 1, 10, 1000, 1_000_000_000))
	case expr.BigNumeric:
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.IntN(39))), nil)
		return new(big.Rat).SetFrac(big.NewInt(int64(d.Uint64())), power).FloatString(38)
	case expr.String:
		return pick(d, "", "~", "s1:a", "a,b", "é", "日本", "\x01", "NULL", "5", "a\nb", "'")
	case expr.Bytes:
		return pick(d, "", "a", "a\x00", "\x7f~")
	case expr.Bool:
		return d.IntN(2) == 0
	case expr.Date:
		return civil.DateOf(at)
	case expr.DateTime:
		return civil.DateTimeOf(at)
	case expr.Time:
		return civil.TimeOf(at)
	}
	return at
}

// anyFloat draws from all finite numbers by their bits, from those near the ends
// between which they are written plainly, and from those that people write.
func (d *draw) anyFloat() float64 {
	for {
		f := pick(d,
			math.Float64frombits(d.Uint64()),
			math.Copysign(0, -1), math.SmallestNonzeroFloat64, math.MaxFloat64,
			d.Float64(), float64(d.Int64N(2_000_000)-1_000_000)/1000, float64(d.IntN(100)),
			d.Float64()*math.Pow(10, float64(d.IntN(80)-40)),
			expr.LeastToldFloat, math.Nextafter(expr.LeastToldFloat, 0), expr.LargeToldFloat, math.Nextafter(expr.LargeToldFloat, 0),
			1e15, 1e15+0.125, 9007199254740993, math.Nextafter(0.3, 1), 1e22, 1e23,
		)
		if f-f == 0 {
			return f
		}
	}
}
