package files

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/intactdata/intact/quality"
)

// Options are settings of a relation; the zero Options are usable.
type Options struct {
	// Types declares columns, by name without regard to case. The types of the
	// others are inferred from their cells.
	Types map[string]quality.Type
	// Progress is told how much of a file has been read, each time that some has.
	// Files are read once for their types and once for every scan.
	Progress func(Progress)
}

// Open takes files of one format as one relation, their rows in the order of the
// paths. CSV files must have the same columns, in any order; NDJSON files have
// the columns that any of them has.
//
// Every file must exist, but none is read before Schema or Scan is called. The
// source is safe for concurrent use if Progress is.
func Open(paths []string, opts Options) (quality.Source, error) {
	return OpenText(paths, opts)
}

// OpenText is Open for callers that need rows as they are written: see
// [Text.Rows].
func OpenText(paths []string, opts Options) (*Text, error) {
	if len(paths) == 0 {
		return nil, errors.New("no file is named")
	}
	for _, name := range slices.Sorted(maps.Keys(opts.Types)) {
		if t := opts.Types[name]; name == "" || !t.Computable() || t == quality.Null {
			return nil, fmt.Errorf("column %q cannot be declared %q", name, t)
		}
	}
	t := &Text{types: maps.Clone(opts.Types), progress: opts.Progress, turn: make(chan struct{}, 1)}
	seen := map[string]string{}
	for _, path := range paths {
		f, err := find(path)
		if err != nil {
			return nil, err
		}
		if real, err := filepath.EvalSymlinks(path); err == nil {
			if other, twice := seen[real]; twice {
				return nil, fmt.Errorf("%s is named twice (as %s): its rows would count twice", path, other)
			}
			seen[real] = path
		}
		t.files = append(t.files, f)
		if first := t.files[0]; f.format != first.format {
			return nil, fmt.Errorf("%s is %s and %s is %s: the files of a relation have one format", first.path, first.format, path, f.format)
		}
	}
	return t, nil
}

func find(path string) (file, error) {
	info, err := os.Stat(path)
	if err != nil {
		return file{}, err // a *PathError: it names the path
	}
	if info.IsDir() {
		return file{}, fmt.Errorf("%s is a directory: name the files in it, for example %s", path, filepath.Join(path, "*.csv"))
	}
	f := file{path: path}
	f.format, f.gzipped, err = formatOf(path)
	return f, err
}

// Text is a relation of text files. It is safe for concurrent use if the
// progress function is.
type Text struct {
	files    []file
	types    map[string]quality.Type
	progress func(Progress)

	turn     chan struct{} // holds one token while the files are surveyed
	surveyed *survey
}

// Schema reads the files once to the end for their types, the first time that it
// is called.
func (t *Text) Schema(ctx context.Context) (quality.Schema, error) {
	s, err := t.survey(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(s.schema), nil
}

// Scan reads the rows.
func (t *Text) Scan(ctx context.Context, columns []string) iter.Seq2[*quality.Batch, error] {
	return func(yield func(*quality.Batch, error) bool) {
		for b, err := range t.scan(ctx, columns, false) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&b.Batch, nil) {
				return
			}
		}
	}
}
