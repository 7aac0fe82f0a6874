package files_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// written is a column of a random table: its type and its cells, as a formatter
// writes them. An empty text is NULL.
type written struct {
	name  string
	typ   expr.Type
	cells []string
}

var writers = map[expr.Type]func(*rapid.T) string{
	expr.Int64: func(t *rapid.T) string { return strconv.FormatInt(rapid.Int64().Draw(t, "int"), 10) },
	expr.Float64: func(t *rapid.T) string {
		return strconv.FormatFloat(rapid.Float64().Draw(t, "float"), 'e', -1, 64)
	},
	expr.Bool: func(t *rapid.T) string { return strconv.FormatBool(rapid.Bool().Draw(t, "bool")) },
	expr.Date: func(t *rapid.T) string { return instant(t).Format("2006-01-02") },
	expr.Timestamp: func(t *rapid.T) string {
		return instant(t).Format("2006-01-02T15:04:05.999999Z07:00")
	},
	expr.String: func(t *rapid.T) string {
		return "s1" + rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune(",\"\r\n\\é")))).Draw(t, "text")
	},
}

func instant(t *rapid.T) time.Time {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	us := rapid.Int64Range(first.UnixMicro(), last.UnixMicro()).Draw(t, "instant")
	return time.UnixMicro(us).UTC()
}

func randomTable(t *rapid.T) (columns []written, rows int) {
	rows = rapid.IntRange(0, 150).Draw(t, "rows")
	types := []expr.Type{expr.Int64, expr.Float64, expr.Bool, expr.Date, expr.Timestamp, expr.String}
	for i, typ := range rapid.SliceOfN(rapid.SampledFrom(types), 1, 5).Draw(t, "types") {
		c := written{name: string(rune('a'+i)) + rapid.SampledFrom([]string{"", ",", "\"", " x", "é"}).Draw(t, "name"), typ: typ}
		filled := false
		for range rows {
			cell := ""
			if rapid.IntRange(0, 4).Draw(t, "null") > 0 {
				cell = writers[typ](t)
				filled = true
			}
			c.cells = append(c.cells, cell)
		}
		if !filled {
			c.typ = expr.Null
		}
		columns = append(columns, c)
	}
	return columns, rows
}

func asCSV(t *rapid.T, columns []written, rows int) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for i := -1; i < rows; i++ {
		var record []string
		for _, c := range columns {
			if i < 0 {
				record = append(record, c.name)
			} else {
				record = append(record, c.cells[i])
			}
		}
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.Bytes()
}

func asNDJSON(t *rapid.T, columns []written, rows int) []byte {
	var b bytes.Buffer
	for i := range rows {
		object := map[string]any{}
		for _, c := range columns {
			cell := c.cells[i]
			switch {
			case cell == "":
				if i == 0 || rapid.Bool().Draw(t, "null is written") {
					object[c.name] = nil
				}
			case c.typ == expr.Int64 || c.typ == expr.Float64 || c.typ == expr.Bool:
				object[c.name] = json.RawMessage(cell)
			default:
				object[c.name] = cell
			}
		}
		line, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// TestTablesReadBackEqual: what is written of a random table is what is read.
func TestTablesReadBackEqual(t *testing.T) {
	folder := t.TempDir()
	for name, encode := range map[string]func(*rapid.T, []written, int) []byte{"a.csv": asCSV, "a.ndjson": asNDJSON} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			rapid.Check(t, func(t *rapid.T) {
				columns, rows := randomTable(t)
				data := encode(t, columns, rows)
				if len(data) == 0 {
					return // NDJSON without rows has no columns
				}
				if err := os.WriteFile(path, data, 0o600); err != nil {
					t.Fatal(err)
				}
				compare(t, path, columns, rows)
			})
		})
	}
}

func compare(t *rapid.T, path string, columns []written, rows int) {
	src, err := files.Open([]string{path}, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	schema, err := src.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range columns {
		f, err := schema.Field(c.name)
		if err != nil || f.Type != c.typ {
			t.Fatalf("column %q is %s, want %s (%v)", c.name, f.Type, c.typ, err)
		}
		names = append(names, c.name)
	}
	got := 0
	for b, err := range src.Scan(t.Context(), names) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows {
			for j, c := range columns {
				if v := b.Columns[j].Value(i); !equal(t, v, c.typ, c.cells[got]) {
					t.Errorf("row %d, column %q: %s is read as %s", got, c.name, c.cells[got], v.SQL())
				}
			}
			got++
		}
	}
	if got != rows {
		t.Errorf("%d rows, want %d", got, rows)
	}
}

// equal reads the cell again, by other means than the package under test.
func equal(t *rapid.T, v expr.Value, typ expr.Type, cell string) bool {
	if cell == "" || v.IsNull() {
		return cell == "" && v.IsNull()
	}
	var want any
	var err error
	switch typ {
	case expr.Int64:
		want, err = strconv.ParseInt(cell, 10, 64)
	case expr.Float64:
		want, err = strconv.ParseFloat(cell, 64)
	case expr.Bool:
		want, err = strconv.ParseBool(cell)
	case expr.Timestamp:
		at, err := time.Parse(time.RFC3339Nano, cell)
		got, ok := v.Go().(time.Time)
		return err == nil && ok && got.Equal(at)
	case expr.Date:
		return v.String() == cell
	default:
		want = cell
	}
	if err != nil {
		t.Fatal(err)
	}
	return v.Go() == want
}
