package files_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

func TestFilesAreReadAsTheyAreDeclaredToBeWritten(t *testing.T) {
	types := func(pairs ...string) map[string]expr.Type {
		out := map[string]expr.Type{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = expr.Type(pairs[i+1])
		}
		return out
	}
	times := func(column, format, zone string) map[string]dialect.Time {
		return map[string]dialect.Time{column: {Format: format, Zone: zone}}
	}
	for name, tt := range map[string]struct {
		text  string
		opts  files.Options
		typ   expr.Type // of x
		cells string    // of x
	}{
		"semicolons":           {"k;x\n1;\"a;b\"\n", files.Options{Dialect: dialect.Dialect{Delimiter: ";"}}, expr.String, "'a;b'"},
		"tabs":                 {"k\tx\n1\t2\n", files.Options{Dialect: dialect.Dialect{Delimiter: `\t`}}, expr.Int64, "2"},
		"lines before":         {"Report \"of\ntoday\n\nk,x\n1,2\n", files.Options{Dialect: dialect.Dialect{SkipLines: 3}}, expr.Int64, "2"},
		"commas":               {"k;x\n1;0,25\n2;-1\n", files.Options{Dialect: dialect.Dialect{Delimiter: ";", Decimal: ","}}, expr.Float64, "0.25 -1.0"},
		"thousands":            {"k;x\n1;1,234\n2;12\n3;-1,234,567\n", files.Options{Dialect: dialect.Dialect{Delimiter: ";", Thousands: ","}}, expr.Int64, "1234 12 -1234567"},
		"thousands of another": {"k;x\n1;1.234,5\n2;12\n", files.Options{Dialect: dialect.Dialect{Delimiter: ";", Thousands: ".", Decimal: ","}}, expr.Float64, "1234.5 12.0"},
		"groups that are none": {"k;x\n1;1,23\n2;12\n", files.Options{Dialect: dialect.Dialect{Delimiter: ";", Thousands: ","}}, expr.String, "'1,23' '12'"},
		"a declared decimal":   {"k;x\n1;1.234,5\n", files.Options{Types: types("x", "NUMERIC"), Dialect: dialect.Dialect{Delimiter: ";", Thousands: ".", Decimal: ","}}, expr.Numeric, "NUMERIC '1234.5'"},
		"nulls":                {"k,x\n1,NA\n2,-999\n3,5\n", files.Options{Dialect: dialect.Dialect{Nulls: []string{"NA", "-999"}}}, expr.Int64, "NULL NULL 5"},
		"nulls of a text":      {"k,x\n1,none\n2,a\n", files.Options{Dialect: dialect.Dialect{Nulls: []string{"none"}}}, expr.String, "NULL 'a'"},
		"empty lines":          {"k,x\n1,2\n\n\n3,4\n", files.Options{Dialect: dialect.Dialect{BlankLines: dialect.Skip}}, expr.Int64, "2 4"},
		"days first":           {"k,x\n1,31/12/2023\n", files.Options{Dialect: dialect.Dialect{Times: times("X", "%d/%m/%Y", "")}}, expr.Date, "DATE '2023-12-31'"},
		"months by name":       {"k,x\n1,\"Tue Oct 24, 2023\"\n", files.Options{Dialect: dialect.Dialect{Times: times("x", "%a %b %d, %Y", "")}}, expr.Date, "DATE '2023-10-24'"},
		"twelve hours":         {"k,x\n1,10/24/23 07:30 PM\n", files.Options{Dialect: dialect.Dialect{Times: times("x", "%D %I:%M %p", "")}}, expr.DateTime, "DATETIME '2023-10-24 19:30:00'"},
		"a zone":               {"k,x\n1,24.10.2023 19:30\n", files.Options{Dialect: dialect.Dialect{Times: times("x", "%d.%m.%Y %H:%M", "America/New_York")}}, expr.Timestamp, "TIMESTAMP '2023-10-24 23:30:00+00'"},
		"a zone of ISO times":  {"k,x\n1,2023-10-24T19:30:00\n", files.Options{Dialect: dialect.Dialect{Times: times("x", "", "America/New_York")}}, expr.Timestamp, "TIMESTAMP '2023-10-24 23:30:00+00'"},
		"a zone in the cell":   {"k,x\n1,2023-10-24 19:30 -0400\n", files.Options{Dialect: dialect.Dialect{Times: times("x", "%F %R %z", "")}}, expr.Timestamp, "TIMESTAMP '2023-10-24 23:30:00+00'"},
		"seconds since 1970":   {"k,x\n1,-86400\n", files.Options{Dialect: dialect.Dialect{Times: times("x", "%s", "")}}, expr.Timestamp, "TIMESTAMP '1969-12-31 00:00:00+00'"},
		"CR":                   {"k,x\r1,2\r3,4", files.Options{}, expr.Int64, "2 4"},
		"the file's name":      {"k,y\n1,2\n", files.Options{Dialect: dialect.Dialect{FileColumn: "x"}}, expr.String, "'USW00094728'"},
	} {
		src := open(t, tt.opts, write(t, "USW00094728.csv", tt.text))
		f, err := schema(t, src).Field("x")
		if err != nil || f.Type != tt.typ {
			t.Errorf("%s: the type is %s, want %s (%v)", name, f.Type, tt.typ, err)
			continue
		}
		got, err := read(src, "x")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var cells []string
		for _, row := range got {
			cells = append(cells, row...)
		}
		if diff := cmp.Diff(tt.cells, strings.Join(cells, " ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestJSONHasOneWayOfWritingNumbers(t *testing.T) {
	opts := files.Options{Dialect: dialect.Dialect{Decimal: ",", Thousands: ".", Nulls: []string{"-999", ""}}}
	got, err := read(open(t, opts, ndjsonOf(t, `1.5|"2,5"|"1.234,5"|-999|""|null`)), "x")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"1.5"}, {"2.5"}, {"1234.5"}, {"NULL"}, {"NULL"}, {"NULL"}}, got); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
}

func TestTheFilesNameIsNoKeyOfAnObject(t *testing.T) {
	path := write(t, "a.ndjson", strings.Repeat("{\"k\":1}\n", 50_000)+"{\"k\":1,\"file\":\"b\"}\n")
	_, err := read(open(t, files.Options{Dialect: dialect.Dialect{FileColumn: "file"}}, path), "file")
	wantError(t, "a later key", short(err, path), `a.ndjson:50001: column "file": the file's name was to be called so: choose another name for it`)
}

func TestADeclaredFormatShowsTheCellsThatAreOtherwise(t *testing.T) {
	path := write(t, "a.csv", "x\n31/12/2023\n2023-12-31\n")
	_, err := read(open(t, files.Options{Dialect: dialect.Dialect{Times: map[string]dialect.Time{"x": {Format: "%d/%m/%Y"}}}}, path), "x")
	wantError(t, "a date", short(err, path), `a.csv:3: column "x": "2023-12-31" is no DATE (mend the cell, or declare what stands for no value, nulls)`)
	for _, cell := range []string{"32/12/2023", "29/02/2023", "1/13/2023", "31/12/2023 ", "31/12/23"} {
		path := write(t, "a.csv", "x\n"+cell+"\n")
		if got, err := read(open(t, files.Options{Dialect: dialect.Dialect{Times: map[string]dialect.Time{"x": {Format: "%d/%m/%Y"}}}}, path), "x"); err == nil {
			t.Errorf("%q is read as %v", cell, got)
		}
	}
}

func TestColumnsThatSomeFilesLack(t *testing.T) {
	paths := []string{write(t, "a.csv", "k,A\n1,5\n"), write(t, "b.csv", "a,B,k\n6,x,2\n"), write(t, "c.csv", "K\n3\n")}
	want := [][]string{{"1", "5", "NULL"}, {"2", "6", "'x'"}, {"3", "NULL", "NULL"}}
	for name, opts := range map[string]files.Options{
		"null":     {Dialect: dialect.Dialect{MissingColumns: dialect.Null}},
		"declared": {Types: map[string]expr.Type{"b": expr.String, "a": expr.Int64}},
	} {
		got, err := read(open(t, opts, paths...), "k", "a", "b")
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	_, err := read(open(t, files.Options{}, paths...), "k")
	wantError(t, "neither", short(err, paths...), `b.csv: it has a column "B", which a.csv has not (did you mean "A"?): where that is right, declare the column, or missing_columns: null`)
}

func TestAFileWithoutRowsIsTold(t *testing.T) {
	src, err := files.Open([]string{write(t, "a.csv", "k\n1\n"), write(t, "b.csv", "k\n")}, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read(src, "k"); err != nil {
		t.Fatal(err)
	}
	if notes := src.Notes(); len(notes) != 1 || !strings.HasSuffix(notes[0], "b.csv: it has a header and no row") {
		t.Errorf("the notes are %q", notes)
	}
}

func TestWhatMakesNoSenseIsNotDeclared(t *testing.T) {
	path := write(t, "a.csv", "x\n1\n")
	for want, d := range map[string]dialect.Dialect{
		"delimiter":              {Delimiter: ";;"},
		"is not one byte":        {Delimiter: `"`},
		"skip_lines -1":          {SkipLines: -1},
		"decimal \"x\"":          {Decimal: "x"},
		"thousands \"x\"":        {Thousands: "x"},
		"both \",\"":             {Decimal: ",", Thousands: ","},
		"blank_lines":            {BlankLines: "keep"},
		"missing_columns":        {MissingColumns: "skip"},
		"no element of dates":    {Times: map[string]dialect.Time{"x": {Format: "%Q"}}},
		"year, month and day":    {Times: map[string]dialect.Time{"x": {Format: "%d/%m"}}},
		"ends within an element": {Times: map[string]dialect.Time{"x": {Format: "%Y-%m-%"}}},
		"is no time zone":        {Times: map[string]dialect.Time{"x": {Zone: "Nowhere/Else"}}},
	} {
		if _, err := files.Open([]string{path}, files.Options{Dialect: d}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: the error is %v, want %q", d, err, want)
		}
	}
}
