package enginetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// How many predicates with calls are drawn for each profile.
var drawnCalls = [...]int{60, 20, 20, 20}

// randomCalls draws predicates in which every function stands, a case each. They
// have tables of their own, so that what is drawn elsewhere stays the same.
func randomCalls() ([]Table, []testCase) {
	var tables []Table
	var cases []testCase
	for p, n := range drawnCalls {
		d := &draw{rand.New(rand.NewPCG(uint64(p), 99)), profiles[p]}
		t := d.table(fmt.Sprintf("called_%d", p))
		tables = append(tables, t)
		for i := range n {
			rule := quality.Rule{Check: tallyProbe{d.called()}, By: []string{"g"}}
			rule.ID = rule.Check.Describe().Claim
			suite := quality.Suite{Table: t.Name, Rules: []quality.Rule{rule}}
			cases = append(cases, testCase{id: fmt.Sprintf("calls/%s %d", d.name, i), suites: []quality.Suite{suite}, answer: describe})
		}
	}
	t, c := fingerprints()
	return append(tables, t), append(cases, c)
}

// fingerprints are those of texts of all lengths, each by itself.
func fingerprints() (Table, testCase) {
	d := &draw{rand.New(rand.NewPCG(0, 98)), profiles[0]}
	t := Table{Name: "fingerprinted", Schema: expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "s", Type: expr.String}}}
	for n := range 200 {
		var text []byte
		for len(text) < n {
			text = append(text, pick(d, "a", "z", "0", " ", "\x01", "é", "日", "\x7f")...)
		}
		t.row(n, string(text))
	}
	largest := quality.MaxOf(expr.Col("s").FarmFingerprint())
	probe := relationProbe{func(r read) quality.Relation { return r(t.Name) }, []quality.Term{largest}}
	suite := quality.Suite{Table: t.Name, Rules: []quality.Rule{{ID: "fingerprints", Check: probe, By: []string{"id"}}}}
	return t, testCase{id: "calls/fingerprints", suites: []quality.Suite{suite}, answer: describe}
}

// called draws a predicate of calls.
func (d *draw) called() expr.Expr {
	switch d.IntN(7) {
	case 0:
		return d.compare(d.calledText(2), d.calledText(1))
	case 1:
		return d.compare(d.calledDate(2), d.calledDate(1))
	case 2:
		return expr.If(d.predicate(1), d.compare(d.calledNumber(1), d.number(0)), d.shallow())
	case 3:
		return d.calledText(1).RegexpContains(pick(d, "", "a.", "^b$", "(?i)B", `\pL{2}`, `(?s)a.b`, `[^a]\z`, "é|-"))
	case 4:
		return pick(d, d.calledInteger(1), expr.Col("i"), d.castText()).Cast(expr.Bool)
	}
	return d.compare(d.calledNumber(2), d.calledNumber(1))
}

func (d *draw) calledNumber(depth int) expr.Expr {
	if depth == 0 {
		return d.number(0)
	}
	a, b := d.calledNumber(depth-1), d.calledNumber(depth-1)
	exact := expr.Col(pick(d, "n", "m", "i"))
	switch d.IntN(8) {
	case 0:
		return pick(d, a.Abs(), a.Floor(), a.Ceil())
	case 1:
		return pick(d, expr.Greatest(a, b, d.number(0)), expr.Least(a, b))
	case 2:
		return expr.If(d.shallow(), a, b)
	case 3:
		other := pick(d, expr.Col("m"), expr.Col("g"), expr.Lit(d.decimal()))
		return pick(d, exact.Div(other), exact.Mod(other))
	case 4:
		return a.Cast(pick(d, expr.Int64, expr.Float64, expr.Numeric))
	case 5:
		return d.castText().Cast(pick(d, expr.Int64, expr.Float64, expr.Numeric))
	}
	return d.calledInteger(depth)
}

func (d *draw) calledInteger(depth int) expr.Expr {
	i := expr.Col(pick(d, "i", "j"))
	date := d.calledDate(depth - 1)
	part := pick(d, expr.Day, expr.Week, expr.ISOWeek, expr.Month, expr.Quarter, expr.Year, expr.ISOYear, expr.DayOfWeek, expr.DayOfYear)
	switch d.IntN(7) {
	case 0:
		return pick(d, i.Div(expr.Col("g")), i.Mod(expr.Col("g")), i.Div(expr.Col("j")), i.Mod(3))
	case 1:
		return date.Extract(part)
	case 2:
		return pick(d, expr.Col("ts").ExtractIn(pick(d, part, expr.Hour), "America/New_York"), expr.Col("dt").Extract(pick(d, part, expr.Minute)), expr.Col("ts").Extract(expr.Hour))
	case 3:
		return d.calledText(depth - 1).CharLength()
	case 4:
		return d.calledText(depth - 1).FarmFingerprint()
	case 5:
		return d.shallow().Cast(expr.Int64)
	}
	return i
}

func (d *draw) calledDate(depth int) expr.Expr {
	if depth <= 0 {
		return d.date()
	}
	a := d.calledDate(depth - 1)
	switch d.IntN(5) {
	case 0:
		return pick(d, expr.Greatest(a, d.date()), expr.Least(a, d.date()))
	case 1:
		return expr.If(d.shallow(), a, d.date())
	case 2:
		return d.castText().Cast(expr.Date)
	case 3:
		return expr.Col("dt").Cast(expr.Date)
	}
	return a.DateTrunc(pick(d, expr.Day, expr.Week, expr.ISOWeek, expr.Month, expr.Quarter, expr.Year, expr.ISOYear))
}

func (d *draw) calledText(depth int) expr.Expr {
	if depth <= 0 {
		return pick(d, expr.Col("s"), expr.Col("k"), expr.Lit(d.text()))
	}
	a := d.calledText(depth - 1)
	switch d.IntN(6) {
	case 0:
		return a.Lower()
	case 1:
		return pick(d, a.Trim(), a.TrimOf(expr.Col("k")), a.TrimOf("ab"))
	case 2:
		return expr.If(d.shallow(), a, d.calledText(0))
	case 3:
		return pick(d, expr.Greatest(a, d.calledText(0)), expr.Least(a, d.calledText(0)))
	case 4:
		return d.castText()
	}
	return a
}

// castText draws a text that is a number, a date or a truth, or nearly.
func (d *draw) castText() expr.Expr {
	switch d.IntN(6) {
	case 0:
		return expr.Lit(pick(d, " 12\n", "+1.5", "1e3", "0x1F", "007", "", ".", "inf", "true", "2024-2-9", "2023-02-29", "9223372036854775808"))
	case 1:
		return expr.Col("d").Cast(expr.String)
	case 2:
		return expr.Col("b").Cast(expr.String)
	case 3:
		return expr.Col("n").Cast(expr.String)
	case 4:
		return expr.Col("s")
	}
	return expr.Col("i").Cast(expr.String)
}
