package enginetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// drawnParts are how many cases over fields and elements are drawn.
const drawnParts = 30

// partsSchema has every value as a field, and some as elements of two kinds.
var partsSchema = []expr.Field{
	{Name: "g", Type: expr.Int64},
	{Name: "x", Type: expr.Float64},
	{Name: "f", Type: "STRUCT<x FLOAT64, n NUMERIC, s STRING, b BOOL, d DATE, deep STRUCT<i INT64, ts TIMESTAMP>>"},
	{Name: "names", Type: "ARRAY<STRING>"},
	{Name: "xs", Type: "ARRAY<FLOAT64>"},
	{Name: "pairs", Type: "ARRAY<STRUCT<name STRING, i INT64, s STRING, deep STRUCT<d DATE>>>"},
}

// randomParts draws tables with nested columns, and what is asked of their parts.
func randomParts() ([]Table, []testCase) {
	var tables []Table
	var cases []testCase
	for n := range 2 {
		d := &draw{rand.New(rand.NewPCG(uint64(n), 97)), profiles[0]}
		t := Table{Name: fmt.Sprintf("parts_%d", n)}
		for _, f := range partsSchema {
			if !f.Type.Computable() {
				f, _ = expr.ParseStoredField(f.Name, string(f.Type))
			}
			t.Schema = append(t.Schema, f)
		}
		for range drawnRows {
			t.row(d.IntN(3), pick(d, d.floats...), d.nested(t.Schema[2]), d.list(t.Schema[3]), d.list(t.Schema[4]), d.list(t.Schema[5]))
		}
		tables = append(tables, t)
		for i := range drawnParts {
			rule := quality.Rule{By: pick(d, nil, []string{"g"}, []string{"f.s"}), Check: tallyProbe{d.aboutParts()}}
			if rule.ID = rule.Check.Describe().Claim; i%2 == 0 {
				where, terms := d.aboutParts(), []quality.Term{
					quality.SumOf(d.partNumber()), quality.MinOf(d.partNumber()), quality.MeanOf(pick(d, expr.Col("f.x"), expr.Element("xs", "names", "a"))), quality.MaxOf(d.partText()),
					quality.DistinctOf(d.partText()), quality.CountWhere(d.aboutParts()),
				}
				rule.Check = relationProbe{func(r read) quality.Relation { return r(t.Name).Filter(where) }, terms}
				rule.ID = "where " + where.String()
				for _, term := range terms {
					rule.ID += ", " + term.Key()
				}
			}
			suite := quality.Suite{Table: t.Name, Rules: []quality.Rule{rule}}
			cases = append(cases, testCase{id: fmt.Sprintf("parts/%d.%d", n, i), suites: []quality.Suite{suite}, answer: describe})
		}
	}
	return tables, cases
}

// nested draws a value as JSON, "" for NULL.
func (d *draw) nested(f expr.Field) any {
	text, err := json.Marshal(d.tree(f))
	if err != nil {
		panic(err)
	}
	if string(text) == "null" {
		return nil
	}
	return string(text)
}

func (d *draw) tree(f expr.Field) any {
	if d.IntN(6) == 0 {
		return nil
	}
	if len(f.Fields) == 0 {
		return fmt.Sprint(mustValue(d.value(f)).Go())
	}
	out := map[string]any{}
	for _, in := range f.Fields {
		switch x := d.tree(in); {
		case in.Name == "name":
			out["name"] = pick(d, "a", "b", "c", "A")
		case in.Type == expr.Timestamp && x != nil:
			out[in.Name] = d.instant().Format("2006-01-02 15:04:05+00")
		case in.Type == expr.Numeric && x != nil:
			out[in.Name] = d.decimal().FloatString(3)
		default:
			out[in.Name] = x
		}
	}
	return out
}

// list draws an ARRAY. Often both arrays of a row are of one length; storage has no NULL
// in an array.
func (d *draw) list(f expr.Field) any {
	of, _ := f.Type.Element()
	out := []any{}
	for range pick(d, 0, 2, 3, 3, 3) {
		var x any
		for x == nil {
			switch {
			case of == expr.String:
				x = pick(d, "a", "b", "c", "A")
			default:
				x = d.tree(expr.Field{Type: of, Fields: f.Fields})
			}
		}
		out = append(out, x)
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (d *draw) partNumber() expr.Expr {
	key := pick(d, "a", "b", "c", "A", "none")
	return pick(d, expr.Col("f.x"), expr.Col("F.deep.I"), expr.Col("f.n"), expr.Element("xs", "names", key), expr.Element("xs", "names", key),
		expr.Element("pairs.i", "pairs.name", key), expr.ElementCount("names", key), expr.ElementCount("pairs.name", key))
}

func (d *draw) partText() expr.Expr {
	return pick(d, expr.Col("f.s"), expr.Element("pairs.s", "pairs.name", pick(d, "a", "b")), expr.Element("names", "pairs.s", "a"))
}

// aboutParts draws a predicate.
func (d *draw) aboutParts() expr.Expr {
	switch d.IntN(8) {
	case 0:
		return d.partNumber().Populated()
	case 1:
		return d.partText().Ge(d.text())
	case 2:
		return expr.Col("f.d").Lt(d.day()).Or(expr.Col("f.b"))
	case 3:
		return expr.Element("pairs.deep.d", "pairs.name", "a").Ge(d.day())
	case 4:
		return expr.Col("f.deep").IsNull().Or(expr.Col("f").IsNull())
	case 5:
		return expr.Col("f.deep.ts").Gt(d.instant()).Not()
	}
	return d.compare(d.partNumber(), pick(d, d.partNumber(), expr.Col("x")))
}
