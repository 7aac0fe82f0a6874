package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Source is rows of files. Each file is opened once, when it is first read, and stays
// open until the source is closed or given up. What is read of a file that changes
// meanwhile ends with an error.
type Source interface {
	expr.Source
	expr.Settler
	io.Closer
	// Paths are those of the files, in the order of their rows.
	Paths() []string
	// Notes are worth telling of the rows that have been read, beside what is wrong
	// with them.
	Notes() []string
	// Text is what a file of text holds, unpacked. At its end it is an error if that
	// is not what was read before.
	Text(ctx context.Context, path string) (*Text, error)
	// Bytes is a file as it lies on disk, a Parquet file if its pages are those that its
	// footer tells of; Unchanged is asked when it has been read.
	Bytes(ctx context.Context, path string) (data io.ReaderAt, size int64, err error)
	// Unchanged is the error of a file that is not as it was when it was opened.
	Unchanged() error
}

// Unchanged: what has come since a file was opened is no change where it may grow.
func (t *table) Unchanged() error {
	if t.AsOfOpen {
		return nil
	}
	return t.handles.Unchanged()
}

// Text is the text of a file.
type Text struct {
	io.Reader
	LineEnd byte // the last byte of each line: '\n', or '\r' where lines end so
}

// Open takes files of one format as one relation, their rows in the order of the
// paths. Their columns are a union by name, without regard to case; of CSV and
// Parquet a column that some file lacks is an error unless Options say otherwise.
//
// Every file must exist, but none is read before Schema or Scan is called. The source
// is safe for concurrent use if Progress is.
func Open(paths []string, opts Options) (Source, error) {
	found, err := findAll(paths)
	if err != nil {
		return nil, err
	}
	s, err := opts.settle()
	if err != nil {
		return nil, err
	}
	if err := distinctNames(found, opts.FileColumn); err != nil {
		return nil, err
	}
	if found[0].format == parquetFormat {
		return newParquetTable(found, s), nil
	}
	return newTable(found, s), nil
}

// findAll makes sure that the files are there, each once and all of one format.
func findAll(paths []string) ([]*file, error) {
	if len(paths) == 0 {
		return nil, errors.New("no file is named")
	}
	var found []*file
	var seen []os.FileInfo
	for _, path := range paths {
		f, info, err := find(path)
		if err != nil {
			return nil, err
		}
		for i, other := range seen {
			if os.SameFile(info, other) {
				return nil, fmt.Errorf("%s is named twice (as %s): its rows would count twice", path, found[i].path)
			}
		}
		seen = append(seen, info)
		found = append(found, f)
		if first := found[0]; f.format != first.format {
			return nil, fmt.Errorf("%s is %s and %s is %s: the files of a relation have one format", first.path, first.format, path, f.format)
		}
	}
	return found, nil
}

func find(path string) (*file, os.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err // a *PathError: it names the path
	}
	if info.IsDir() {
		return nil, nil, fmt.Errorf("%s is a directory: name the files in it, for example %s", path, filepath.Join(path, "*.csv"))
	}
	if !info.Mode().IsRegular() { // a pipe has one reading, and opening it can wait for ever
		return nil, nil, fmt.Errorf("%s is no regular file, and files can be read twice: write it to one first", path)
	}
	f := &file{path: path}
	f.format, f.gzipped, err = formatOf(path)
	return f, info, err
}

// distinctNames: rows of two files must not get one name.
func distinctNames(all []*file, column string) error {
	if column == "" {
		return nil
	}
	seen := map[string]string{}
	for _, f := range all {
		if other, twice := seen[f.name()]; twice {
			return fmt.Errorf("column %q is to tell files apart, and %s and %s have one name, %q", column, other, f.path, f.name())
		}
		seen[f.name()] = f.path
	}
	return nil
}

// name is that of the file without its folder and its extension.
func (f *file) name() string {
	base := filepath.Base(f.path)
	if f.gzipped {
		base = base[:len(base)-len(".gz")]
	}
	return strings.TrimSuffix(base, filepath.Ext(base))
}
