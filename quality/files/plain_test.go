package files

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// readText reads all columns of a text in chunks of a size; what it returns is a line
// for each row, and the error.
func readText(t interface{ Fatal(...any) }, path string, chunk int, format dialect.Dialect) string {
	found, err := findAll([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Options{Dialect: format}.settle()
	if err != nil {
		t.Fatal(err)
	}
	src := newTable(found, s)
	src.chunk = chunk
	defer src.Close()
	ctx := context.Background()
	schema, err := src.Schema(ctx)
	if err == nil {
		err = src.Settle(ctx) // so that all chunk sizes read by one schema
	}
	if err == nil {
		schema, err = src.Schema(ctx)
	}
	if err != nil {
		return "the error is " + err.Error()
	}
	plans := make([]*plan, len(schema))
	for i := range schema {
		plans[i] = src.planOf(i, false)
	}
	var out strings.Builder
	for _, f := range schema {
		fmt.Fprintf(&out, "%q %s %v,", f.Name, f.Type, f.Err)
	}
	err = src.pass(ctx, plans, func(b *expr.Batch) bool {
		for i := range b.Rows {
			fmt.Fprintf(&out, "\n%d:", b.Lines[i])
			for c := range b.Columns {
				v := &b.Columns[c]
				if v.Err != nil {
					fmt.Fprintf(&out, " %v", v.Err)
					continue
				}
				fmt.Fprintf(&out, " %s", v.Value(i).SQL())
				if v.Written != nil {
					if digits, where := v.Written(i); digits != "" {
						fmt.Fprintf(&out, "(%s %s)", digits, where)
					}
				}
			}
		}
		return true
	})
	if err != nil { // what was read before it does not count
		return "the error is " + err.Error()
	}
	return out.String()
}

// A file that is read in chunks of any size, by several workers, is the file that is
// read in one piece: the same cells, the same errors, the same lines.
func TestChunksOfAnySizeReadAlike(t *testing.T) {
	folder := t.TempDir()
	pieces := []string{
		"\n", "\r\n", "\n\n", ",", ",", ",", `"`, `""`, "\"a\nb\"", "1", "2.5", "007", "NaN", "n/a", "2024-01-01", "x", "é", "\xff", "\r", "9007199254740993",
		"1,2\n", "1,2\n", "3,4\r\n", "a,b\n", `{"a":1}`, `{"a":"x","b":[1,{}]}`, "{\"b\":null}\n", "{\"c\":\"\\u00e9\"}\n", "{\"A\":3,\"C\":4}\n", `{`, `}`, `:`, "\t",
	}
	for _, name := range []string{"a.csv", "a.ndjson"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			rapid.Check(t, func(t *rapid.T) {
				head := rapid.SampledFrom([]string{"a,b\n", "a\n", "\ufeffa,b\r\n", "", "a,b\r"}).Draw(t, "head")
				if name == "a.ndjson" {
					head = ""
				}
				text := head + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				want := readText(t, path, 1<<20, dialect.Dialect{})
				chunk := rapid.IntRange(1, 64).Draw(t, "chunk")
				if got := readText(t, path, chunk, dialect.Dialect{}); got != want {
					t.Fatalf("%q in chunks of %d is\n%s\nand in one piece\n%s", text, chunk, got, want)
				}
			})
		})
	}
}

// FuzzCSV holds the reader against encoding/csv.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{
		"a,b\n1,2\n", "a,b\r\n1,\r\n", "a\n\n1\n", "a,b\n\n1,2", "a\r", "\"a\",\"b\"\n\"1\"\"2\",\"x\ny\"\n",
		"a,b\n\"1\r\n2\",3\n", "a\n\"", "a\n\"\"\"", "a\n1\"2\n", "a,b\n\"1\"2,3\n", "a,b\n1\n", "a,a,,\n1,2,3,4\n",
		"\"\"\n\"\"\n", ",\n,\n", "a\n\"1\"\r\r\n", "a\r\n\r\n", "\n\n", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.HasPrefix(text, "\ufeff") {
			return // encoding/csv reads any bytes, and keeps the mark
		}
		want, wantErr := standard(text)
		for _, size := range []int{1, 1 << 10} {
			got, gotErr := ours(text, size)
			if errors.Is(gotErr, errLoneEnd) {
				return // encoding/csv takes it for a part of the cell
			}
			if (gotErr != nil) != (wantErr != nil) {
				t.Fatalf("%q: the error is %v, encoding/csv's is %v", text, gotErr, wantErr)
			}
			if len(want) > 0 && len(want[0]) == 1 && wantErr == nil && blankLine(text) {
				return // encoding/csv drops the empty lines of a file of one column
			}
			if len(got) != len(want) {
				t.Fatalf("%q: %d records, encoding/csv has %d", text, len(got), len(want))
			}
			for i := range want {
				for j := range want[i] {
					if cell := strings.ReplaceAll(got[i][j], "\r\n", "\n"); cell != want[i][j] {
						t.Errorf("%q: record %d, cell %d is %q, encoding/csv has %q", text, i, j, cell, want[i][j])
					}
				}
			}
		}
	})
}

func blankLine(text string) bool {
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, "\r\n") == "" {
			return true
		}
	}
	return false
}

func standard(text string) ([][]string, error) {
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err == nil && len(all) == 0 {
		return nil, errors.New("no header")
	}
	return all, err
}

// ours reads in chunks of a size.
func ours(text string, size int) (all [][]string, err error) {
	o := &opened{file: &file{}, chunks: &chunker{in: strings.NewReader(text), quotes: true, size: size, limit: maxRecord}}
	if err := o.chunks.begin(0); err == io.EOF {
		return nil, errNoHeader
	} else if err != nil {
		return nil, err
	}
	if o.chunks.eol == '\r' {
		return nil, errLoneEnd
	}
	if err := o.readHeader(','); err != nil {
		return nil, err
	}
	all = append(all, o.names)
	r := csvRecords{delimiter: ',', eol: o.chunks.eol, columns: len(o.names)}
	for {
		piece, line, err := o.chunks.next(nil)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		r.reset(piece, line)
		for {
			more, err := r.next()
			if err != nil {
				return nil, err
			}
			if !more {
				break
			}
			var row []string
			for i := range r.count() {
				row = append(row, string(r.cell(i)))
			}
			all = append(all, row)
		}
	}
}
