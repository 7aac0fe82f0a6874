package files_test

import (
	"strings"
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files"
)

func TestTypesAreInferredFromCanonicalCells(t *testing.T) {
	for _, tt := range []struct {
		cells string // parted by |
		want  quality.Type
	}{
		{"0|1|-1|", quality.Int64},
		{"9223372036854775807|-9223372036854775808", quality.Int64},
		{"9223372036854775808", quality.String},
		{"-9223372036854775809", quality.String},
		{"1|123456789012345678901", quality.String},
		{"-0", quality.Float64},
		{"-0|1", quality.Float64},
		{"007", quality.String},
		{"1|01", quality.String},
		{"-01", quality.String},
		{"+1", quality.String},
		{"1|2.5", quality.Float64},
		{"1.0|-0.5|0.0", quality.Float64},
		{"1e+20|5.5E-05", quality.Float64},
		{"12e4", quality.String},
		{"1e+", quality.String},
		{"1.e+5", quality.String},
		{"1e+400", quality.String},
		{".5", quality.String},
		{"5.", quality.String},
		{"1.2.3", quality.String},
		{"1_000", quality.String},
		{"0x10", quality.String},
		{" 1", quality.String},
		{"-", quality.String},
		{"NaN|Infinity|-Infinity|inf|-inf|nan||+Inf", quality.Float64},
		{"1|NaN", quality.Float64},
		{"NaN|Nanette", quality.String},
		{"2024-02-29|", quality.Date},
		{"2023-02-29", quality.String},
		{"2024-2-9", quality.String},
		{"2024-02-29|2024-02-29T10:00:00Z", quality.String},
		{"2024-02-29T10:00:00Z|2024-02-29 10:00:00.123456+00|2024-02-29 10:00:00 UTC|2024-02-29 10:00:00-05:30", quality.Timestamp},
		{"2024-02-29 10:00:00", quality.String},
		{"2024-02-29T25:00:00Z", quality.String},
		{"2024-02-29Z", quality.String},
		{"2024-02-29 10:00Z", quality.String},
		{"true|false|TRUE|False", quality.Bool},
		{"true|tRUE", quality.String},
		{"true|1", quality.String},
		{"t", quality.String},
		{"1|x", quality.String},
		{"1|2024-02-29", quality.String},
		{"||", quality.Null},
		{" ", quality.String},
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
		want   quality.Type
	}{
		{`1|-2|null`, quality.Int64},
		{`9007199254740993`, quality.Int64},
		{`1|2.0`, quality.Float64},
		{`1e5`, quality.Float64},
		{`0.5|100000000000000000000`, quality.Float64},
		{`12345678901234567890`, quality.String},
		{`1e400`, quality.String},
		{`"2024-02-29"|null`, quality.Date},
		{`"2024-02-29"|"tomorrow"`, quality.String},
		{`"2024-02-29T10:00:00Z"`, quality.Timestamp},
		{`"2024-02-29 10:00:00"`, quality.String},
		{`"5"`, quality.String},
		{`"NaN"`, quality.String},
		{`"true"`, quality.String},
		{`""`, quality.String},
		{`true|false`, quality.Bool},
		{`true|1`, quality.String},
		{`1|"a"`, quality.String},
		{`"2024-02-29"|20240229`, quality.String},
		{`{}|{"a":1}|null`, "STRUCT"},
		{`[]|[1]`, "ARRAY"},
		{`[]|{}`, "JSON"},
		{`"a"|{}`, "JSON"},
		{`null|null`, quality.Null},
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
	if got := schema(t, open(t, files.Options{}, a, b))[0].Type; got != quality.String {
		t.Errorf("the type is %s, want STRING", got)
	}
	if got := schema(t, open(t, files.Options{}, a))[0].Type; got != quality.Int64 {
		t.Errorf("without the last file the type is %s, want INT64", got)
	}
}

func TestDeclaredTypesReadWhatTheyCan(t *testing.T) {
	for _, tt := range []struct {
		typ  quality.Type
		cell string
	}{
		{quality.String, "0022300061"},
		{quality.Int64, "+15"},
		{quality.Int64, "007"},
		{quality.Float64, "12e4"},
		{quality.Float64, "5"},
		{quality.Numeric, "1.10"},
		{quality.Timestamp, "2024-02-29 10:00:00"},
		{quality.DateTime, "2024-02-29T10:00:00"},
		{quality.Bool, "tRUE"},
		{quality.Date, "2024-02-29"},
	} {
		want, err := quality.ParseValue(tt.typ, tt.cell)
		if err != nil {
			t.Fatal(err)
		}
		src := open(t, files.Options{Types: map[string]quality.Type{"X": tt.typ}}, write(t, "x.csv", "x,y\n"+tt.cell+",1\n,2\n"))
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
	src := open(t, files.Options{}, write(t, "x.json", `{"small":9007199254740993,"big":12345678901234567890,"mixed":1.10}`+"\n"+`{"mixed":"a"}`))
	got, err := read(src, "small", "big", "mixed")
	if err != nil {
		t.Fatal(err)
	}
	if row := strings.Join(got[0], " "); row != "9007199254740993 '12345678901234567890' '1.10'" {
		t.Errorf("the row is %s", row)
	}
}
