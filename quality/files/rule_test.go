package files_test

import (
	"strings"
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

// csvOf is a file whose second column has the cells, which are parted by |.
func csvOf(t testing.TB, name, cells string) string {
	text := "row," + name + "\n"
	for _, cell := range strings.Split(cells, "|") {
		text += `1,"` + strings.ReplaceAll(cell, `"`, `""`) + "\"\n"
	}
	return write(t, "x.csv", text)
}

func ndjsonOf(t testing.TB, values string) string {
	text := ""
	for _, value := range strings.Split(values, "|") {
		text += `{"x":` + value + "}\n"
	}
	return write(t, "x.ndjson", text)
}

func TestAColumnIsUndecidedWhereACellStandsForNoValue(t *testing.T) {
	for _, odd := range []string{
		"NA", "n/a", "N/A", "NULL", "(null)", "<NULL>", "None", "nil", "<nil>", "<NA>", "NaT", "-", "--", "?", ".", `\N`, "undefined",
		"#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#REF!", "#NUM!", "#NULL!", "Err:502", "err:508", "(error)", "%!d(string=hi)", "%!f(<nil>)",
		"0000-00-00", "0000-00-00 00:00:00", " ", " NA ", "1e999", "-1.5e+400", "2024-01-01T00:00:00.1234567Z", "x", "X",
	} {
		for _, beside := range []string{"1", "2.5", "2024-01-01", "2024-01-01T10:00:00Z", "2024-01-01 10:00:00", "true"} {
			src := open(t, files.Options{}, csvOf(t, "x", beside+"|"+beside+"|"+odd+"|"+beside))
			f := schema(t, src)[1]
			if f.Err == nil || !strings.Contains(f.Err.Error(), "x.csv:4: column \"x\": ") || !strings.Contains(f.Err.Error(), "of 4 cells") {
				t.Errorf("%q beside %s: the type is %s, the error %v", odd, beside, f.Type, f.Err)
			}
			if _, err := read(src, "row"); err != nil {
				t.Errorf("%q spoils another column: %v", odd, err)
			}
		}
	}
}

func TestColumnsThatAreUndecided(t *testing.T) {
	for _, tt := range []struct{ name, cells, want string }{
		{"x", "NA|N/A", `x.csv:2: column "x": "NA" stands for no value (2 of 2 cells)`},
		{"x", "45%|#DIV/0!|100%", `x.csv:3: column "x": "#DIV/0!" stands for no value (1 of 3 cells, beside 2 numbers in dress)`},
		{"x", "+150|-110|+nan||+nan", `x.csv:4: column "x": "+nan" stands for no value (2 of 4 cells, beside 1 number and 1 number in dress)`},
		{"x", "2024-01-01|infinity|-infinity", `x.csv:3: column "x": "infinity" stands for no value (2 of 3 cells, beside 1 date)`},
		{"x", "true|NaN", `x.csv:3: column "x": "NaN" stands for no value (1 of 2 cells, beside 1 boolean)`},
		{"x", "1|2|Did Not Play|3", `x.csv:4: column "x": "Did Not Play" is a word (1 of 4 cells, beside 3 numbers)`},
		{"x", "1|Inactive", `x.csv:3: column "x": "Inactive" is a word (1 of 2 cells, beside 1 number)`},
		{"points", "1|points|2|points", `x.csv:3: column "points": "points" is the column's own name (2 of 4 cells, beside 2 numbers)`},
		{"fg3", "1|FG3|2", `x.csv:3: column "fg3": "FG3" is the column's own name (1 of 3 cells, beside 2 numbers)`},
		{"x", "1|2|2024-01-01|3", `x.csv:4: column "x": "2024-01-01" is DATE (1 of 4 cells, beside 3 numbers)`},
		{"x", "true|1|2", `x.csv:2: column "x": "true" is BOOL (1 of 3 cells, beside 2 numbers)`},
		{"x", "2024-01-01T10:00:00Z|2024-01-01T10:00:00|2024-01-01", `x.csv:2: column "x": "2024-01-01T10:00:00Z" is TIMESTAMP (1 of 3 cells, beside 2 dates)`},
	} {
		f := schema(t, open(t, files.Options{}, csvOf(t, tt.name, tt.cells)))[1]
		if f.Err == nil || !strings.Contains(f.Err.Error(), tt.want) {
			t.Errorf("%s: the error is %v, want %q", tt.cells, f.Err, tt.want)
		}
	}
}

func TestColumnsThatAreTextWithoutAWord(t *testing.T) {
	for _, tt := range []struct{ name, cells, note string }{
		{"x", "10001|90210|02134", ""},
		{"x", "1|2|3|00", ""},
		{"x", "10:00|11:07|-|24:10", `"-" may stand for no value (1 of 4 cells`},
		{"x", "Did Not Play|36:16|NA", `"NA" may stand for no value`},
		{"x", "t|f", ""},
		{"x", "NA|NO|NE", ""},
		{"x", "BOS|LAL|1", ""},
		{"x", "+150|-110|+100", `"+150" is a number in dress (2 of 3 cells, beside 1 number)`},
		{"x", "1,234|999", `"1,234" is a number in dress`},
		{"x", "$5.00|$ 1,200.50|-€3|5 £", "in dress"},
		{"x", "0,25|1,5", "in dress"},
		{"x", " 12|13 ", "in dress"},
		{"points", "points|points|assists", ""},
		{"x", "9223372036854775808|1", ""},
		{"x", "2023-02-29|2024-01-01", ""},
	} {
		path := csvOf(t, tt.name, tt.cells)
		src, err := files.Open([]string{path}, files.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f := schema(t, src)[1]
		if f.Err != nil || f.Type != expr.String {
			t.Errorf("%s: the type is %s, the error %v", tt.cells, f.Type, f.Err)
		}
		if _, err := read(src, "row"); err != nil || len(src.Notes()) > 0 {
			t.Errorf("%s: of a column that nobody reads it is noted %q (%v)", tt.cells, src.Notes(), err)
		}
		if _, err := read(src, tt.name); err != nil {
			t.Errorf("%s: %v", tt.cells, err)
		}
		notes := strings.Join(src.Notes(), "\n")
		if !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
			t.Errorf("%s: the notes are %q, want %q", tt.cells, notes, tt.note)
		}
	}
}

func TestJSONTextsAreClassedBesideBareValues(t *testing.T) {
	for _, tt := range []struct {
		values string
		typ    expr.Type
		want   string // in the error
	}{
		{`1.5|"NaN"|"Infinity"|2`, expr.Float64, ""},
		{`1|"2"`, expr.Int64, ""},
		{`1|"n/a"`, "", `x.ndjson:2: column "x": "n/a" stands for no value (1 of 2 cells, beside 1 number)`},
		{`1|""|2`, "", `"" stands for no value`},
		{`1|"a"|2`, "", `"a" is a word`},
		{`1|"a1"`, expr.String, ""},
		{`1|1e999`, "", `"1e999" is beyond FLOAT64`},
		{`true|"-"`, "", `"-" stands for no value`},
		{`true|1`, "", `no type is that of both`},
		{`"2024-02-29"|20240229`, "", "no type is that of both"},
		{`"2024-02-29"|"NA"`, "", `"NA" stands for no value (1 of 2 cells, beside 1 date)`},
		{`"2024-02-29"|""`, "", `"" stands for no value`},
		{`"2024-02-29"|"2024-02-29T10:00:00"`, expr.DateTime, ""},
		{`"2024-02-29"|"later"`, expr.String, ""},
		{`"NaN"|"NaN"`, "", `"NaN" stands in quotes (2 of 2 cells)`},
		{`"5"|"6"`, expr.String, ""},
		{`""|""`, expr.String, ""},
		{`"NA"|"BOS"`, expr.String, ""},
		{`"1"|"NaN"`, expr.String, ""},
	} {
		f := schema(t, open(t, files.Options{}, ndjsonOf(t, tt.values)))[0]
		switch {
		case tt.want == "" && (f.Err != nil || f.Type != tt.typ):
			t.Errorf("%s: the type is %s, want %s (%v)", tt.values, f.Type, tt.typ, f.Err)
		case tt.want != "" && (f.Err == nil || !strings.Contains(f.Err.Error(), tt.want)):
			t.Errorf("%s: the error is %v, want %q", tt.values, f.Err, tt.want)
		}
	}
}

func TestDeclaringMendsAColumn(t *testing.T) {
	cells := "1.5|n/a|NaN|Did Not Play"
	for _, tt := range []struct {
		opts files.Options
		want string
	}{
		{files.Options{Dialect: dialect.Dialect{Nulls: []string{"n/a", "Did Not Play"}}}, "1.5 NULL FLOAT64 'NaN' NULL"},
		{files.Options{Types: map[string]expr.Type{"X": expr.String}}, "'1.5' 'n/a' 'NaN' 'Did Not Play'"},
		{files.Options{Types: map[string]expr.Type{"x": expr.Float64}, Dialect: dialect.Dialect{Nulls: []string{"n/a", "Did Not Play"}}}, "1.5 NULL FLOAT64 'NaN' NULL"},
	} {
		got, err := read(open(t, tt.opts, csvOf(t, "x", cells)), "x")
		if err != nil {
			t.Fatal(err)
		}
		var flat []string
		for _, row := range got {
			flat = append(flat, row...)
		}
		if text := strings.Join(flat, " "); text != tt.want {
			t.Errorf("the cells are %s, want %s", text, tt.want)
		}
	}
}

// A check that declares the odd cells missing itself reads the column with NULL for
// them; another check on the column stays unknown.
func TestMissingOfACheckDecidesForThatCheck(t *testing.T) {
	src := open(t, files.Options{}, csvOf(t, "x", "NaN|NaN|0.25|n/a"))
	missing := func(texts ...string) []expr.Value {
		var out []expr.Value
		for _, s := range texts {
			v, err := expr.ValueOf(s)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, v)
		}
		return out
	}
	got := judge(t, src, quality.Rule{Check: checks.Complete{Columns: []string{"x"}, Missing: missing("n/a")}})
	if want := quality.ObservedShare(1, 4); got.Verdict != quality.Fail || *got.Findings[0].Observed != *want {
		t.Errorf("with missing: %s, %+v", got.Verdict, got.Findings)
	}
	for _, texts := range [][]string{nil, {"NA"}} {
		if got := judge(t, src, quality.Rule{Check: checks.Complete{Columns: []string{"x"}, Missing: missing(texts...)}}); got.Verdict != quality.Unknown {
			t.Errorf("missing %v: %s: %s", texts, got.Verdict, got.Reason)
		}
	}
	clean := open(t, files.Options{}, csvOf(t, "x", "1|0.25"))
	if got := judge(t, clean, quality.Rule{Check: checks.Complete{Columns: []string{"x"}, Missing: missing("n/a")}}); got.Verdict != quality.Pass {
		t.Errorf("a file without the word: %s: %s", got.Verdict, got.Reason)
	}
}

// What the first rows seem to be is held against all of them.
func TestAGuessIsRevised(t *testing.T) {
	many := strings.Repeat("1,1,2024-01-01,\n", 100_000)
	complete := func(c string) quality.Rule { return quality.Rule{Check: checks.Complete{Columns: []string{c}}} }
	for _, tt := range []struct {
		last, column string
		typ          expr.Type
		verdict      quality.Verdict
	}{
		{"1,2.5,2024-01-02,7", "a", expr.Float64, quality.Pass},
		{"1,007,2024-01-02,7", "a", expr.String, quality.Pass},
		{"1,n/a,2024-01-02,7", "a", expr.Int64, quality.Unknown},
		{"1,1,2024-01-02 10:00:00,7", "b", expr.DateTime, quality.Pass},
		{"1,1,2024-01-02,7", "c", expr.Int64, quality.Fail},
	} {
		src := open(t, files.Options{}, write(t, "x.csv", "k,a,b,c\n"+many+tt.last+"\n"))
		if got := judge(t, src, complete(tt.column)); got.Verdict != tt.verdict {
			t.Errorf("%s: %s, want %s: %s", tt.last, got.Verdict, tt.verdict, got.Reason)
		}
		s := schema(t, src)
		for _, f := range s {
			if f.Name == tt.column && f.Type != tt.typ {
				t.Errorf("%s: the type is %s, want %s", tt.last, f.Type, tt.typ)
			}
		}
	}
}

// A predicate that does not fit a guess is tried again with what all rows say, and so
// is a key that only later objects have.
func TestAGuessIsNoMistakeYet(t *testing.T) {
	src := open(t, files.Options{}, write(t, "x.ndjson", strings.Repeat("{\"a\":null}\n", 100_000)+"{\"a\":3,\"late\":1}\n"))
	got := judge(t, src, quality.Rule{Check: checks.Complete{Columns: []string{"late"}}, Where: expr.Col("a").Gt(2)})
	if got.Verdict != quality.Pass {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}
