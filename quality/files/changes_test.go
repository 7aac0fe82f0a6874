package files_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
)

const hasChanged = "the file has changed since it was opened"

// appendTo makes a file longer.
func appendTo(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func TestAFileThatChangesIsNotRead(t *testing.T) {
	rows := "a,b\n" + strings.Repeat("1,2\n", 200_000)
	for name, change := range map[string]func(path string){
		"appended to": func(path string) { appendTo(t, path, "3,4\n") },
		"cut": func(path string) {
			if err := os.Truncate(path, 100_000); err != nil {
				t.Fatal(err)
			}
		},
		"overwritten": func(path string) {
			if err := os.WriteFile(path, []byte(strings.ReplaceAll(rows, "2", "3")), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"overwritten in the same instant": func(path string) {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(strings.ReplaceAll(rows, "2", "3")), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, time.Time{}, info.ModTime()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		path := write(t, "a.csv", rows)
		src := open(t, files.Options{}, path)
		if _, err := read(src, "a"); err != nil {
			t.Fatal(err)
		}
		change(path)
		if _, err := read(src, "b"); err == nil || !strings.Contains(err.Error(), hasChanged) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

func TestAFileThatChangesWhileItIsReadIsNotWhole(t *testing.T) {
	path := write(t, "a.csv", "a,b\n"+strings.Repeat("1,2\n", 500_000))
	src := open(t, files.Options{}, path)
	var last error
	for _, err := range src.Scan(t.Context(), []string{"a"}) {
		if last = err; err == nil {
			appendTo(t, path, "3,4\n")
		}
	}
	if last == nil || !strings.Contains(last.Error(), hasChanged) {
		t.Errorf("the error is %v", last)
	}
}

func TestAFileThatIsReplacedIsReadAsItWas(t *testing.T) {
	path := write(t, "a.csv", "a\n1\n2\n")
	src := open(t, files.Options{}, path)
	schema(t, src)
	if err := os.Rename(write(t, "b.csv", "a\nx\n"), path); err != nil {
		t.Fatal(err)
	}
	if got, err := read(src, "a"); err != nil || len(got) != 2 {
		t.Errorf("%d rows: %v", len(got), err)
	}
}

func TestALogIsReadAsItWasWhenItWasOpened(t *testing.T) {
	path := write(t, "a.ndjson", "{\"a\":1}\n{\"a\":2}\n{\"a\":")
	src := open(t, files.Options{Dialect: dialect.Dialect{AsOfOpen: true}}, path)
	schema(t, src)
	appendTo(t, path, "3}\n{\"a\":4}\n")
	for range 2 {
		if got, err := read(src, "a"); err != nil || len(got) != 2 {
			t.Errorf("%d rows, want the 2 lines that were whole: %v", len(got), err)
		}
	}
}

func TestAParquetFileThatChangesIsNotWhole(t *testing.T) {
	path := writeParquet(t, "a.parquet", []parquetGame{{ID: "a"}})
	src := open(t, files.Options{}, path)
	schema(t, src)
	appendTo(t, path, "more")
	if _, err := read(src, "id"); err == nil || !strings.Contains(err.Error(), hasChanged) {
		t.Errorf("the error is %v", err)
	}
}

// What changes is told as unknown, never as a verdict.
func TestACheckOfAFileThatChangesIsUnknown(t *testing.T) {
	path := write(t, "a.csv", "a\n1\n")
	src := open(t, files.Options{}, path)
	schema(t, src)
	appendTo(t, path, "2\n")
	if got := judge(t, src, quality.Rule{Check: checks.Complete{Columns: []string{"a"}}}); got.Verdict != quality.Unknown {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}
