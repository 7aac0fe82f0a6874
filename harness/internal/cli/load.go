package cli

import (
	"context"
	"fmt"
	"strings"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// load is what one measuring has on the emulator: those of its tables that have
// local rows, in a dataset of its own.
type load struct {
	server  *emulator.Server
	client  *bigquery.Client
	tables  map[string]*loadedTable // by the names that suites give them
	dataset *emulator.Dataset       // nil until a table needs it
}

// loadedTable is a table of a load.
type loadedTable struct {
	source expr.Source
	read   map[string]bool // the columns that are loaded
	keys   map[string]bool // those of them that rows are told apart by
	all    bool            // and all others
	name   string          // of the table on the emulator
	err    error           // why there is none
	spoilt map[string]error
	paths  map[string][]string // of what elements that are read are found in
}

// newLoad finds the tables and columns that a plan reads of the sources.
func (s *stage) newLoad(plan *quality.Plan) *load {
	l := &load{server: s.server, client: s.client, tables: map[string]*loadedTable{}}
	for _, st := range plan.Statements {
		for name, columns := range st.Relation.Reads() {
			src, ok := s.sources[name]
			if !ok {
				continue // the emulator has it, or nobody
			}
			t, ok := l.tables[name]
			if !ok {
				t = &loadedTable{source: src, read: map[string]bool{}, keys: map[string]bool{}, spoilt: map[string]error{}, paths: map[string][]string{}}
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
	for i, name := range sortedKeys(l.tables) {
		t := l.tables[name]
		t.name = fmt.Sprintf("%s_%d", name[strings.LastIndexByte(name, '.')+1:], i+1)
		if err := l.table(ctx, t); err != nil {
			t.err = fmt.Errorf("table %s cannot be loaded into the emulator: %w", name, err)
		}
	}
}

// names are those of the tables on the emulator.
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
			columns = sortedKeys(t.spoilt)
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

// remove drops what was created: the emulator may be somebody's who goes on with it.
func (l *load) remove(ctx context.Context) {
	if l.dataset == nil {
		return
	}
	ctx, stop := ending.Afterwards(ctx, cleanupTimeout)
	defer stop()
	_ = l.dataset.Remove(ctx) // it may be gone, with all that it had
}
