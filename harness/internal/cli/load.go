package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
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
	source quality.Source
	read   map[string]bool // the columns that are loaded
	all    bool            // and all others
	name   string          // of the table on the emulator
	err    error           // why there is none
	spoilt map[string]error
}

// newLoad finds the tables and columns that a plan reads of the sources.
func (s *stage) newLoad(plan *quality.Plan) *load {
	l := &load{server: s.server, client: s.client, tables: map[string]*loadedTable{}}
	for _, st := range plan.Statements {
		for _, name := range tablesOf(st.Relation) {
			src, ok := s.sources[name]
			if !ok {
				continue // the emulator has it, or nobody
			}
			t, ok := l.tables[name]
			if !ok {
				t = &loadedTable{source: src, read: map[string]bool{}, spoilt: map[string]error{}}
				l.tables[name] = t
			}
			if st.Relation.Derivation() != nil {
				t.all = true // what it reads of its inputs only it knows
				continue
			}
			for _, c := range st.Columns {
				t.read[c] = true
			}
		}
	}
	return l
}

// tablesOf are the tables that a relation's rows come from.
func tablesOf(rel quality.Relation) []string {
	d := rel.Derivation()
	if d == nil {
		return []string{rel.Table()}
	}
	var out []string
	for _, in := range d.Inputs() {
		out = append(out, tablesOf(in)...)
	}
	return out
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

// fault is why a request cannot be measured on what has been loaded, nil if it can.
func (l *load) fault(r *quality.Request) error {
	for _, name := range tablesOf(r.Relation) {
		t, ok := l.tables[name]
		if !ok {
			continue
		}
		if t.err != nil {
			return t.err
		}
		columns := r.Columns()
		if r.Relation.Derivation() != nil {
			columns = sortedKeys(t.spoilt)
		}
		for _, c := range columns {
			if err := t.spoilt[c]; err != nil {
				return err
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

// table creates a table and loads its rows.
func (l *load) table(ctx context.Context, t *loadedTable) error {
	schema, err := t.columns(ctx)
	if err != nil {
		return err
	}
	if l.dataset == nil {
		if l.dataset, err = l.server.CreateDataset(ctx, l.client, emulator.UniqueID("intact")); err != nil {
			return err
		}
	}
	into, err := l.dataset.CreateTable(ctx, t.name, fieldsOf(schema))
	if err != nil {
		return err
	}
	names := make([]string, len(schema))
	for i, f := range schema {
		names[i] = f.Name
	}
	var pending [][]bigquery.Value
	read := int64(0)
	for batch, err := range t.source.Scan(ctx, names) {
		if err != nil {
			return err
		}
		for i := range batch.Rows {
			pending = append(pending, t.row(batch, i, read+int64(i)+1, names))
		}
		read += int64(batch.Rows)
		if len(pending) >= loadRows {
			if err := into.LoadRows(ctx, pending); err != nil {
				return err
			}
			pending = pending[:0]
		}
	}
	return into.LoadRows(ctx, pending)
}

// loadRows is how many rows are sent together.
const loadRows = 20000

// columns are those of the source that are loaded: they can be asked for by name.
func (t *loadedTable) columns(ctx context.Context) (quality.Schema, error) {
	schema, err := t.source.Schema(ctx)
	if err != nil {
		return nil, err
	}
	var out quality.Schema
	for _, f := range schema {
		if !t.all && !t.read[f.Name] {
			continue
		}
		if _, err := schema.Field(f.Name); err != nil {
			continue // nobody can ask for one of two
		}
		if _, err := bq.QuoteName(f.Name); err != nil {
			t.spoilt[f.Name] = err
			continue
		}
		out = append(out, f)
	}
	return out, nil
}

// row is what is loaded of a row of a batch. Of a column with a cell that the
// emulator cannot hold nothing can be measured: a verdict on other rows than were
// given would be none.
func (t *loadedTable) row(batch *quality.Batch, i int, number int64, names []string) []bigquery.Value {
	row := make([]bigquery.Value, len(names), len(names)+1)
	for c, name := range names {
		if t.spoilt[name] != nil {
			continue
		}
		var err error
		if row[c], err = cell(&batch.Columns[c], i); err != nil {
			t.spoilt[name] = fmt.Errorf("row %d, column %q: %w", number, name, err)
			row[c] = nil
		}
	}
	if len(names) == 0 {
		row = append(row, nil)
	}
	return row
}

// cell is what is loaded of a cell.
func cell(v *quality.Vector, i int) (bigquery.Value, error) {
	switch {
	case v.Err != nil:
		return nil, v.Err
	case !v.Type.Computable():
		if v.Valid.Get(i) {
			return true, nil
		}
		return nil, nil
	}
	x := v.Value(i).Go()
	if f, ok := x.(float64); ok && math.IsNaN(f) {
		return nil, errors.New("it is NaN, which the emulator stores as NULL: use --engine rows")
	}
	return x, nil
}

// fieldsOf are the columns of a table. One that never holds a value is a STRING;
// of one that nothing can be computed with only NULL or not NULL is kept, as BOOL.
// A table of which no column is read has one all the same: it has rows.
func fieldsOf(schema quality.Schema) bigquery.Schema {
	if len(schema) == 0 {
		return bigquery.Schema{{Name: "row", Type: bigquery.BooleanFieldType}}
	}
	out := make(bigquery.Schema, len(schema))
	for i, f := range schema {
		out[i] = &bigquery.FieldSchema{Name: f.Name}
		switch {
		case f.Type == quality.Null:
			out[i].Type = bigquery.StringFieldType
		case f.Type == quality.Int64:
			out[i].Type = bigquery.IntegerFieldType
		case f.Type == quality.Float64:
			out[i].Type = bigquery.FloatFieldType
		case f.Type == quality.Bool || !f.Type.Computable():
			out[i].Type = bigquery.BooleanFieldType
		default:
			out[i].Type = bigquery.FieldType(f.Type)
		}
	}
	return out
}
