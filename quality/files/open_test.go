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
	const lacking = ": where that is right, declare the column, or missing_columns: null"
	a := write(t, "a.csv", "id,date\n1,2024-01-01\n")
	for name, tt := range map[string]struct{ header, want string }{
		"missing":  {"id\n", `missing.csv: it has no column "date", which a.csv has` + lacking},
		"misspelt": {"id,dat\n", `misspelt.csv: it has no column "date", which a.csv has (did you mean "dat"?)` + lacking},
		"more":     {"id,date,points\n", `more.csv: it has a column "points", which a.csv has not` + lacking},
		"twice":    {"id,date,id\n", `twice.csv: it has a column "id", which a.csv has not (did you mean "id"?)` + lacking},
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

// From record to record, from file to file, and where one comes long after the first
// rows: the column is called as it was first.
func TestJSONKeysThatDifferInCaseAreOneColumn(t *testing.T) {
	src := open(t, files.Options{},
		write(t, "a.ndjson", `{"id":1,"Team":"BOS"}`+"\n"+`{"ID":2,"team":"LAL"}`+"\n"),
		write(t, "b.ndjson", strings.Repeat(`{"team":"X","iD":3}`+"\n", 50_000)+`{"\u0049\u0064":4,"É":1}`+"\n"+`{"id":5,"é":2}`+"\n"))
	if err := src.(expr.Settler).Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	schema, err := src.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := expr.Schema{{Name: "id", Type: expr.Int64, Text: true}, {Name: "Team", Type: expr.String, Text: true}, {Name: "É", Type: expr.Int64, Text: true}}
	if diff := cmp.Diff(want, schema); diff != "" {
		t.Errorf("schema (-want +got)\n%s", diff)
	}
	got, err := read(src, "ID", "TEAM", "é")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[int][]string{0: {"1", "'BOS'", "NULL"}, 1: {"2", "'LAL'", "NULL"}, 2: {"3", "'X'", "NULL"}, 50_002: {"4", "NULL", "1"}, 50_003: {"5", "NULL", "2"}} {
		if diff := cmp.Diff(want, got[at]); diff != "" {
			t.Errorf("row %d (-want +got)\n%s", at+1, diff)
		}
	}
}

func TestAnEmptyLineIsARowOnlyWhereThereIsOneColumn(t *testing.T) {
	for text, want := range map[string]int{
		"a\n1\n\n2\n":    3,
		"a,b\n1,2\n\n\n": 1,
		"a,b\n":          0,
	} {
		got, err := read(open(t, files.Options{}, write(t, "a.csv", text)), "a")
		if err != nil || len(got) != want {
			t.Errorf("%q: %d rows, want %d (%v)", text, len(got), want, err)
		}
	}
}

func TestRowsSayWhereTheyAre(t *testing.T) {
	path := write(t, "a.csv", "\ufeffid,\"n\"\r\n1,\"x\ny\"\r\n2,z")
	src := open(t, files.Options{}, path, write(t, "b.csv", "N,id\na,3\n"))
	var lines []int64
	var names []string
	for b, err := range src.Scan(t.Context(), []string{"n"}) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, b.Lines...)
		names = append(names, filepath.Base(b.File))
	}
	if diff := cmp.Diff([]int64{2, 4, 2}, lines); diff != "" {
		t.Errorf("lines (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a.csv", "b.csv"}, names); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
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
	var mu sync.Mutex
	var last files.Progress
	ends := 0
	src := open(t, files.Options{Progress: func(p files.Progress) {
		mu.Lock()
		defer mu.Unlock()
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
	if ends == 0 {
		t.Error("the end was not told")
	}
}

func TestASourceIsReadByManyAtATime(t *testing.T) {
	src := open(t, files.Options{}, write(t, "a.csv", csvText(20_000)))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := read(src, "points", "player"); err != nil || len(got) != 20_000 {
				t.Errorf("%d rows: %v", len(got), err)
			}
		})
	}
	all.Wait()
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
