package expr_test

import (
	"math"
	"math/rand/v2"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

// randomExprs makes well-typed expressions over some columns.
type randomExprs struct {
	columns map[expr.Type][]string
	texts   *rapid.Generator[string] // of literals and patterns
}

var (
	numberTypes = []expr.Type{expr.Int64, expr.Float64, expr.Numeric}
	zones       = []string{"UTC", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"}
	dateParts   = []expr.DatePart{expr.Day, expr.Week, expr.ISOWeek, expr.Month, expr.Quarter, expr.Year}
)

func pick[T any](t *rapid.T, of ...T) T { return rapid.SampledFrom(of).Draw(t, "pick") }

// leaf is a column, a literal, or NULL in one of its two forms.
func (g randomExprs) leaf(t *rapid.T, typ expr.Type) expr.Expr {
	switch rapid.IntRange(0, 11).Draw(t, "leaf") {
	case 0:
		return expr.Lit(nil)
	case 1:
		return expr.Col(pick(t, g.columns[expr.Null]...))
	case 2, 3, 4:
		return g.literal(t, typ)
	}
	return expr.Col(pick(t, g.columns[typ]...))
}

func (g randomExprs) literal(t *rapid.T, typ expr.Type) expr.Expr {
	if typ == expr.String {
		return expr.Lit(g.texts.Draw(t, "text"))
	}
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "literal"), 0))
	if typ == expr.Float64 { // one that NUMERIC can hold, or that no number holds
		return expr.Lit(pick(t, 0, 0.5, -2.25, 1e6, math.NaN(), math.Inf(-1)))
	}
	return expr.Lit(randomValue(rng, typ))
}

func (g randomExprs) number(t *rapid.T, depth int) expr.Expr {
	if depth == 0 {
		return g.leaf(t, pick(t, numberTypes...))
	}
	a := func() expr.Expr { return g.number(t, depth-1) }
	switch rapid.IntRange(0, 13).Draw(t, "number") {
	case 0:
		return a().Plus(a())
	case 1:
		return a().Minus(a())
	case 2:
		return a().Times(a())
	case 3, 4:
		return a().Over(a())
	case 5:
		return a().Negated()
	case 6:
		return expr.Coalesce(a(), a(), a())
	case 7:
		return g.integer(t, depth)
	case 8:
		return pick(t, expr.Expr.Abs, expr.Expr.Floor, expr.Expr.Ceil)(a())
	case 9:
		return pick(t, expr.Greatest, expr.Least)(a(), a(), a())
	case 10:
		return expr.If(g.predicate(t, depth-1), a(), a())
	case 11:
		return pick(t, expr.Expr.Div, expr.Expr.Mod)(g.leaf(t, expr.Numeric), g.leaf(t, pick(t, expr.Int64, expr.Numeric)))
	case 12:
		return g.cast(t, pick(t, numberTypes...), depth-1)
	}
	return g.leaf(t, pick(t, numberTypes...))
}

// integer is INT64 and nothing wider, as dates need it.
func (g randomExprs) integer(t *rapid.T, depth int) expr.Expr {
	if depth == 0 {
		return g.leaf(t, expr.Int64)
	}
	a := func() expr.Expr { return g.integer(t, depth-1) }
	d := func() expr.Expr { return g.date(t, depth-1) }
	switch rapid.IntRange(0, 11).Draw(t, "integer") {
	case 0:
		return a().Plus(a())
	case 1:
		return a().Minus(a())
	case 2:
		return a().Times(a())
	case 3:
		return a().Negated()
	case 4:
		return d().DateDiff(d(), pick(t, dateParts...))
	case 5:
		return pick(t, expr.Expr.Div, expr.Expr.Mod)(a(), a())
	case 6:
		return expr.Col(pick(t, g.columns[expr.Date]...)).Extract(pick(t, append(dateParts, expr.ISOYear, expr.DayOfWeek, expr.DayOfYear)...))
	case 7:
		ts := g.leaf(t, expr.Timestamp)
		if part := pick(t, append(dateParts, expr.Hour, expr.Minute, expr.Second)...); rapid.Bool().Draw(t, "zone") {
			return ts.ExtractIn(part, pick(t, zones...))
		} else {
			return ts.Extract(part)
		}
	case 8:
		return g.text(t, depth-1).CharLength()
	case 9:
		return g.cast(t, expr.Int64, depth-1)
	case 10:
		return expr.If(g.predicate(t, depth-1), a(), a())
	}
	return expr.Col(pick(t, g.columns[expr.Date]...)).Minus(d())
}

func (g randomExprs) date(t *rapid.T, depth int) expr.Expr {
	if depth == 0 {
		return g.leaf(t, expr.Date)
	}
	switch rapid.IntRange(0, 9).Draw(t, "date") {
	case 0:
		return g.date(t, depth-1).Plus(g.integer(t, depth-1))
	case 1:
		return g.date(t, depth-1).Minus(g.integer(t, depth-1))
	case 2:
		return g.leaf(t, expr.Int64).Plus(g.date(t, depth-1))
	case 3:
		return expr.Coalesce(g.date(t, depth-1), g.date(t, depth-1))
	case 4:
		return g.leaf(t, expr.Timestamp).DateOf(pick(t, zones...))
	case 5:
		return g.leaf(t, expr.Timestamp).Date()
	case 6:
		return g.date(t, depth-1).DateTrunc(pick(t, append(dateParts, expr.ISOYear)...))
	case 7:
		return pick(t, expr.Greatest, expr.Least)(g.date(t, depth-1), g.date(t, depth-1))
	case 8:
		return g.cast(t, expr.Date, depth-1)
	}
	return g.leaf(t, expr.Date)
}

func (g randomExprs) text(t *rapid.T, depth int) expr.Expr {
	if depth <= 0 {
		return g.leaf(t, expr.String)
	}
	a := func() expr.Expr { return g.text(t, depth-1) }
	switch rapid.IntRange(0, 6).Draw(t, "text") {
	case 0:
		return a().Lower()
	case 1:
		return a().Trim()
	case 2:
		return a().TrimOf(a())
	case 3:
		return expr.If(g.predicate(t, depth-1), a(), a())
	case 4:
		return g.cast(t, expr.String, depth-1)
	case 5:
		return pick(t, expr.Greatest, expr.Least)(a(), a())
	}
	return g.leaf(t, expr.String)
}

// cast draws what can be cast to a type.
func (g randomExprs) cast(t *rapid.T, to expr.Type, depth int) expr.Expr {
	depth = max(depth, 0)
	var from []func() expr.Expr
	text := func() expr.Expr {
		if rapid.Bool().Draw(t, "number in text") {
			return expr.Lit(pick(t, "1", " -2\n", "+1.5", "1e3", "0x1F", "007", "", ".", "inf", "-Infinity", "NaN", "true", "FALSE", "2024-2-9", "2023-02-29", "0000-01-01",
				"99999999999999999999999999999.9999999995", "9223372036854775808", "1e400", "0.0000000005"))
		}
		return g.text(t, depth)
	}
	number := func() expr.Expr { return g.number(t, depth) }
	switch to {
	case expr.Bool:
		from = append(from, text, func() expr.Expr { return g.integer(t, depth) })
	case expr.Int64:
		from = append(from, text, number, func() expr.Expr { return g.predicate(t, depth) })
	case expr.Float64, expr.Numeric:
		from = append(from, text, number)
	case expr.Date:
		from = append(from, text)
	case expr.String:
		from = append(from, number, func() expr.Expr { return g.predicate(t, depth) }, func() expr.Expr { return g.date(t, depth) })
	}
	return pick(t, from...)().Cast(to)
}

// operand is of a type that the same draw compares with itself.
func (g randomExprs) operands(t *rapid.T, depth, n int) []expr.Expr {
	var one func() expr.Expr
	switch rapid.IntRange(0, 6).Draw(t, "operands") {
	case 0, 1, 2:
		one = func() expr.Expr { return g.number(t, depth) }
	case 3:
		one = func() expr.Expr { return g.text(t, depth) }
	case 4:
		one = func() expr.Expr {
			if rapid.Bool().Draw(t, "text") {
				return expr.Lit("2024-02-29")
			}
			return g.date(t, depth)
		}
	case 5:
		one = func() expr.Expr {
			if rapid.Bool().Draw(t, "text") {
				return expr.Lit("2024-03-10 02:30:00-05:00")
			}
			return g.leaf(t, expr.Timestamp)
		}
	case 6:
		one = func() expr.Expr { return g.predicate(t, depth) }
	}
	out := make([]expr.Expr, n)
	for i := range out {
		out[i] = one()
	}
	return out
}

func anys(es []expr.Expr) []any {
	out := make([]any, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// predicate is TRUE, FALSE or NULL.
func (g randomExprs) predicate(t *rapid.T, depth int) expr.Expr {
	if depth == 0 {
		return g.leaf(t, expr.Bool)
	}
	p := func() expr.Expr { return g.predicate(t, depth-1) }
	switch rapid.IntRange(0, 16).Draw(t, "predicate") {
	case 0, 1:
		return p().And(p(), p())
	case 2, 3:
		return p().Or(p(), p())
	case 4:
		return p().Not()
	case 5:
		o := g.operands(t, depth-1, rapid.IntRange(2, 4).Draw(t, "list"))
		return o[0].In(anys(o[1:])...)
	case 6:
		o := g.operands(t, depth-1, 3)
		return o[0].Between(o[1], o[2])
	case 7:
		return pick(t, expr.Expr.IsTrue, expr.Expr.IsNotTrue, expr.Expr.IsFalse, expr.Expr.IsNotFalse)(p())
	case 8:
		return pick(t, expr.Expr.IsNull, expr.Expr.IsNotNull)(g.operands(t, depth-1, 1)[0])
	case 9:
		return g.leaf(t, expr.String).Like(g.pattern(t))
	case 10:
		return expr.Coalesce(p(), p())
	case 11:
		return g.populated(t, depth-1)
	case 12:
		return g.text(t, depth-1).RegexpContains(pick(t, "", "a|^$", "(?i)^A.?$", `\pL{2}`, `(?s)a.b`, `[^a]\z`, "日|ä"))
	case 13:
		return expr.If(p(), p(), p())
	case 14:
		return g.cast(t, expr.Bool, depth-1)
	}
	o := g.operands(t, depth-1, 2)
	return pick(t, expr.Expr.Eq, expr.Expr.Ne, expr.Expr.Lt, expr.Expr.Le, expr.Expr.Gt, expr.Expr.Ge)(o[0], o[1])
}

// pattern is a LIKE pattern that does not end within an escape.
func (g randomExprs) pattern(t *rapid.T) string {
	out := ""
	for range rapid.IntRange(0, 5).Draw(t, "pattern") {
		out += pick(t, "%", "_", "a", "b", "ä", "日", `\%`, `\_`, `\\`, `\a`, "\n", "'", "%%")
	}
	return out
}

func (g randomExprs) populated(t *rapid.T, depth int) expr.Expr {
	missing := func(of ...any) []expr.Value {
		var out []expr.Value
		for _, x := range of[:rapid.IntRange(0, len(of)).Draw(t, "missing")] {
			v, err := expr.ValueOf(x)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, v)
		}
		return out
	}
	switch rapid.IntRange(0, 3).Draw(t, "populated") {
	case 0:
		return g.number(t, depth).Populated(missing(0, -1, nil)...)
	case 1:
		return g.leaf(t, expr.String).Populated(missing("", "ab")...)
	case 2:
		return g.date(t, depth).Populated(missing("1970-01-01")...)
	}
	return g.leaf(t, expr.Float64).Populated(missing(0.0, math.NaN(), math.Inf(1))...)
}
