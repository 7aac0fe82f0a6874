package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

func TestSeveralFilesAreOneRelation(t *testing.T) {
	src := open(t, files.Options{},
		write(t, "a.csv", "id,x,x\n1,a,b\n"),
		write(t, "b.csv.gz", "x,id,x\nc,2,d\n"),
		write(t, "empty.csv", "x,x,id\n"))
	got, err := read(src, "id")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"1"}, {"2"}}, got); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
}

func TestFilesOfARelationHaveTheSameColumns(t *testing.T) {
	a := write(t, "a.csv", "id,date\n1,2024-01-01\n")
	for name, tt := range map[string]struct{ header, want string }{
		"missing":  {"id\n", `missing.csv: it has no column "date", which a.csv has`},
		"misspelt": {"id,dat\n", `misspelt.csv: it has no column "date", which a.csv has (did you mean "dat"?)`},
		"more":     {"id,date,points\n", `more.csv: it has a column "points", which a.csv has not`},
		"twice":    {"id,date,id\n", `twice.csv: it has a column "id", which a.csv has not (did you mean "id"?)`},
	} {
		b := write(t, name+".csv", tt.header)
		_, err := open(t, files.Options{}, a, b).Schema(t.Context())
		wantError(t, name, short(err, a, b), tt.want)
	}
	if _, err := files.Open([]string{a, write(t, "c.ndjson", "{}")}, files.Options{}); err == nil || !strings.Contains(err.Error(), "one format") {
		t.Errorf("a CSV and an NDJSON file: the error is %v", err)
	}
}

func TestJSONKeysThatAreMissingAreNull(t *testing.T) {
	src := open(t, files.Options{},
		write(t, "a.ndjson", "{\"id\":1,\"x\":\"\"}\n\n  \r\n{\"id\":2,\"x\":null}"),
		write(t, "b.jsonl.gz", "{\"y\":{\"z\":1},\"id\":3}\r\n"))
	got, err := read(src, "x", "id", "y")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"''", "1", "NULL"}, {"NULL", "2", "NULL"}, {"NULL", "3", got[2][2]}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
	if got[2][2] == "NULL" {
		t.Error("an object is NULL")
	}
}

func TestAnEmptyLineIsARowOnlyWhereThereIsOneColumn(t *testing.T) {
	for text, want := range map[string]int{
		"a\n1\n\n2\n":       3,
		"a,b\n1,2\n\n3,4\n": 2,
		"a,b\n":             0,
	} {
		got, err := read(open(t, files.Options{}, write(t, "a.csv", text)), "a")
		if err != nil || len(got) != want {
			t.Errorf("%q: %d rows, want %d (%v)", text, len(got), want, err)
		}
	}
}

func TestRowsComeInBatchesOfAMultipleOf64(t *testing.T) {
	for name, cell := range map[string]string{"short": "x", "long": strings.Repeat("x", 3_000)} {
		src := open(t, files.Options{}, write(t, "a.csv.gz", "a,b\n"+strings.Repeat(cell+",1\n", 9_000)))
		rows, last := 0, 0
		for batch, err := range src.Scan(t.Context(), []string{"b", "a"}) {
			if err != nil {
				t.Fatal(err)
			}
			if last%64 != 0 {
				t.Errorf("%s cells: a batch that is not the last has %d rows", name, last)
			}
			v := &batch.Columns[1]
			if v.Valid.Ones() != batch.Rows || len(v.Texts) != batch.Rows || v.Texts[0] != cell || v.Texts[batch.Rows-1] != cell {
				t.Errorf("%s cells: a batch of %d rows has %d values", name, batch.Rows, v.Valid.Ones())
			}
			last = batch.Rows
			rows += batch.Rows
		}
		if rows != 9_000 {
			t.Errorf("%s cells: %d rows, want 9000", name, rows)
		}
	}
}

func TestRowsAreKeptAsTheyAreWritten(t *testing.T) {
	path := write(t, "a.csv", "\ufeffid, \"n\"\r\n1,\"x\ny\"\r\n\r\n2,z")
	text, err := files.OpenText([]string{path}, files.Options{})
	if err == nil {
		_, err = text.Schema(t.Context())
	}
	wantError(t, "a quote behind a blank", short(err, path), `a.csv:1: cell 2: " \"n\"" has a " within: put the cell in quotes and double those within`)

	path = write(t, "a.csv", "\ufeffid,\"n\"\r\n1,\"x\ny\"\r\n\r\n2,z")
	text, err = files.OpenText([]string{path}, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var raw []string
	var lines []int64
	for b, err := range text.Rows(t.Context(), []string{"n"}) {
		if err != nil {
			t.Fatal(err)
		}
		if string(b.Header) != `id,"n"` || b.Path != path {
			t.Errorf("the header of %s is %q", b.Path, b.Header)
		}
		for i := range b.Batch.Rows {
			raw = append(raw, string(b.Raw[i]))
			lines = append(lines, b.Lines[i])
		}
	}
	if diff := cmp.Diff([]string{"1,\"x\ny\"", "2,z"}, raw); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]int64{2, 5}, lines); diff != "" {
		t.Errorf("lines (-want +got)\n%s", diff)
	}
}

func TestExpand(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.csv", "a.csv", "[1].csv"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("a\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for pattern, want := range map[string][]string{
		"?.csv":    {"a.csv", "b.csv"},
		"[1].csv":  {"[1].csv"},
		"none.csv": nil,
		"*.gz":     nil,
		"[":        nil,
	} {
		got, err := files.Expand(filepath.Join(folder, pattern))
		for i := range got {
			got[i] = filepath.Base(got[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", pattern, diff)
		}
		if want == nil && (err == nil || !strings.Contains(err.Error(), pattern)) {
			t.Errorf("%s: the error is %v: it must name the pattern", pattern, err)
		}
	}
}

func TestProgressComesToTheSizeOfTheFile(t *testing.T) {
	path := write(t, "a.csv.gz", csvText(2_000))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	var last files.Progress
	ends := 0
	src := open(t, files.Options{Progress: func(p files.Progress) {
		if p.Read == p.Size {
			ends++
		}
		last = p
	}}, path)
	if _, err := read(src, "points"); err != nil {
		t.Fatal(err)
	}
	if want := (files.Progress{Path: path, Read: info.Size(), Size: info.Size()}); last != want {
		t.Errorf("the last progress is %+v, want %+v", last, want)
	}
	if ends != 2 {
		t.Errorf("the end was reached %d times, want twice: for the types and for the rows", ends)
	}
}

func TestTypesAreInferredOnceForAllWhoAsk(t *testing.T) {
	var mu sync.Mutex
	ends := 0
	src := open(t, files.Options{Progress: func(p files.Progress) {
		mu.Lock()
		defer mu.Unlock()
		if p.Read == p.Size {
			ends++
		}
	}}, write(t, "a.csv", csvText(5_000)))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := read(src, "points", "player"); err != nil || len(got) != 5_000 {
				t.Errorf("%d rows: %v", len(got), err)
			}
		})
	}
	all.Wait()
	if ends != 1+8 {
		t.Errorf("the file was read %d times, want once for the types and once for each of 8 scans", ends)
	}
}

func TestACancelledReadingSaysNothingAboutTheFile(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	src := open(t, files.Options{Progress: func(files.Progress) { cancel(why) }}, write(t, "a.csv", csvText(20_000)))
	if _, err := src.Schema(ctx); !errors.Is(err, why) || !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v, and canceled", err, why)
	}
	if s, err := src.Schema(t.Context()); err != nil || len(s) != 13 {
		t.Errorf("asked again: %d columns, %v", len(s), err)
	}
	for _, err := range src.Scan(ctx, []string{"points"}) {
		if !errors.Is(err, why) {
			t.Errorf("the scan's error is %v, want %v", err, why)
		}
	}
}

func TestAReaderMayStopEarly(t *testing.T) {
	src := open(t, files.Options{}, write(t, "a.csv", csvText(10_000)))
	batches := 0
	for _, err := range src.Scan(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		batches++
		break
	}
	if batches != 1 {
		t.Errorf("%d batches, want 1", batches)
	}
}

func TestAScanAllocatesForBatchesAndNotForRows(t *testing.T) {
	allocated := func(rows int) float64 {
		src := open(t, files.Options{}, write(t, "a.csv", csvText(rows)))
		schema(t, src)
		return testing.AllocsPerRun(3, func() {
			for _, err := range src.Scan(t.Context(), []string{"game_id", "date", "points", "usage_rate", "won"}) {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	const rows, perBatch = 10 * 4096, 10
	if few, many := allocated(rows), allocated(2*rows); many-few > perBatch*rows/4096 {
		t.Errorf("%d rows took %.0f allocations, twice as many %.0f", rows, few, many)
	}
}

var _ expr.Source = (*files.Text)(nil)
