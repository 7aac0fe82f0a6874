package files

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// relation is files that are one table: what is asked of them, and their columns as
// far as they are known.
type relation struct {
	handles
	settled
	look func(context.Context) error // finds the columns

	turn    chan struct{} // holds one token while what follows is used
	began   bool
	broken  error // the files cannot be read, whatever is asked for
	columns []column
}

func newRelation(found []*file, s settled) relation {
	return relation{handles: found, settled: s, turn: make(chan struct{}, 1)}
}

// column is what is known of a column, or of a part of one in NDJSON.
type column struct {
	name     string
	within   jsonKey // of a part of a column
	typ      expr.Type
	err      error
	declared bool
	final    bool // typ and err are by all cells, and no guess
	odd      map[string]bool
	remark   string      // worth telling whoever reads it
	fields   expr.Schema // that it has as a STRUCT, or its elements have
}

// key is where values of the column stand.
func (c column) key() jsonKey {
	if c.within.in == 0 {
		return jsonKey{name: c.name}
	}
	return c.within
}

func (c column) field() expr.Field {
	return expr.Field{Name: c.name, Type: c.typ, Text: !c.declared, Err: c.err, Fields: c.fields}
}

func (t *relation) lock(ctx context.Context) error {
	select {
	case t.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return quality.Ended(ctx, nil)
	}
}

func (t *relation) unlock() { <-t.turn }

// Schema finds the columns, unless they are known already. Of texts that is a reading
// of the first rows, for the types that they seem to have.
func (t *relation) Schema(ctx context.Context) (expr.Schema, error) {
	if err := t.lock(ctx); err != nil {
		return nil, err
	}
	defer t.unlock()
	if err := t.begin(ctx); err != nil {
		return nil, err
	}
	return t.schema(), nil
}

func (t *relation) schema() expr.Schema {
	return fieldsIn(t.columns)
}

// begin finds the columns, once.
func (t *relation) begin(ctx context.Context) error {
	if t.began || t.broken != nil {
		return t.broken
	}
	err := t.look(ctx)
	if ctx.Err() != nil {
		return quality.Ended(ctx, nil) // which says nothing about the files
	}
	t.began, t.broken = err == nil, err
	return err
}

// findColumn gives the place of the one column of a name.
func findColumn(columns []column, name string) (int, error) {
	var bare []column
	for _, c := range columns {
		if !c.within.items {
			bare = append(bare, column{name: c.name})
		}
	}
	f, err := findField(bare, name)
	if err != nil {
		return 0, err
	}
	return slices.IndexFunc(columns, func(c column) bool { return c.name == f.Name }), nil
}

// findField finds a column or a field. That it cannot be read is no error here.
func findField(columns []column, name string) (expr.Field, error) {
	if name == "" {
		return expr.Field{}, errors.New("a column without a name cannot be asked for: give it one in the header")
	}
	f, err := fieldsIn(columns).Field(name)
	if f.Err != nil {
		err = nil
	}
	return f, err
}

// declare lets the declared types win.
func (t *relation) declare() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(t.Types)) {
		at, err := findColumn(t.columns, name)
		if err != nil {
			errs = append(errs, fmt.Errorf("declared %s: %w", t.Types[name], err))
			continue
		}
		c := &t.columns[at]
		*c = column{name: c.name, within: c.within, typ: t.Types[name], declared: true, final: true}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Times)) {
		if _, err := findColumn(t.columns, name); err != nil && t.types[strings.ToLower(name)] == "" {
			errs = append(errs, fmt.Errorf("a zone is declared: %w", err))
		}
	}
	return errors.Join(errs...)
}

// addFileColumn adds the column of the names of the files, where one is asked for.
func (t *relation) addFileColumn() error {
	if t.FileColumn == "" {
		return nil
	}
	if slices.ContainsFunc(t.columns, func(c column) bool { return strings.EqualFold(c.name, t.FileColumn) }) {
		return fmt.Errorf("%s has a column %q already, which the file's name was to be: choose another name", t.handles[0].path, t.FileColumn)
	}
	t.columns = append(t.columns, column{name: t.FileColumn, typ: expr.String, declared: true, final: true})
	return nil
}
