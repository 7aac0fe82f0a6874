package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/internal/redacted"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
)

// loadSuites reads suite files, those of folders, and those that globs match.
func loadSuites(ctx context.Context, args []string, variables map[string]string) ([]suitefile.File, error) {
	var paths []string
	var errs []error
	for _, arg := range args {
		found, err := suitePaths(arg)
		errs = append(errs, err)
		paths = append(paths, found...)
	}
	reader := suitefile.Reader{Kinds: checkKinds(), ReadFile: func(name string) ([]byte, error) { return ending.ReadFile(ctx, name) }, Variables: variables}
	out, err := reader.LoadFiles(paths)
	return out, errors.Join(append(errs, err)...)
}

func suitePaths(arg string) ([]string, error) {
	root, name := arg, "."
	info, err := os.Stat(arg)
	switch {
	case err != nil && suitefile.IsGlob(arg):
		root, name = doublestar.SplitPattern(filepath.ToSlash(arg))
	case err != nil:
		return nil, fmt.Errorf("suite %s cannot be read: %w", arg, ending.WithoutPath(err))
	case !info.IsDir():
		return []string{arg}, nil
	}
	found, err := suitefile.Find(os.DirFS(root), name)
	if err != nil {
		return nil, fmt.Errorf("suites %s: %w", arg, err)
	}
	for i, name := range found {
		found[i] = filepath.Join(root, filepath.FromSlash(name))
	}
	return found, nil
}

// localTable is where a table's rows are read from.
type localTable struct {
	paths []string // globs
	types map[string]expr.Type
	// dialect is how they are written, as the suite says that says anything of it.
	dialect   dialect.Dialect
	dialectBy string
	by        string // the suite that says so
	// redact are columns whose values are not to be printed.
	redact []string
}

// sourcesOf finds the local rows of the tables that suites read or declare.
func sourcesOf(suites []suitefile.File, overrides map[string]string, input string, progress func(files.Progress)) (map[string]expr.Source, error) {
	return sourcesOfSome(suites, suites, overrides, input, progress)
}

// sourcesOfSome finds those of the tables that some of the suites read or declare, by
// what all say of them. What cannot be read is a source all the same: its error makes
// the checks that need it unknown, and no others.
func sourcesOfSome(suites, some []suitefile.File, overrides map[string]string, input string, progress func(files.Progress)) (map[string]expr.Source, error) {
	tables := map[string]*localTable{}
	for _, s := range suites {
		for _, name := range s.Suite.Reads() {
			if err := addTable(tables, s, name, suitefile.Local{}, overrides); err != nil {
				return nil, err
			}
		}
		if err := addTable(tables, s, s.Suite.Table, s.Local, overrides); err != nil {
			return nil, err
		}
		for _, t := range s.Tables {
			if err := addTable(tables, s, t.Name, t.Local, overrides); err != nil {
				return nil, err
			}
			tables[t.Name].redact = append(tables[t.Name].redact, t.Redact...)
		}
	}
	for name := range overrides {
		if _, ok := tables[name]; !ok {
			return nil, fmt.Errorf("--data names table %s, which no suite reads; they read %s", name, strings.Join(sortedKeys(tables), ", "))
		}
	}
	wanted := map[string]bool{}
	for _, s := range some {
		for _, name := range s.Suite.Reads() {
			wanted[name] = true
		}
		for _, t := range s.Tables {
			wanted[t.Name] = true
		}
	}
	out := map[string]expr.Source{}
	for name, t := range tables {
		if len(t.paths) == 0 || !wanted[name] {
			continue
		}
		src, err := t.open(input, progress)
		if err != nil {
			src = unreadable{err}
		}
		out[name] = redacted.Source(src, t.redact)
	}
	return out, nil
}

// addTable merges what several suites say of one table.
func addTable(tables map[string]*localTable, s suitefile.File, name string, rows suitefile.Local, overrides map[string]string) error {
	t, known := tables[name]
	if !known {
		t = &localTable{types: map[string]expr.Type{}, by: s.Suite.Name}
		tables[name] = t
	}
	if !reflect.DeepEqual(rows.Dialect, dialect.Dialect{}) {
		if t.dialectBy != "" && !reflect.DeepEqual(rows.Dialect, t.dialect) {
			return fmt.Errorf("suites %s and %s say of table %s that it is written in two ways: say it in one of them, or alike", t.dialectBy, s.Suite.Name, name)
		}
		t.dialect, t.dialectBy = rows.Dialect, s.Suite.Name
	}
	for column, typ := range rows.Columns {
		if other, ok := t.declared(column); ok && t.types[other] != typ {
			return fmt.Errorf("suites %s and %s declare column %s of table %s as %s and as %s", t.by, s.Suite.Name, column, name, t.types[other], typ)
		} else if !ok {
			t.types[column] = typ
		}
	}
	paths := rows.Paths()
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

// declared is how a column is spelt that has a type already.
func (t *localTable) declared(column string) (string, bool) {
	for name := range t.types {
		if strings.EqualFold(name, column) {
			return name, true
		}
	}
	return "", false
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
	opts := files.Options{Types: maps.Clone(t.types), Dialect: t.dialect, Progress: progress}
	if len(paths) == 1 && isPipe(paths[0]) {
		return &piped{path: paths[0], format: files.FormatOf(paths[0], input), opts: opts}, nil
	}
	return files.Open(paths, opts)
}

// unreadable is a source whose rows cannot be had.
type unreadable struct{ err error }

func (u unreadable) Schema(context.Context) (expr.Schema, error) { return nil, u.err }

func (u unreadable) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) { yield(nil, u.err) }
}
