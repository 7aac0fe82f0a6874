package windows

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// typesOfExpected are the declared types of the columns that the expected file is
// read for, by the names that it has for them.
func (s *Spec) typesOfExpected() map[string]expr.Type {
	out := map[string]expr.Type{}
	for _, key := range s.keyColumns() {
		names, _ := s.inExpected(key)
		s.declare(out, key, names...)
		for _, name := range names {
			s.declare(out, name, name)
		}
	}
	for _, name := range append(s.Expected.Where.Columns(), s.Expected.Due) {
		s.declare(out, name, name)
	}
	return out
}

// typesOfPoints are those of the columns that the file of points is read for.
func (s *Spec) typesOfPoints() map[string]expr.Type {
	out := map[string]expr.Type{}
	for _, key := range append(slices.Clone(s.Entity), s.At, s.Reset) {
		s.declare(out, key, key)
	}
	return out
}

// declare gives names the type that a column is declared to be. Names are
// compared without regard to case, so that they are kept in one.
func (s *Spec) declare(out map[string]expr.Type, column string, names ...string) {
	for declared, typ := range s.Types {
		if strings.EqualFold(declared, column) {
			for _, name := range names {
				out[strings.ToLower(name)] = typ
			}
		}
	}
}

// openTable opens a file. The columns in optional need not be there to be declared:
// another file may be the one that has them, and where one is needed its absence is
// told by the setting that names it. The same is true of every format.
func (r *run) openTable(ctx context.Context, path, name string, types, optional map[string]expr.Type) (*table, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a directory: name the files in it, or a pattern such as %s", name, filepath.Join(name, "*.csv"))
	}
	times := r.spec.Dialect.Times
	t, err := r.openDeclared(ctx, path, name, types, times)
	if err == nil || len(types)+len(times) == 0 {
		r.meet(t, times)
		return t, err
	}
	plain, unreadable := r.openDeclared(ctx, path, name, nil, nil)
	if unreadable != nil {
		return nil, unreadable
	}
	lacks := func(column string) bool { return !plain.has(column) }
	thereTypes, thereTimes := maps.Clone(types), maps.Clone(times)
	maps.DeleteFunc(thereTypes, func(column string, _ expr.Type) bool {
		_, may := optional[strings.ToLower(column)]
		return may && lacks(column)
	})
	maps.DeleteFunc(thereTimes, func(column string, _ dialect.Time) bool { return lacks(column) })
	if t, err = r.openDeclared(ctx, path, name, thereTypes, thereTimes); err != nil {
		return nil, fmt.Errorf("--type: %s: %w", name, err)
	}
	r.meet(t, thereTimes)
	return t, nil
}

// meet notes that a table has the columns of some formats.
func (r *run) meet(t *table, times map[string]dialect.Time) {
	for column := range times {
		if t != nil {
			r.formatted = append(r.formatted, column)
		}
	}
}

// checkFormats refuses the format of a column that no file has.
func (r *run) checkFormats() error {
	for column := range r.spec.Dialect.Times {
		if !slices.Contains(r.formatted, column) {
			return mistake("format", "is of column %q, which no file has", column)
		}
	}
	return nil
}

// has reports whether there is a column of the name, however it is to be read.
func (t *table) has(column string) bool {
	return slices.ContainsFunc(t.schema, func(f expr.Field) bool { return strings.EqualFold(f.Name, column) })
}

func (r *run) openDeclared(ctx context.Context, path, name string, types map[string]expr.Type, times map[string]dialect.Time) (*table, error) {
	source, err := r.sources.open(path, types, times)
	if err != nil {
		return nil, spool.Named(err, path, name)
	}
	t := &table{path: path, name: name, source: source}
	if t.schema, err = source.Schema(ctx); err != nil {
		return nil, spool.Named(err, path, name)
	}
	return t, nil
}
