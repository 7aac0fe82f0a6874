package files_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// write makes a file of a test and returns its path; a name that ends in .gz is
// gzipped.
func write(t testing.TB, name, text string) string {
	t.Helper()
	data := []byte(text)
	if filepath.Ext(name) == ".gz" {
		data = gzipped(t, text)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, opts files.Options, paths ...string) expr.Source {
	t.Helper()
	src, err := files.Open(paths, opts)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func schema(t testing.TB, src expr.Source) expr.Schema {
	t.Helper()
	s, err := src.Schema(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read returns all rows of the columns, each value as SQL text.
func read(src expr.Source, columns ...string) (rows [][]string, err error) {
	for batch, err := range expr.Scan(context.Background(), src, columns) {
		if err != nil {
			return rows, err
		}
		for i := range batch.Rows {
			row := make([]string, len(columns))
			for j := range columns {
				v := &batch.Columns[j]
				if v.Err != nil {
					return rows, v.Err
				}
				row[j] = v.Value(i).SQL()
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}
