package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
)

// loadSuites reads suite files, and all of those in folders.
func loadSuites(ctx context.Context, args []string) ([]suitefile.File, error) {
	var out []suitefile.File
	var errs []error
	for _, arg := range args {
		paths, err := suitePaths(arg)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, path := range paths {
			data, err := ending.ReadFile(ctx, path)
			if err != nil {
				errs = append(errs, fmt.Errorf("suite %s cannot be read: %w", path, plainError(err)))
				continue
			}
			got, err := suitefile.Parse(path, data)
			errs = append(errs, err)
			out = append(out, got...)
		}
	}
	errs = append(errs, distinct(out))
	return out, errors.Join(errs...)
}

// distinct refuses suites that a report could not tell apart.
func distinct(suites []suitefile.File) error {
	paths := map[string]string{}
	var errs []error
	for _, s := range suites {
		if other, twice := paths[s.Suite.Name]; twice {
			errs = append(errs, fmt.Errorf("two suites have the name %q, in %s and in %s: rename one, or name a file once", s.Suite.Name, other, s.Path))
		}
		paths[s.Suite.Name] = s.Path
	}
	return errors.Join(errs...)
}

func suitePaths(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	if err != nil {
		return nil, fmt.Errorf("suite %s cannot be read: %w", arg, plainError(err))
	}
	if !info.IsDir() {
		return []string{arg}, nil
	}
	found, err := suitefile.Find(os.DirFS(arg), ".")
	if err != nil {
		return nil, fmt.Errorf("folder %s: %w", arg, err)
	}
	for i, name := range found {
		found[i] = filepath.Join(arg, filepath.FromSlash(name))
	}
	return found, nil
}

// plainError drops the path that an operating system's error repeats.
func plainError(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// localTable is where a table's rows are read from.
type localTable struct {
	paths []string // globs
	types map[string]expr.Type
	// dialect is how they are written, as the suite says that says anything of it.
	dialect   dialect.Dialect
	dialectBy string
	by        string // the suite that names the paths
}

// sourcesOf finds the local rows of the suites' tables. What cannot be read is a
// source all the same: its error makes the checks that need it unknown, and no
// others.
func sourcesOf(suites []suitefile.File, overrides map[string]string, input string, progress func(files.Progress)) (map[string]expr.Source, error) {
	tables := map[string]*localTable{}
	for _, s := range suites {
		if err := addTable(tables, s, overrides); err != nil {
			return nil, err
		}
	}
	for name := range overrides {
		if _, ok := tables[name]; !ok {
			return nil, fmt.Errorf("--data names table %s, which no suite is on; they are on %s", name, strings.Join(sortedKeys(tables), ", "))
		}
	}
	out := map[string]expr.Source{}
	for name, t := range tables {
		if len(t.paths) == 0 {
			continue
		}
		src, err := t.open(input, progress)
		if err != nil {
			src = unreadable{err}
		}
		out[name] = src
	}
	return out, nil
}

// addTable merges what several suites say of one table.
func addTable(tables map[string]*localTable, s suitefile.File, overrides map[string]string) error {
	name := s.Suite.Table
	t, known := tables[name]
	if !known {
		t = &localTable{types: map[string]expr.Type{}, by: s.Suite.Name}
		tables[name] = t
	}
	for column, typ := range s.Columns {
		if other, ok := t.types[column]; ok && other != typ {
			return fmt.Errorf("suites %s and %s declare column %s of table %s as %s and as %s", t.by, s.Suite.Name, column, name, other, typ)
		}
		t.types[column] = typ
	}
	if !reflect.DeepEqual(s.Dialect, dialect.Dialect{}) {
		if t.dialectBy != "" && !reflect.DeepEqual(s.Dialect, t.dialect) {
			return fmt.Errorf("suites %s and %s say of table %s that it is written in two ways: say it in one of them, or alike", t.dialectBy, s.Suite.Name, name)
		}
		t.dialect, t.dialectBy = s.Dialect, s.Suite.Name
	}
	paths := make([]string, len(s.Sources))
	for i, src := range s.Sources {
		paths[i] = src
		if !filepath.IsAbs(src) {
			paths[i] = filepath.Join(filepath.Dir(s.Path), src)
		}
	}
	if path, ok := overrides[name]; ok {
		paths = []string{path}
	}
	if len(paths) > 0 && len(t.paths) > 0 && !slices.Equal(paths, t.paths) {
		return fmt.Errorf("suites %s and %s read table %s from different files, %v and %v: a table is read once", t.by, s.Suite.Name, name, t.paths, paths)
	}
	if len(paths) > 0 {
		t.paths, t.by = paths, s.Suite.Name
	}
	return nil
}

func (t *localTable) open(input string, progress func(files.Progress)) (expr.Source, error) {
	var paths []string
	for _, pattern := range t.paths {
		found, err := files.Expand(pattern)
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	open := func(paths ...string) (files.Source, error) {
		return files.Open(paths, files.Options{Types: maps.Clone(t.types), Dialect: t.dialect, Progress: progress})
	}
	if len(paths) == 1 && isPipe(paths[0]) {
		return &piped{path: paths[0], format: files.FormatOf(paths[0], input), open: func(path string) (files.Source, error) { return open(path) }}, nil
	}
	return open(paths...)
}

// unreadable is a source whose rows cannot be had.
type unreadable struct{ err error }

func (u unreadable) Schema(context.Context) (expr.Schema, error) { return nil, u.err }

func (u unreadable) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) { yield(nil, u.err) }
}
