package cli

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
)

// openEmulator loads local rows into tables of the emulator and measures those.
func openEmulator(j *job, sources map[string]quality.Source) error {
	server, err := emulator.Start(j.ctx)
	if err != nil {
		return evaluationError{err}
	}
	j.onClose(func() { server.Close() })
	ctx, stop := server.Context(j.ctx)
	j.onClose(stop)
	j.ctx = ctx
	client, err := server.Client(ctx)
	if err != nil {
		return evaluationError{err}
	}
	j.onClose(func() { client.Close() })

	staged := stage{server: server, client: client, sources: sources, datasets: map[string]*emulator.Dataset{}, failed: map[string]error{}}
	j.onClose(staged.remove)
	for _, table := range slices.Sorted(maps.Keys(sources)) {
		if err := staged.load(ctx, table, sources[table]); err != nil {
			staged.failed[quality.Table(table).Key()] = err
		}
	}
	engine, err := bq.New(client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), Parallel: 1})
	staged.Engine, j.engine = engine, &staged
	return err
}

// stage is an engine on tables that it has loaded into the emulator, and knows
// why others are not there.
type stage struct {
	quality.Engine
	server   *emulator.Server
	client   *bigquery.Client
	sources  map[string]quality.Source    // by table
	datasets map[string]*emulator.Dataset // those that were created
	failed   map[string]error             // by relation
}

// Schema is that of the local rows, where there are some: of a column that never
// holds a value, and of one that is kept only as NULL or not NULL, the emulator has
// another type.
func (s *stage) Schema(ctx context.Context, rel quality.Relation) (quality.Schema, error) {
	if d := rel.Derivation(); d != nil {
		return quality.DerivedSchema(d, func(in quality.Relation) (quality.Schema, error) { return s.Schema(ctx, in) })
	}
	if err := s.failed[rel.Key()]; err != nil {
		return nil, err
	}
	if src, ok := s.sources[rel.Table()]; ok {
		return src.Schema(ctx)
	}
	schema, err := s.Engine.Schema(ctx, rel)
	if err != nil {
		err = fmt.Errorf("%w; to load local rows, name them as source in the suite or with --data TABLE=PATH", err)
	}
	return schema, err
}

// remove drops what was created: the emulator may be somebody's who goes on with
// it.
func (s *stage) remove() {
	for _, d := range s.datasets {
		_ = d.Remove(context.Background()) // it may be gone, with all of its datasets
	}
}

// load creates a table and loads its rows.
func (s *stage) load(ctx context.Context, name string, src quality.Source) error {
	project, dataset, table := tableParts(name)
	if dataset == "" || project != "" && project != emulator.Project {
		return fmt.Errorf("table %s cannot be loaded into the emulator: it serves project %s, and tables are named dataset.table", name, emulator.Project)
	}
	schema, err := src.Schema(ctx)
	if err != nil {
		return err
	}
	ds, ok := s.datasets[dataset]
	if !ok {
		if ds, err = s.server.CreateDataset(ctx, s.client, dataset); err != nil {
			return err
		}
		s.datasets[dataset] = ds
	}
	t, err := ds.CreateTable(ctx, table, fieldsOf(schema))
	if err != nil {
		return err
	}
	columns := make([]string, len(schema))
	for i, f := range schema {
		columns[i] = f.Name
	}
	var pending [][]bigquery.Value
	read := int64(0)
	for batch, err := range src.Scan(ctx, columns) {
		if err != nil {
			return err
		}
		for i := range batch.Rows {
			row := make([]bigquery.Value, len(columns))
			for c := range columns {
				if row[c], err = cell(&batch.Columns[c], i); err != nil {
					return fmt.Errorf("row %d, column %q: %w", read+int64(i)+1, columns[c], err)
				}
			}
			pending = append(pending, row)
		}
		read += int64(batch.Rows)
		if len(pending) >= loadRows {
			if err := t.LoadRows(ctx, pending); err != nil {
				return err
			}
			pending = pending[:0]
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return t.LoadRows(ctx, pending)
}

// loadRows is how many rows are sent together.
const loadRows = 20000

// cell is what is loaded of a row. What the emulator cannot hold is an error: a
// verdict on other rows than were given would be none.
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
		return nil, fmt.Errorf("it is NaN, which the emulator stores as NULL: use --engine rows")
	}
	return x, nil
}

// fieldsOf are the columns of a table. One that never holds a value is a STRING;
// of one that nothing can be computed with only NULL or not NULL is kept, as BOOL.
func fieldsOf(schema quality.Schema) bigquery.Schema {
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

// tableParts cuts [project.]dataset.table.
func tableParts(name string) (project, dataset, table string) {
	parts := strings.Split(name, ".")
	table = parts[len(parts)-1]
	if len(parts) > 1 {
		dataset = parts[len(parts)-2]
	}
	return strings.Join(parts[:max(len(parts)-2, 0)], "."), dataset, table
}
