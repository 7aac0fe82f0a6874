package googlesql

import (
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sample is a value of a row that is shown: what rows are ordered by, and its text.
type sample struct{ order, text string }

// cut shortens texts as quality.Cut does. LEFT counts characters, of which SUBSTR on
// the emulator takes bytes.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#left
func cut(text string, t expr.Type) string {
	most := strconv.Itoa(quality.LongestShown)
	switch t {
	case expr.String:
		return "IF(CHAR_LENGTH(" + text + ") > " + most + ", CONCAT(LEFT(" + text + ", " + most + "), '…'), " + text + ")"
	case expr.Bytes:
		return "IF(BYTE_LENGTH(" + text + ") > " + most + ", CONCAT(SUBSTR(" + text + ", 1, " + most + "), b'\\xe2\\x80\\xa6'), " + text + ")"
	}
	return text
}

// sampled is a value of a type, as the projection has it: a TIMESTAMP as its
// microseconds.
func sampled(name string, t expr.Type) sample {
	switch t {
	case expr.String:
		return sample{name, name}
	case expr.Bytes:
		return sample{name, "TO_BASE64(" + name + ")"}
	}
	return sample{name, "CAST(" + name + " AS STRING)"}
}

// list is the value of a term that gives rows: the first of those that a filter is
// TRUE for, in their order. Of no rows it is NULL: the emulator ends at the text of an
// array that is NULL.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions#array_agg
func list(of []sample, filter string, most int) string {
	var order, texts []string
	for _, s := range of {
		order, texts = append(order, s.order), append(texts, s.text)
	}
	row := over{filter}.only("TO_JSON_STRING([" + strings.Join(texts, ", ") + "])")
	return "CONCAT('[', NULLIF(ARRAY_TO_STRING(IFNULL(ARRAY_AGG(" + row + " IGNORE NULLS ORDER BY " + strings.Join(order, ", ") +
		" LIMIT " + strconv.Itoa(most) + "), []), ','), ''), ']')"
}

// first is FirstRows over some rows of the projection.
func (p *projection) first(t quality.Term, o over) string {
	most, values := t.First()
	of := make([]sample, len(values))
	for i, v := range values {
		typ := v.Type()
		if typ == expr.Null {
			typ = expr.Float64
		}
		of[i] = sampled(p.item("v", grouped(cut(p.w.typed(v, typ), typ), typ)), typ)
	}
	return list(of, o.filter, most)
}

// repeated is RepeatedKeys over the counts of a keyed statement, which says how often
// a key occurs in every segment.
func (p *projection) repeated(t quality.Term) string {
	most, values := t.First()
	var of []sample
	for _, v := range values {
		name, typ := p.key(v.Node().(expr.ColumnExpr).Name), v.Type()
		s := sampled(cut(name, typ), typ)
		if typ == expr.Float64 { // the key is its text
			s = sample{"SAFE_CAST(" + name + " AS FLOAT64)", name}
		}
		of = append(of, s)
	}
	return list(append(of, sampled("every", expr.Int64)), "NOT hole AND (turn > 1 OR n > 1)", most)
}

// canonical is the value of a term as all engines write it: engines differ in how they
// write a DATETIME or a FLOAT64.
func canonical(t quality.Term, v expr.Value) (expr.Value, error) {
	if t.Op != quality.OpFirst && t.Op != quality.OpKeyRepeated {
		return v, nil
	}
	rows, err := t.Rows(v)
	if err != nil {
		return v, err
	}
	return quality.EncodeRows(rows)
}
