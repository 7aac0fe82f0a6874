package stage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// load is what one measuring has in its place: those of its tables that have rows
// here, in a dataset of its own.
type load struct {
	place   Place
	tables  map[string]*loadedTable // by the names that suites give them
	dataset *emulator.Dataset       // nil until a table needs it
}

// loadedTable is a table of a load.
type loadedTable struct {
	source expr.Source
	place  Place
	read   map[string]bool // the columns that are loaded
	keys   map[string]bool // those of them that rows are told apart by
	all    bool            // and all others
	name   string          // of the table in its dataset
	err    error           // why there is none
	spoilt map[string]error
	paths  map[string][]string // of what elements that are read are found in
}

// newLoad finds the tables and columns that a plan reads of the sources.
func (s *Engine) newLoad(plan *quality.Plan) *load {
	l := &load{place: s.place, tables: map[string]*loadedTable{}}
	for _, st := range plan.Statements {
		for name, columns := range st.Relation.Reads() {
			src, ok := s.sources[name]
			if !ok {
				continue // the place has it, or nobody
			}
			t, ok := l.tables[name]
			if !ok {
				t = &loadedTable{source: src, place: s.place, read: map[string]bool{}, keys: map[string]bool{}, spoilt: map[string]error{}, paths: map[string][]string{}}
				l.tables[name] = t
			}
			t.all = t.all || columns == nil // what it reads only a derivation knows
			for _, c := range columns {
				t.read[c] = true
			}
			for _, f := range st.Folds {
				for _, by := range f.By {
					for _, c := range by.Of.Columns() {
						t.keys[c] = true
					}
				}
				if f.Term.Class() == quality.Keyed || f.Term.Op == quality.OpDistinct {
					for _, c := range f.Term.Columns() {
						t.keys[c] = true
					}
				}
			}
		}
	}
	return l
}

// run loads the tables. What cannot be loaded is no error of the others.
func (l *load) run(ctx context.Context) {
	for i, name := range slices.Sorted(maps.Keys(l.tables)) {
		t := l.tables[name]
		t.name = fmt.Sprintf("%s_%d", name[strings.LastIndexByte(name, '.')+1:], i+1)
		if err := l.table(ctx, t); err != nil {
			t.err = fmt.Errorf("table %s cannot be loaded into %s: %w", name, l.place.Name, err)
		}
	}
}

// names are those of the tables in their place.
func (l *load) names() map[string]string {
	out := map[string]string{}
	for name, t := range l.tables {
		if l.dataset != nil {
			out[name] = l.dataset.ID + "." + t.name
		}
	}
	return out
}

// fault is why a fold cannot be measured on what has been loaded, nil if it can.
func (l *load) fault(f *quality.Fold) error {
	for name, columns := range f.Relation.Reads() {
		t, ok := l.tables[name]
		if !ok {
			continue
		}
		if t.err != nil {
			return t.err
		}
		switch {
		case f.Relation.Table() != "":
			columns = f.Columns()
		case columns == nil:
			columns = slices.Sorted(maps.Keys(t.spoilt))
		}
		for _, c := range columns {
			for _, path := range append(t.paths[c], c) {
				if err := t.spoilt[path]; err != nil {
					return err
				}
			}
		}
	}
	return nil
}
