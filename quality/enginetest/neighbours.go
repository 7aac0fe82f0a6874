package enginetest

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// neighbour is a column of a type with two values that are as near to each other
// as values of the type can be, or as texts that look alike.
type neighbour struct {
	name      string
	typ       expr.Type
	low, high any // as Table.row takes them
	// lowText and highText are the two as a report writes them.
	lowText, highText string
}

var neighbours = []neighbour{
	{"i", expr.Int64, -2, -1, "-2", "-1"},
	{"j", expr.Int64, 0, 1, "0", "1"},
	{"f", expr.Float64, 1.0, 1.0000000000000002, "1", "1.0000000000000002"},
	{"n", expr.Numeric, "-0.000000001", "0.00", "-0.000000001", "0"},
	{"bn", expr.BigNumeric, "5.0", "5.00000000000000000000000000000000000001", "5", "5.00000000000000000000000000000000000001"},
	{"s", expr.String, "a", "a ", "a", "a "},
	{"y", expr.Bytes, "a", "a\x00", "a", `a\x00`},
	{"b", expr.Bool, false, true, "false", "true"},
	{"d", expr.Date, "2024-02-29", "2024-03-01", "2024-02-29", "2024-03-01"},
	{"dt", expr.DateTime, "2024-01-01T00:00:00.1", "2024-01-01T00:00:00.100001", "2024-01-01 00:00:00.1", "2024-01-01 00:00:00.100001"},
	{"ts", expr.Timestamp, "1969-12-31 23:59:59.999998Z", "1969-12-31 23:59:59.999999Z", "1969-12-31 23:59:59.999998+00", "1969-12-31 23:59:59.999999+00"},
	{"t", expr.Time, "23:59:59.1", "23:59:59.100001", "23:59:59.1", "23:59:59.100001"},
}

// neighbourTable has the lower value of every column in rows 1 and 3, the higher
// one in 2 and 5, and NULL in row 4; a column never holds one.
func neighbourTable() Table {
	t := Table{Name: "neighbours", Schema: expr.Schema{
		{Name: "v", Type: expr.Int64}, {Name: "key", Type: expr.String}, {Name: "never", Type: expr.Int64},
	}}
	low, high, null := []any{10, "a", nil}, []any{20, "b", nil}, []any{40, "c", nil}
	for _, n := range neighbours {
		t.Schema = append(t.Schema, expr.Field{Name: n.name, Type: n.typ})
		low, high, null = append(low, n.low), append(high, n.high), append(null, nil)
	}
	t.row(low...)
	t.row(high...)
	low[0], high[0], high[1] = nil, 50, "a"
	t.row(low...)
	t.row(null...)
	t.row(high...)
	return t
}

// near draws a value whose neighbours are drawn as well.
func (d *draw) near(t expr.Type) (any, bool) {
	values, ok := nearValues[t]
	if !d.neighbours || !ok {
		return nil, false
	}
	return pick(d, values...), true
}

var nearValues = map[expr.Type][]any{
	expr.Numeric:    {"5", "5.000000001", "-0.000000001", "0"},
	expr.BigNumeric: {"0.1", "0.10000000000000000000000000000000000001", "-5", "-5.00000000000000000000000000000000000001"},
	expr.String:     {"a", "a ", " a", "A", "a\u0000", "a\u0000b", "é", "e\u0301", "1", "1.0", "", " "},
	expr.Bytes:      {"a", "a\x00", "A", "\xff", "\xfe", ""},
	expr.Date:       {"2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01"},
	expr.DateTime:   {"2024-01-01T00:00:00", "2024-01-01T00:00:00.000001", "2024-01-01T00:00:00.1", "2024-01-01T00:00:00.100001", "2023-12-31T23:59:59.999999"},
	expr.Timestamp:  {"2024-01-01 00:00:00Z", "2024-01-01 00:00:00.000001Z", "2024-01-01 00:00:00.1Z", "2024-01-01 00:00:00.100001Z", "2023-12-31 23:59:59.999999Z", "1969-12-31 23:59:59.5Z"},
	expr.Time:       {"00:00:00", "00:00:00.000001", "00:00:00.1", "00:00:00.100001", "23:59:59.999999"},
}

// schema has a column of every type where neighbours are drawn.
func (d *draw) schema() expr.Schema {
	if !d.neighbours {
		return drawnSchema
	}
	return append(slices.Clone(drawnSchema),
		expr.Field{Name: "bn", Type: expr.BigNumeric}, expr.Field{Name: "bs", Type: expr.Bytes}, expr.Field{Name: "t", Type: expr.Time})
}
