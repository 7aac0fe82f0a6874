package files_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

// writeParquet writes rows in groups of two, so that most files have several.
func writeParquet[T any](t testing.TB, name string, rows []T, options ...parquet.WriterOption) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := parquet.NewGenericWriter[T](f, options...)
	for i := range rows {
		if _, err := w.Write(rows[i : i+1]); err != nil {
			t.Fatal(err)
		}
		if i%2 == 1 {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

type everyType struct {
	Flag     *bool            `parquet:"flag,optional"`
	Small    int32            `parquet:"small"`
	Count    *int64           `parquet:"count,optional,zstd"`
	Unsigned uint32           `parquet:"unsigned"`
	Single   float32          `parquet:"single"`
	Double   *float64         `parquet:"double,optional,split"`
	Text     *string          `parquet:"text,optional,dict,snappy"`
	Status   string           `parquet:"status,enum"`
	Raw      []byte           `parquet:"raw"`
	Day      int32            `parquet:"day,date"`
	Milli    int64            `parquet:"milli,timestamp(millisecond)"`
	Micro    int64            `parquet:"micro,timestamp(microsecond)"`
	Nano     int64            `parquet:"nano,timestamp(nanosecond)"`
	Local    int64            `parquet:"local,timestamp(microsecond:local)"`
	Clock    int64            `parquet:"clock,time(microsecond)"`
	Price    int32            `parquet:"price,decimal(2:9)"`
	Exact    int64            `parquet:"exact,decimal(0:18)"`
	Wide     [16]byte         `parquet:"wide,decimal(10:38)"`
	Old      deprecated.Int96 `parquet:"old"`
	Document string           `parquet:"document,json"`
	Tags     []string         `parquet:"tags,optional,list"`
	Bare     []int64          `parquet:"bare"`
	Home     *struct {
		City *string `parquet:"city,optional"`
	} `parquet:"home,optional"`
}

func TestParquetTypes(t *testing.T) {
	at := time.Date(1969, 12, 31, 23, 59, 59, 123456789, time.UTC)
	wide := [16]byte{}
	for i := range wide {
		wide[i] = 0xff // -1, of which ten digits stand behind the point
	}
	raw, err := expr.ParseValue(expr.Bytes, "\xff")
	if err != nil {
		t.Fatal(err)
	}
	noon := deprecated.Int96{0, 0, 2440588} // the day of the epoch
	nanos := uint64(12 * time.Hour)
	noon[0], noon[1] = uint32(nanos), uint32(nanos>>32)
	full := everyType{
		Flag: new(true), Small: -7, Count: new(int64(9007199254740993)), Unsigned: 4294967295, Single: 0.5, Double: new(-2.25),
		Text: new("Dončić"), Status: "final", Raw: []byte{0xff}, Day: -1, Milli: at.UnixMilli(), Micro: at.UnixMicro(), Nano: at.UnixNano(),
		Local: at.UnixMicro(), Clock: int64(90 * time.Minute / time.Microsecond), Price: -199, Exact: 12, Wide: wide, Old: noon, Document: "{}",
		Tags: []string{"a", "b"}, Bare: []int64{1, 2, 3},
		Home: &struct {
			City *string `parquet:"city,optional"`
		}{},
	}
	empty := everyType{Tags: []string{}, Old: noon}
	null := everyType{Old: noon}
	src := open(t, files.Options{}, writeParquet(t, "types.parquet", []everyType{full, empty, null}))

	want := []struct {
		name  string
		typ   expr.Type
		first string
	}{
		{"flag", "BOOL", "TRUE"},
		{"small", "INT64", "-7"},
		{"count", "INT64", "9007199254740993"},
		{"unsigned", "INT64", "4294967295"},
		{"single", "FLOAT64", "0.5"},
		{"double", "FLOAT64", "-2.25"},
		{"text", "STRING", "'Dončić'"},
		{"status", "STRING", "'final'"},
		{"raw", "BYTES", raw.SQL()},
		{"day", "DATE", "DATE '1969-12-31'"},
		{"milli", "TIMESTAMP", "TIMESTAMP '1969-12-31 23:59:59.123+00'"},
		{"micro", "TIMESTAMP", "TIMESTAMP '1969-12-31 23:59:59.123456+00'"},
		{"nano", "TIMESTAMP", "TIMESTAMP '1969-12-31 23:59:59.123456+00'"},
		{"local", "DATETIME", "DATETIME '1969-12-31 23:59:59.123456'"},
		{"clock", "TIME", "TIME '01:30:00'"},
		{"price", "NUMERIC", "NUMERIC '-1.99'"},
		{"exact", "NUMERIC", "NUMERIC '12'"},
		{"wide", "BIGNUMERIC", "BIGNUMERIC '-0.0000000001'"},
		{"old", "TIMESTAMP", "TIMESTAMP '1970-01-01 12:00:00+00'"},
		{"document", "JSON", "JSON 'null'"},
		{"tags", "ARRAY<STRING>", "ARRAY<STRING> 'null'"},
		{"bare", "ARRAY<INT64>", "ARRAY<INT64> 'null'"},
		{"home", "STRUCT<city STRING>", "STRUCT<city STRING> 'null'"},
	}
	var names []string
	var types expr.Schema
	for _, c := range want {
		names = append(names, c.name)
		types = append(types, expr.Field{Name: c.name, Type: c.typ})
		if c.name == "home" {
			types[len(types)-1].Fields = expr.Schema{{Name: "city", Type: expr.String}}
		}
	}
	if diff := cmp.Diff(types, schema(t, src)); diff != "" {
		t.Errorf("schema (-want +got)\n%s", diff)
	}
	rows, err := read(src, names...)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 {
		t.Fatalf("%d rows, want 3", len(rows))
	}
	nullable := map[string]bool{"flag": true, "count": true, "double": true, "text": true, "tags": true, "home": true}
	for i, c := range want {
		if rows[0][i] != c.first {
			t.Errorf("column %s: %s, want %s", c.name, rows[0][i], c.first)
		}
		if null := rows[2][i] == "NULL"; null != nullable[c.name] {
			t.Errorf("column %s: where nothing is written there is %s", c.name, rows[2][i])
		}
	}
	if rows[1][20] == "NULL" {
		t.Error("an empty list is NULL")
	}
}

type parquetGame struct {
	ID     string  `parquet:"id"`
	Points *int64  `parquet:"points,optional"`
	Share  float64 `parquet:"share"`
	Tags   []int32 `parquet:"tags,list"`
}

// The columns of a batch stay in step, whatever pages and groups they lie in.
func TestParquetRowsStayTogether(t *testing.T) {
	const rows = 10_000
	games := make([]parquetGame, rows)
	for i := range games {
		games[i] = parquetGame{ID: strings.Repeat("x", i%40), Share: float64(i), Tags: make([]int32, i%5)}
		if i%3 != 0 {
			games[i].Points = new(int64(i))
		}
	}
	path := filepath.Join(t.TempDir(), "games.parquet")
	if err := parquet.WriteFile(path, games, parquet.PageBufferSize(700), parquet.MaxRowsPerRowGroup(999)); err != nil {
		t.Fatal(err)
	}
	n := 0
	for b, err := range open(t, files.Options{}, path).Scan(context.Background(), []string{"tags", "share", "points", "id"}) {
		if err != nil {
			t.Fatal(err)
		}
		if n+b.Rows < rows && b.Rows%64 != 0 {
			t.Errorf("a batch that is not the last has %d rows", b.Rows)
		}
		for i := range b.Rows {
			g, points := games[n], b.Columns[2].Value(i)
			if b.Columns[1].Floats[i] != g.Share || b.Columns[3].Texts[i] != g.ID || points.IsNull() != (g.Points == nil) {
				t.Fatalf("row %d is %v, %v, %q", n, b.Columns[1].Floats[i], points, b.Columns[3].Texts[i])
			}
			if g.Points != nil && b.Columns[2].Ints[i] != *g.Points {
				t.Fatalf("row %d has %d points, want %d", n, b.Columns[2].Ints[i], *g.Points)
			}
			n++
		}
		if b.Columns[0].Valid.Ones() != b.Rows {
			t.Errorf("%d of %d required arrays are NULL", b.Rows-b.Columns[0].Valid.Ones(), b.Rows)
		}
	}
	if n != rows {
		t.Errorf("%d rows, want %d", n, rows)
	}
}

func TestOnlyTheColumnsAskedForAreRead(t *testing.T) {
	type wide struct {
		Small int32  `parquet:"small"`
		Large string `parquet:"large,plain"`
	}
	rows := make([]wide, 100)
	for i := range rows {
		rows[i].Large = strings.Repeat(string(rune('a'+i%26)), 10_000)
	}
	path := filepath.Join(t.TempDir(), "wide.parquet")
	if err := parquet.WriteFile(path, rows); err != nil {
		t.Fatal(err)
	}
	var last files.Progress
	src := open(t, files.Options{Progress: func(p files.Progress) { last = p }}, path)
	if _, err := read(src, "small"); err != nil {
		t.Fatal(err)
	}
	if last.Read > last.Size/2 {
		t.Errorf("%d of %d bytes were read for a column of 400", last.Read, last.Size)
	}
}

func TestParquetFilesAreOneRelation(t *testing.T) {
	type ints struct {
		ID int64 `parquet:"id"`
		X  int64 `parquet:"x"`
	}
	type floats struct {
		X  float64 `parquet:"x"`
		ID int64   `parquet:"id"`
	}
	type texts struct {
		ID int64  `parquet:"id"`
		X  string `parquet:"x"`
	}
	a := writeParquet(t, "a.parquet", []ints{{1, 10}, {2, 20}})
	b := writeParquet(t, "b.parquet", []floats{{0.5, 3}})
	c := writeParquet(t, "c.parquet", []texts{{4, "forty"}})
	got, err := read(open(t, files.Options{}, a, b), "x", "id")
	if diff := cmp.Diff([][]string{{"10.0", "1"}, {"20.0", "2"}, {"0.5", "3"}}, got); err != nil || diff != "" {
		t.Errorf("rows (-want +got)\n%s%v", diff, err)
	}
	_, err = open(t, files.Options{}, a, c).Schema(t.Context())
	wantError(t, "two types", short(err, a, c), `c.parquet: column "x" is STRING, in a.parquet it is INT64`)
	type more struct {
		ID int64 `parquet:"ID"`
		X  int64 `parquet:"x"`
		Y  int64 `parquet:"y"`
	}
	d := writeParquet(t, "d.parquet", []more{{5, 50, 1}})
	_, err = open(t, files.Options{}, a, d).Schema(t.Context())
	wantError(t, "other columns", short(err, a, d), `d.parquet: it has a column "y", which a.parquet has not (did you mean "x"?): where that is right, declare the column, or missing_columns: null`)
	got, err = read(open(t, files.Options{Dialect: dialect.Dialect{MissingColumns: dialect.Null, FileColumn: "file"}}, a, d), "x", "y", "id", "file")
	if diff := cmp.Diff([][]string{{"10", "NULL", "1", "'a'"}, {"20", "NULL", "2", "'a'"}, {"50", "1", "5", "'d'"}}, got); err != nil || diff != "" {
		t.Errorf("with NULL where a file has no such column (-want +got)\n%s%v", diff, err)
	}
}

func TestParquetTypesAreItsOwn(t *testing.T) {
	type row struct {
		ID   int64  `parquet:"id"`
		Text []byte `parquet:"text"`
	}
	path := writeParquet(t, "a.parquet", []row{{1, []byte("é")}, {2, []byte{0xff}}})
	for name, tt := range map[string]struct {
		typ  expr.Type
		want string
	}{
		"id":  {expr.String, `a.parquet: column "id" is INT64 and cannot be declared STRING`},
		"i_d": {expr.Int64, `declared INT64: there is no column "i_d" (did you mean "id"?)`},
	} {
		_, err := open(t, files.Options{Types: map[string]expr.Type{name: tt.typ}}, path).Schema(t.Context())
		wantError(t, name, short(err, path), tt.want)
	}
	_, err := read(open(t, files.Options{Types: map[string]expr.Type{"text": expr.String}}, path), "text")
	wantError(t, "bytes that are no text", short(err, path), `a.parquet: row 2: column "text": "\xff" is not UTF-8`)
}

func TestAValueThatDoesNotFitSpoilsItsColumnOnly(t *testing.T) {
	type row struct {
		ID  int64  `parquet:"id"`
		Big uint64 `parquet:"big"`
	}
	path := writeParquet(t, "a.parquet", []row{{1, 1}, {2, 1 << 63}})
	src := open(t, files.Options{}, path)
	_, err := read(src, "big")
	wantError(t, "2^63", short(err, path), `a.parquet: row 2: column "big": 9223372036854775808 is no INT64: it is too large`)
	if got, err := read(src, "id"); err != nil || len(got) != 2 {
		t.Errorf("the other column: %v, %v", got, err)
	}
}

func TestBrokenParquetFilesAreNamed(t *testing.T) {
	path := writeParquet(t, "a.parquet", []parquetGame{{ID: "a"}, {ID: "b"}, {ID: "c"}})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const cutShort = "the file is cut short or damaged: it does not end as a Parquet file does"
	for _, tt := range []struct{ data, want string }{
		{"", "bad.parquet: the file is empty, which a finished one never is"},
		{"id,points\n1,2\n", "bad.parquet: it is no Parquet file: it does not begin with PAR1"},
		{string(data[:len(data)-3]), "bad.parquet: " + cutShort},
		{string(data[:len(data)/2]), "bad.parquet: " + cutShort},
		{string(data[:len(data)-5]) + "\xff" + "PAR1", "bad.parquet: " + cutShort},
	} {
		bad := put(t, "bad.parquet", tt.data)
		_, err := read(open(t, files.Options{}, bad), "id", "points", "share", "tags")
		wantError(t, fmt.Sprintf("%d of %d bytes", len(tt.data), len(data)), short(err, bad), tt.want)
	}
	if _, err := files.Open([]string{put(t, "a.parquet.gz", "")}, files.Options{}); err == nil || !strings.Contains(err.Error(), "unpack the file") {
		t.Errorf("a gzipped file: the error is %v", err)
	}
	src, err := files.Open([]string{path}, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := src.Text(t.Context(), path); err == nil {
		t.Error("Parquet opens as text")
	}
}
