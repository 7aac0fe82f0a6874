package enginetest

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// How much is drawn: enough for every kind of node to meet every other, few
// enough for an engine that needs a second for each table.
const (
	drawnTables = 2 // of each profile
	drawnRows   = 40
	drawnSuites = 4 // on each table
	drawnRules  = 8 // in each suite
)

// profile is which values are drawn, so that what an engine lacks can be listed
// by case.
type profile struct {
	name     string
	integers []int64
	floats   []float64
	// neighbours: values of all other types are near to each other as well, and
	// there is a column of every type.
	neighbours bool
}

var nearProfile = profile{"near", []int64{-2, -1, 0, 1, 2}, []float64{0.1, 0.1 + 0x1p-56, 0.3, 0.3 + 0x1p-54, 1, 1 + 0x1p-52}, true}

var profiles = []profile{
	{"plain", []int64{-20, -3, -1, 0, 1, 2, 3, 7, 20}, []float64{-20, -1.5, -0.25, 0, 0.1, 0.5, 1, 2, 3, 1e6}, false},
	{"infinite", []int64{-1, 0, 1, 2}, []float64{math.Inf(-1), -1, 0, 0.5, 1, math.Inf(1)}, false},
	{"not a number", []int64{-1, 0, 1, 2}, []float64{math.NaN(), -1, 0, 0.5, 1, math.Inf(1)}, false},
	{"overflowing", []int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, 2, math.MaxInt64 - 1, math.MaxInt64}, []float64{-math.MaxFloat64, -1, 0, 0.5, 1, math.MaxFloat64}, false},
}

// random draws tables and suites, always the same ones: a case for each rule, so
// that a deviation is listed alone. The answers are those of Subject.Oracle.
func random() ([]Table, []testCase) {
	var tables []Table
	var cases []testCase
	for p, prof := range profiles {
		for n := range drawnTables {
			d := &draw{rand.New(rand.NewPCG(uint64(p), uint64(n))), prof}
			t := d.table(fmt.Sprintf("drawn_%d_%d", p, n))
			tables, cases = append(tables, t), append(cases, d.singles(t.Name, n)...)
		}
	}
	d := &draw{rand.New(rand.NewPCG(uint64(len(profiles)), 0)), nearProfile}
	t := d.table("drawn_near")
	return append(tables, t), slices.Concat(cases, d.singles(t.Name, 0), d.pools(t.Name))
}

// singles draws suites on a table.
func (d *draw) singles(table string, n int) []testCase {
	var out []testCase
	for i := range drawnSuites {
		out = append(out, single(fmt.Sprintf("random/%s %d.%d", d.name, n, i), d.suite(table, i))...)
	}
	return out
}

// single is a case for each rule of a suite.
func single(id string, s quality.Suite) []testCase {
	var out []testCase
	for i, r := range s.Rules {
		one := s
		one.Rules = []quality.Rule{r}
		out = append(out, testCase{id: fmt.Sprintf("%s.%d", id, i), suites: []quality.Suite{one}, answer: describe})
	}
	return out
}

// draw is a source of random tables and suites.
type draw struct {
	*rand.Rand
	profile
}

var drawnSchema = expr.Schema{
	{Name: "k", Type: expr.String},
	{Name: "g", Type: expr.Int64},
	{Name: "i", Type: expr.Int64},
	{Name: "j", Type: expr.Int64},
	{Name: "x", Type: expr.Float64},
	{Name: "y", Type: expr.Float64},
	{Name: "n", Type: expr.Numeric},
	{Name: "m", Type: expr.Numeric},
	{Name: "s", Type: expr.String},
	{Name: "b", Type: expr.Bool},
	{Name: "c", Type: expr.Bool},
	{Name: "d", Type: expr.Date},
	{Name: "e", Type: expr.Date},
	{Name: "dt", Type: expr.DateTime},
	{Name: "ts", Type: expr.Timestamp},
}

func (d *draw) table(name string) Table {
	t := Table{Name: name, Schema: d.schema()}
	for range drawnRows {
		row := make([]any, len(t.Schema))
		for i, f := range t.Schema {
			if d.IntN(6) > 0 {
				row[i] = d.value(f)
			}
		}
		t.row(row...)
	}
	return t
}

func (d *draw) value(f expr.Field) any {
	switch {
	case f.Name == "k":
		return pick(d, "A", "B", "C")
	case f.Name == "g":
		return d.IntN(3)
	}
	if near, ok := d.near(f.Type); ok {
		return near
	}
	switch f.Type {
	case expr.Int64:
		return pick(d, d.integers...)
	case expr.Float64:
		return pick(d, d.floats...)
	case expr.Numeric:
		return d.decimal()
	case expr.String:
		return d.text()
	case expr.Bool:
		return d.IntN(2) == 0
	case expr.Date:
		return d.day()
	case expr.DateTime:
		return civil.DateTime{Date: d.day(), Time: civil.Time{Hour: d.IntN(24)}}
	}
	return d.instant()
}

func pick[V any](d *draw, from ...V) V { return from[d.IntN(len(from))] }

func (d *draw) decimal() *big.Rat {
	return big.NewRat(int64(d.IntN(41)-20), pick[int64](d, 1, 2, 4, 1000))
}

func (d *draw) text() string { return pick(d, "", "a", "ab", "b", "B", "a%b", "a_b", "é", "a\nb") }

func (d *draw) day() civil.Date {
	return civil.Date{Year: 2024, Month: 1, Day: 1}.AddDays(d.IntN(80) - 20)
}

func (d *draw) instant() time.Time {
	return d.day().In(time.UTC).Add(time.Duration(d.IntN(48)) * 30 * time.Minute)
}

// suite draws checks with filters and group-by columns of every kind.
func (d *draw) suite(table string, n int) quality.Suite {
	s := quality.Suite{Table: table}
	if d.IntN(2) == 0 {
		d.bound(&s)
	}
	if d.IntN(3) == 0 {
		s.Where = d.filter(2)
	}
	for i := range drawnRules {
		r := d.rule()
		r.ID = fmt.Sprintf("%s.%d.%d %s by %v where %s", table, n, i, r.Check.Describe().Claim, r.By, r.Where)
		s.Rules = append(s.Rules, r)
	}
	return s
}

// bound gives a suite a date column and days.
func (d *draw) bound(s *quality.Suite) {
	s.Date = pick(d, "d", "dt", "ts")
	s.Zone = pick(d, "", "America/New_York")
	s.From = d.day()
	s.To = s.From.AddDays(30 + d.IntN(60))
}

func (d *draw) rule() quality.Rule {
	r := quality.Rule{NullsOK: d.IntN(2) == 0}
	for _, c := range d.groupable() {
		if d.IntN(6) == 0 {
			r.By = append(r.By, c)
		}
	}
	d.Shuffle(len(r.By), func(i, j int) { r.By[i], r.By[j] = r.By[j], r.By[i] })
	if d.IntN(2) == 0 {
		r.Where = d.filter(2)
	}
	if d.IntN(3) == 0 {
		r.Check = keysProbe{d.key()}
	} else {
		r.Check = tallyProbe{d.predicate(3)}
	}
	return r
}

// filter is a predicate that a row can satisfy, and another one not: others are mistakes
// in a suite.
func (d *draw) filter(depth int) expr.Expr {
	p := d.predicate(depth)
	known := expr.Col(d.groupable()[0]).IsNotNull()
	if p.NeverTrue() {
		p = p.Or(known)
	}
	if p.TrueForAll() {
		p = p.And(known)
	}
	return p
}

func (d *draw) key() []string {
	if d.neighbours {
		return d.some(1 + d.IntN(2))
	}
	return pick(d, []string{"k"}, []string{"x"}, []string{"d", "s"}, []string{"g", "n"}, []string{"b", "k", "i"}, []string{"dt"}, []string{"ts", "x"})
}

// groupable are the columns that rows are grouped by.
func (d *draw) groupable() []string {
	if d.neighbours {
		return []string{"k", "g", "b", "x", "d", "n", "ts", "s", "dt", "bn", "bs", "t"}
	}
	return []string{"k", "g", "b", "x", "d", "n", "ts"}
}

// some draws so many of the columns that rows are grouped by.
func (d *draw) some(n int) []string {
	all := d.groupable()
	d.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:n]
}
