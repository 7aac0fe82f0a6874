package windows

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
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

// openTable opens a file and reads it once for its types. The columns in optional
// need not be there to be declared: another file may be the one that has them, and
// where one is needed its absence is told by the setting that names it.
func (r *run) openTable(ctx context.Context, path, name string, types, optional map[string]expr.Type) (*table, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a directory: window reads one file of rows, so name one in it", name)
	}
	t, err := r.openDeclared(ctx, path, name, types)
	if err == nil || len(types) == 0 {
		return t, err
	}
	plain, unreadable := r.openDeclared(ctx, path, name, nil)
	if unreadable != nil {
		return nil, unreadable
	}
	there := maps.Clone(types)
	for column := range types {
		_, missing := plain.schema.Field(column)
		if _, may := optional[strings.ToLower(column)]; may && missing != nil {
			delete(there, column)
		}
	}
	if len(there) < len(types) {
		t, err = r.openDeclared(ctx, path, name, there)
	}
	if err != nil {
		return nil, fmt.Errorf("--type: %s: %w", name, err)
	}
	return t, nil
}

func (r *run) openDeclared(ctx context.Context, path, name string, types map[string]expr.Type) (*table, error) {
	source, err := files.Open([]string{path}, files.Options{Types: types, Progress: r.progress})
	if err != nil {
		return nil, named(err, path, name)
	}
	t := &table{path: path, name: name, source: source}
	if t.schema, err = source.Schema(ctx); err != nil {
		return nil, named(err, path, name)
	}
	return t, nil
}
