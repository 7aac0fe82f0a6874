package files

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Options are settings of a relation; the zero Options are usable.
type Options struct {
	// Types declares columns, by name without regard to case. The types of the
	// others are inferred from their cells.
	Types map[string]expr.Type
	// Progress is told how much of a file has been read, each time that some has.
	// Files are read once for their types and once for every scan.
	Progress func(Progress)
}

// Open takes files of one format as one relation, their rows in the order of the
// paths. CSV and Parquet files must have the same columns, in any order; NDJSON
// files have the columns that any of them has.
//
// Every file must exist, but none is read before Schema or Scan is called. The
// source is safe for concurrent use if Progress is.
func Open(paths []string, opts Options) (expr.Source, error) {
	found, err := findAll(paths)
	if err != nil {
		return nil, err
	}
	if err := opts.validate(); err != nil {
		return nil, err
	}
	if found[0].format == parquetFormat {
		return &parquetTable{found, maps.Clone(opts.Types), opts.Progress, newFirstReading()}, nil
	}
	return newText(found, opts), nil
}

// OpenText is Open for callers that need rows as they are written: see
// [Text.Rows].
func OpenText(paths []string, opts Options) (*Text, error) {
	found, err := findAll(paths)
	if err != nil {
		return nil, err
	}
	if err := opts.validate(); err != nil {
		return nil, err
	}
	if f := found[0]; f.format == parquetFormat {
		return nil, fmt.Errorf("%s is Parquet, whose rows are no text: write it as CSV or NDJSON", f.path)
	}
	return newText(found, opts), nil
}

func (o Options) validate() error {
	folded := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(o.Types)) {
		if other, twice := folded[strings.ToLower(name)]; twice {
			return fmt.Errorf("column %q is declared twice, as %q as well: names are compared without regard to case", name, other)
		}
		folded[strings.ToLower(name)] = name
		if t := o.Types[name]; name == "" || !t.Computable() || t == expr.Null {
			return fmt.Errorf("column %q cannot be declared %q", name, t)
		}
	}
	return nil
}

// findAll makes sure that the files are there, each once and all of one format.
func findAll(paths []string) ([]file, error) {
	if len(paths) == 0 {
		return nil, errors.New("no file is named")
	}
	var found []file
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

func find(path string) (file, os.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return file{}, nil, err // a *PathError: it names the path
	}
	if info.IsDir() {
		return file{}, nil, fmt.Errorf("%s is a directory: name the files in it, for example %s", path, filepath.Join(path, "*.csv"))
	}
	if !info.Mode().IsRegular() { // a pipe has one reading, and opening it can wait for ever
		return file{}, nil, fmt.Errorf("%s is no regular file: files are read twice, for their types and for their rows; write it to a file first", path)
	}
	f := file{path: path}
	f.format, f.gzipped, err = formatOf(path)
	return f, info, err
}
