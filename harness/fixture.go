package harness

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
)

// Fixture is a table as a test gives it, by the name that suites call it.
type Fixture struct {
	table string
	// open makes its rows. What it needs on disk it writes into a folder of the test's.
	open func(folder func() string) (expr.Source, error)
}

// called is what errors call it.
func (f Fixture) called() string {
	if f.table == "" {
		return "a fixture"
	}
	return "table " + f.table
}

// source is its rows. What is missing is an error, and no panic that ends all tests.
func (f Fixture) source(folder func() string) (expr.Source, error) {
	if f.open == nil {
		return nil, errors.New("it is the zero Fixture: make one by Rows, Files, FS, Reader or Source")
	}
	if f.table == "" {
		return nil, errors.New("it has no name: give the fixture the one that suites call the table")
	}
	src, err := f.open(folder)
	if err == nil && src == nil {
		err = errors.New("its source is nil")
	}
	return src, err
}

// Rows is a table of structs, or of pointers to them, whose fields are its columns by
// their bigquery tags: see [rows.Of].
func Rows[T any](table string, items []T) Fixture {
	return Fixture{table, func(func() string) (expr.Source, error) { return rows.Of(items) }}
}

// Files is a table of files, CSV, NDJSON or Parquet, as [files.Open] reads them. Each
// path may be a glob.
func Files(table string, paths ...string) Fixture {
	return Fixture{table, func(func() string) (expr.Source, error) { return open(paths, files.Options{}) }}
}

func open(patterns []string, o files.Options) (expr.Source, error) {
	var paths []string
	for _, p := range patterns {
		found, err := files.Expand(p)
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	return files.Open(paths, o)
}

// FS is a table of files of a file system, such as one that is embedded.
func FS(table string, fsys fs.FS, names ...string) Fixture {
	return Fixture{table, func(folder func() string) (expr.Source, error) {
		if fsys == nil {
			return nil, errors.New("its file system is nil")
		}
		dir := folder()
		var paths []string
		for i, name := range names {
			f, err := fsys.Open(name)
			if err != nil {
				return nil, err
			}
			at, err := write(filepath.Join(dir, fmt.Sprintf("%d_%s", i+1, path.Base(name))), f)
			_ = f.Close()
			if err != nil {
				return nil, err
			}
			paths = append(paths, at)
		}
		return files.Open(paths, files.Options{})
	}}
}

// Reader is a table of what a reader gives, as a file of the name would: its end tells
// the format, as in games.csv.
func Reader(table, name string, r io.Reader) Fixture {
	return Fixture{table, func(folder func() string) (expr.Source, error) {
		if r == nil {
			return nil, errors.New("its reader is nil")
		}
		at, err := write(filepath.Join(folder(), path.Base(name)), r)
		if err != nil {
			return nil, err
		}
		return files.Open([]string{at}, files.Options{})
	}}
}

// Source is a table of rows from anywhere: of [Break], of [rows.Columns], of [files.Open]
// with types that are declared.
func Source(table string, of expr.Source) Fixture {
	return Fixture{table, func(func() string) (expr.Source, error) { return of, nil }}
}

func write(at string, from io.Reader) (string, error) {
	f, err := os.Create(at)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(f, from); err != nil {
		_ = f.Close()
		return "", err
	}
	return at, f.Close()
}
