package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// put makes a file of bytes as they are.
func put(t testing.TB, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantError(t *testing.T, what string, err error, want string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error, want %q", what, want)
		return
	}
	if got := err.Error(); got != want {
		t.Errorf("%s: the error is\n\t%s\nwant\n\t%s", what, got, want)
	}
}

// short takes the folders out of an error.
func short(err error, paths ...string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, p := range paths {
		text = strings.ReplaceAll(text, p, filepath.Base(p))
	}
	return plainError(text)
}

type plainError string

func (e plainError) Error() string { return string(e) }

func TestBrokenFilesAreNamedWithTheirLine(t *testing.T) {
	rows := "a,b\n" + strings.Repeat("1,2\n", 20_000)
	packed := string(gzipped(t, rows))
	for _, tt := range []struct {
		name, data, want string
	}{
		{"x.csv", "", "x.csv: the file is empty, which a finished one never is"},
		{"x.csv", "\ufeff", "x.csv: it has no header: the first line must name the columns"},
		{"x.csv", "\n\r\n", "x.csv: it has no header: the first line must name the columns"},
		{"x.csv.gz", "", "x.csv.gz: the file is empty, which a finished one never is"},
		{"x.csv.gz", string(gzipped(t, "")), "x.csv.gz: it has no header: the first line must name the columns"},
		{"x.csv.gz", "a,b\n", "x.csv.gz: it is not gzipped, though its name says so"},
		{"x.csv.gz", packed[:5], "x.csv.gz: the file is cut short after line 0: unexpected EOF"},
		{"x.csv.gz", packed[:len(packed)-1], "x.csv.gz: the file is cut short after line 20001: unexpected EOF"},
		{"x.csv.gz", packed[:len(packed)-6] + "xx" + packed[len(packed)-4:], "x.csv.gz: the file is damaged after line 20001: gzip: invalid checksum"},
		{"x.csv.gz", packed + "tail of something else", "x.csv.gz: the file is damaged after line 20001: gzip: invalid header"},
		{"x.csv", packed, "x.csv: it is gzipped: its name must end in .gz"},
		{"x.csv", "a,b\n1,2\n3\n", "x.csv:3: the row has 1 cell, the header has 2"},
		{"x.csv", "a,b\n1,2\n3,4,5\n", "x.csv:3: the row has 3 cells, the header has 2: a cell with a comma needs quotes"},
		{"x.csv", "a,b\n1,2\n\n3,4,5\n", "x.csv:4: the row stands behind an empty line, where another table could begin: take the line out, or declare blank_lines: skip"},
		{"x.csv", "a,b\n1,2\na,b\n", "x.csv:3: the row is the header once more: were files put together? Take it out"},
		{"x.csv", "a,b\n1,2\r3\n", `x.csv:2: a lone CR stands behind "2", and lines end with LF elsewhere: put the cell in quotes, or write one line end`},
		{"x.csv", "a,b\r1,2\n3\r", `x.csv:2: a lone LF stands behind "2", and lines end with CR elsewhere: put the cell in quotes, or write one line end`},
		{"x.csv", "a,b\n1,\"2\n3\"\n4\n", "x.csv:4: the row has 1 cell, the header has 2"},
		{"x.csv", "a,b\n1,2\"\n", `x.csv:2: cell 2: "2\"" has a " within: put the cell in quotes and double those within`},
		{"x.csv", "a,b\n\"1\"2,3\n", `x.csv:2: cell 1: "\"1\"2,3" goes on behind its closing quote: double the quotes within`},
		{"x.csv", "a,b\n1,\"2\n3,4\n", "x.csv:2: a quote opens here that is never closed"},
		{"x.csv", "a,b\n1,\xe9t\xe9\n", `x.csv:2: column "b": "\xe9t\xe9" is not UTF-8: write the file as UTF-8`},
		{"x.csv", "a,\xe9\n1,2\n", `x.csv:1: the text is not UTF-8: write the file as UTF-8: the header is "a,\xe9"`},
		{"x.csv", "a,\"b\n1,2\n", `x.csv:1: a quote opens here that is never closed: the header is "a,\"b\n1,2"`},
		{"x.csv", "# éà\na,b\n", `x.csv:2: the row has 2 cells, the header, "# éà", has 1: where the table begins later declare skip_lines, where cells end otherwise delimiter; a cell with a ',' needs quotes`},
		{"x.csv", "\xff\xfea\x00\n\x00", "x.csv:1: the text is UTF-16: write it as UTF-8"},
		{"x.ndjson", "", "x.ndjson: the file is empty, which a finished one never is"},
		{"x.ndjson.gz", string(gzipped(t, "")), "x.ndjson.gz: the file is empty, which a finished one never is"},
		{"x.ndjson", "{\"a\":1}\n\n{\"a\":}\n", `x.ndjson:3: "{\"a\":}" is no JSON: invalid character '}' looking for beginning of value (an object must stand on one line)`},
		{"x.ndjson", "{\"a\":1}\n{\"a\":", `x.ndjson:2: "{\"a\":" is no JSON: unexpected end of JSON input (an object must stand on one line)`},
		{"x.ndjson", "{\"a\":1}\n7\n", `x.ndjson:2: "7" is no JSON object: write one object a line`},
		{"x.ndjson", strings.Repeat(`{"a\"b":1,"a":1}`+"\n", 30_000) + `{"a"b":2}`, `x.ndjson:30001: "{\"a\"b\":2}" is no JSON: invalid character 'b' after object key (an object must stand on one line)`},
		{"x.ndjson", strings.Repeat(`{"a\tb":1,"a":1}`+"\n", 30_000) + "{\"a\tb\":2}", `x.ndjson:30001: "{\"a\tb\":2}" is no JSON: invalid character '\t' in string literal (an object must stand on one line)`},
		{"x.json", "[{\"a\":1}]\n", "x.json:1: it is a JSON array: write one object a line, without brackets and commas"},
		{"x.ndjson", `{"a":1,"b":2,"\u0061":3}`, `x.ndjson:1: the object has the key "a" twice (case makes no difference)`},
		{"x.ndjson", `{"a":1,"b":2}` + "\n" + `{"b":1,"A":2,"a":3}`, `x.ndjson:2: the object has the key "a" twice (case makes no difference)`},
		{"x.ndjson", `{"É":1,"a":2,"é":3}`, `x.ndjson:1: the object has the key "é" twice (case makes no difference)`},
		{"x.ndjson", "{\"a\":\"\xe9\"}", `x.ndjson:1: column "a": "\xe9" is not UTF-8: write the file as UTF-8`},
		{"x.ndjson", `{"a":"\ud83d"}`, `x.ndjson:1: column "a": "\"\\ud83d\"" has half of a surrogate pair, which is no text`},
	} {
		path := put(t, tt.name, tt.data)
		_, err := read(open(t, files.Options{}, path), "a")
		wantError(t, tt.name, short(err, path), tt.want)
	}
}

func TestAFileThatCannotBeOpenedIsNamed(t *testing.T) {
	folder := t.TempDir()
	twice := put(t, "a.csv", "a\n1\n")
	for _, tt := range []struct {
		paths []string
		opts  files.Options
		want  string
	}{
		{nil, files.Options{}, "no file is named"},
		{[]string{folder + "/none.csv"}, files.Options{}, "stat " + folder + "/none.csv: no such file or directory"},
		{[]string{folder}, files.Options{}, folder + " is a directory: name the files in it, for example " + folder + "/*.csv"},
		{[]string{twice, filepath.Dir(twice) + "/./a.csv"}, files.Options{}, filepath.Dir(twice) + "/./a.csv is named twice (as " + twice + "): its rows would count twice"},
		{[]string{put(t, "a.txt", "a\n1\n")}, files.Options{}, "a.txt: the name does not tell the format: it must end in .csv, .ndjson, .jsonl or .json, with or without .gz, or in .parquet"},
		{[]string{twice}, files.Options{Types: map[string]expr.Type{"a": "STRUCT"}}, `column "a" cannot be declared "STRUCT"`},
		{[]string{twice}, files.Options{Types: map[string]expr.Type{"": "STRING"}}, `column "" cannot be declared "STRING"`},
	} {
		_, err := files.Open(tt.paths, tt.opts)
		if len(tt.paths) == 1 && filepath.Ext(tt.paths[0]) == ".txt" {
			err = short(err, tt.paths[0])
		}
		wantError(t, strings.Join(tt.paths, " "), err, tt.want)
	}
}

func TestAFileThatGoesAwayIsNamed(t *testing.T) {
	path := put(t, "a.csv", "a\n1\n")
	src := open(t, files.Options{}, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_, err := src.Schema(t.Context())
	wantError(t, "a removed file", short(err, path), "open a.csv: no such file or directory")
}

func TestDeclaredColumnsMustBeThere(t *testing.T) {
	path := put(t, "a.csv", "usage_rate,PTS,PTS\n1,2,3\n")
	for name, want := range map[string]string{
		"usage_rat": `declared STRING: there is no column "usage_rat" (did you mean "usage_rate"?)`,
		"PTS":       `declared STRING: there are several columns "PTS": rename one of them`,
	} {
		_, err := open(t, files.Options{Types: map[string]expr.Type{name: expr.String}}, path).Schema(t.Context())
		wantError(t, name, err, want)
	}
}

func TestACellThatDoesNotParseSpoilsItsColumnOnly(t *testing.T) {
	bad := map[int]string{5000: "n/a", 6000: "-"}
	text := "id,usage_rate\n"
	for i := range 10_000 {
		cell := "20.5"
		if b, ok := bad[i]; ok {
			cell = b
		}
		text += "x," + cell + "\n"
	}
	path := write(t, "player_game.csv.gz", text)
	src := open(t, files.Options{Types: map[string]expr.Type{"usage_rate": expr.Float64}}, path)
	const want = `player_game.csv.gz:5002: column "usage_rate": "n/a" is no FLOAT64 (mend the cell, or declare what stands for no value, nulls)`
	rows := 0
	for batch, err := range src.Scan(t.Context(), []string{"usage_rate", "id"}) {
		if err != nil {
			t.Fatal(err)
		}
		spoilt := rows+batch.Rows > 5000
		if got := batch.Columns[0].Err; spoilt {
			wantError(t, "usage_rate", short(got, path), want)
		} else if got != nil {
			t.Errorf("before the cell: %v", got)
		}
		if err := batch.Columns[1].Err; err != nil {
			t.Errorf("id is spoilt too: %v", err)
		}
		rows += batch.Rows
	}
	if rows != 10_000 {
		t.Errorf("%d rows, want 10000", rows)
	}
}

func TestNestedCellsCannotBeDeclared(t *testing.T) {
	path := put(t, "a.ndjson", `{"a":{}}`)
	_, err := read(open(t, files.Options{Types: map[string]expr.Type{"a": expr.String}}, path), "a")
	wantError(t, "an object", short(err, path), `a.ndjson:1: column "a": "{}" is no STRING (do not declare the column: of objects and arrays only NULL or not NULL is known)`)
}

func TestColumnsWithoutANameCannotBeAskedFor(t *testing.T) {
	src := open(t, files.Options{}, put(t, "a.csv", "a,,b,b\n1,2,3,4\n"))
	if n := len(schema(t, src)); n != 4 {
		t.Errorf("the schema has %d columns, want all 4", n)
	}
	for name, want := range map[string]string{
		"":  "a column without a name cannot be asked for: give it one in the header",
		"b": `there are several columns "b": rename one of them`,
	} {
		_, err := read(src, name)
		wantError(t, "column "+name, err, want)
	}
	if got, err := read(src, "a"); err != nil || len(got) != 1 {
		t.Errorf("column a: %v, %v", got, err)
	}
}
