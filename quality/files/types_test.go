package files_test

import (
	"strings"
	"testing"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

func TestTypesAreInferredFromCanonicalCells(t *testing.T) {
	for _, tt := range []struct {
		cells string // parted by |
		want  expr.Type
	}{
		{"0|1|-1|", expr.Int64},
		{"9223372036854775807|-9223372036854775808", expr.Int64},
		{"9223372036854775808", expr.String},
		{"-9223372036854775809", expr.String},
		{"1|123456789012345678901", expr.String},
		{"-0", expr.Float64},
		{"-0|1", expr.Float64},
		{"1.0E7|-1.5E-4|.5|1.", expr.Float64},
		{"1e15|1e20", expr.Float64},
		{"007", expr.String},
		{"1|01", expr.String},
		{"-01", expr.String},
		{"+1", expr.String},
		{"1|2.5", expr.Float64},
		{"1.0|-0.5|0.0", expr.Float64},
		{"1e+20|5.5E-05", expr.Float64},
		{"12e4", expr.String},
		{"1e+", expr.String},
		{"1.2.3", expr.String},
		{"1_000", expr.String},
		{"0x10", expr.String},
		{" 1", expr.String},
		{"NaN|Infinity|-Infinity|inf|-inf|nan||+Inf", expr.Float64},
		{"1|NaN", expr.Float64},
		{"2024-02-29|", expr.Date},
		{"2023-02-29", expr.String},
		{"2024-2-9", expr.String},
		{"2024-02-29T10:00:00Z|2024-02-29 10:00:00.123456+00|2024-02-29 10:00:00 UTC|2024-02-29 10:00:00-05:30", expr.Timestamp},
		{"2024-02-29 10:00:00|2024-02-29T10:00:00.5|2024-02-29T10:00:00.123456000", expr.DateTime},
		{"2024-02-29|2024-02-29T10:00:00", expr.DateTime},
		{"2024-02-29T25:00:00Z", expr.String},
		{"2024-02-29Z", expr.String},
		{"2024-02-29 10:00Z", expr.String},
		{"true|false|TRUE|False", expr.Bool},
		{"t", expr.String},
		{"||", expr.Null},
	} {
		text := "row,x\n"
		for _, cell := range strings.Split(tt.cells, "|") {
			text += "1," + cell + "\n"
		}
		got := schema(t, open(t, files.Options{}, write(t, "x.csv", text)))[1].Type
		if got != tt.want {
			t.Errorf("%s: the type is %s, want %s", tt.cells, got, tt.want)
		}
	}
}

func TestJSONTypesAreInferred(t *testing.T) {
	for _, tt := range []struct {
		values string // parted by |
		want   expr.Type
	}{
		{`1|-2|null`, expr.Int64},
		{`9007199254740993`, expr.Int64},
		{`1|2.0`, expr.Float64},
		{`1e5`, expr.Float64},
		{`0.5|100000000000000000000`, expr.Float64},
		{`12345678901234567890`, expr.String},
		{`"2024-02-29"|null`, expr.Date},
		{`"2024-02-29"|"tomorrow"`, expr.String},
		{`"2024-02-29T10:00:00Z"`, expr.Timestamp},
		{`"2024-02-29 10:00:00"`, expr.DateTime},
		{`"5"`, expr.String},
		{`"true"`, expr.String},
		{`""`, expr.String},
		{`true|false`, expr.Bool},
		{`{}|{"a":1}|null`, "STRUCT<a INT64>"},
		{`{}|{}`, "STRUCT"},
		{`{"a":{"b":[]}}|{"a":{"b":[{"c":null}],"C":"x"}}`, "STRUCT<a STRUCT<b ARRAY<STRUCT<c NULL>>, C STRING>>"},
		{`{"a":1}|[1]`, "JSON"},
		{`[]|[1]`, "ARRAY<INT64>"},
		{`[]|[]`, "ARRAY<NULL>"},
		{`[[1]]|[[2]]`, "ARRAY"},
		{`[1]|[0.5,null]|null`, "ARRAY<FLOAT64>"},
		{`[]|{}`, "JSON"},
		{`"a"|{}`, "JSON"},
		{`null|null`, expr.Null},
	} {
		text := ""
		for _, value := range strings.Split(tt.values, "|") {
			text += `{"x":` + value + "}\n"
		}
		src := open(t, files.Options{}, write(t, "x.ndjson", text))
		if got := schema(t, src)[0].Type; got != tt.want {
			t.Errorf("%s: the type is %s, want %s", tt.values, got, tt.want)
		}
		if _, err := read(src, "x"); err != nil {
			t.Errorf("%s: %v", tt.values, err)
		}
	}
}

// The last cell of the last file decides as much as the first.
func TestTypesAreInferredFromEveryFile(t *testing.T) {
	long := "id\n" + strings.Repeat("1\n", 10_000)
	a, b := write(t, "a.csv", long), write(t, "b.csv.gz", long+"0022300061\n")
	if got := schema(t, open(t, files.Options{}, a, b))[0].Type; got != expr.String {
		t.Errorf("the type is %s, want STRING", got)
	}
	if got := schema(t, open(t, files.Options{}, a))[0].Type; got != expr.Int64 {
		t.Errorf("without the last file the type is %s, want INT64", got)
	}
}

func TestDeclaredTypesReadWhatTheyCan(t *testing.T) {
	for _, tt := range []struct {
		typ  expr.Type
		cell string
	}{
		{expr.String, "0022300061"},
		{expr.Int64, "+15"},
		{expr.Int64, "007"},
		{expr.Float64, "12e4"},
		{expr.Float64, "5"},
		{expr.Numeric, "1.10"},
		{expr.Timestamp, "2024-02-29 10:00:00"},
		{expr.DateTime, "2024-02-29T10:00:00"},
		{expr.Bool, "tRUE"},
		{expr.Date, "2024-02-29"},
	} {
		want, err := expr.ParseValue(tt.typ, tt.cell)
		if err != nil {
			t.Fatal(err)
		}
		src := open(t, files.Options{Types: map[string]expr.Type{"X": tt.typ}}, write(t, "x.csv", "x,y\n"+tt.cell+",1\n,2\n"))
		got, err := read(src, "x")
		if err != nil {
			t.Errorf("%s as %s: %v", tt.cell, tt.typ, err)
			continue
		}
		if got[0][0] != want.SQL() || got[1][0] != "NULL" {
			t.Errorf("%s as %s: read as %s and an empty cell as %s, want %s and NULL", tt.cell, tt.typ, got[0][0], got[1][0], want.SQL())
		}
	}
}

func TestNumbersOfJSONKeepTheirDigits(t *testing.T) {
	src := open(t, files.Options{}, write(t, "x.json", `{"small":9007199254740993,"big":12345678901234567890,"mixed":1.10}`+"\n"+`{"mixed":"a1"}`))
	got, err := read(src, "small", "big", "mixed")
	if err != nil {
		t.Fatal(err)
	}
	if row := strings.Join(got[0], " "); row != "9007199254740993 '12345678901234567890' '1.10'" {
		t.Errorf("the row is %s", row)
	}
}
