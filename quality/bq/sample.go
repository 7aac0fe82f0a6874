package bq

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// A Sample is a part of a table's rows: of those that have one value of a column all or
// none, one value in so many, and those for which a predicate is TRUE; the zero Sample is
// all. The rows of two tables with one sample belong together.
type Sample struct {
	By    string
	OneIn int64
	Where expr.Expr
}

// Count is how many rows a table has, which BigQuery bills nothing for.
func (e *Engine) Count(ctx context.Context, table string) (int64, error) {
	t, err := e.renderer.Table(table)
	if err != nil {
		return 0, err
	}
	what := "the number of rows of " + table
	out, err := e.run(ctx, what, quality.Query{Text: "SELECT COUNT(*) FROM " + t.SQL()}, e.locationOf([]string{table}), limits{})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, quality.Ended(ctx, err))
	}
	if len(out.rows) == 1 && len(out.rows[0]) == 1 {
		if n, ok := out.rows[0][0].(int64); ok && n >= 0 {
			return n, nil
		}
	}
	return 0, fmt.Errorf("%s was answered %v", what, out.rows)
}

// Rows reads columns of a sample of a table, as Tables tells of it, into memory.
func (e *Engine) Rows(ctx context.Context, table quality.TableInfo, columns []string, s Sample) (expr.Source, error) {
	q, schema, err := e.sampled(table, columns, s)
	if err != nil {
		return nil, err
	}
	what := "the rows of " + table.Name
	if !e.options.Dialect.NoDryRun {
		if _, err := e.dryRun(ctx, what, q, e.locationOf([]string{table.Name})); err != nil {
			return nil, fmt.Errorf("%s: %w", what, quality.Ended(ctx, err))
		}
	}
	answer, err := e.run(ctx, what, q, e.locationOf([]string{table.Name}), limits{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, quality.Ended(ctx, err))
	}
	out := &memory{schema: schema}
	return out, out.load(answer.rows)
}

// EstimateRows is how many bytes Rows would read, and by which query: a dry run tells it,
// which is free.
func (e *Engine) EstimateRows(ctx context.Context, table quality.TableInfo, columns []string, s Sample) (int64, quality.Query, error) {
	q, _, err := e.sampled(table, columns, s)
	if err != nil {
		return 0, q, err
	}
	bytes, err := e.Estimate(ctx, Script{Name: "the rows of " + table.Name, Reads: q, Tables: []string{table.Name}})
	return bytes, q, err
}

// sampled writes the query of a sample.
func (e *Engine) sampled(table quality.TableInfo, columns []string, s Sample) (quality.Query, expr.Schema, error) {
	if table.Err != nil {
		return quality.Query{}, nil, table.Err
	}
	t, err := e.renderer.Table(table.Name)
	if err != nil {
		return quality.Query{}, nil, err
	}
	text := googlesql.NewText()
	text.Over(table.Schema)
	var schema expr.Schema
	var selected []string
	for _, name := range columns {
		f, err := table.Schema.Field(name)
		if err != nil {
			return quality.Query{}, nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		schema = append(schema, f)
		selected = append(selected, text.Column(f.Name))
	}
	if len(selected) == 0 {
		return quality.Query{}, nil, errors.New("no columns to read: name at least one")
	}
	lines := []string{"SELECT " + strings.Join(selected, ", "), "FROM " + text.Rows(t.SQL())}
	var where []string
	if s.OneIn > 1 {
		where = append(where, fmt.Sprintf("MOD(FARM_FINGERPRINT(CAST(%s AS STRING)), %d) = 0", text.Column(s.By), s.OneIn))
	}
	if !s.Where.IsZero() {
		bound, err := s.Where.BindPredicate(table.Schema)
		if err != nil {
			return quality.Query{}, nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		where = append(where, text.Predicate(bound))
	}
	if len(where) > 0 {
		lines = append(lines, "WHERE "+strings.Join(where, " AND "))
	}
	q, err := text.Query(lines...)
	return q, schema, err
}

// memory is rows that were read.
type memory struct {
	schema expr.Schema
	all    expr.Batch
}

func (m *memory) load(rows [][]any) error {
	m.all.Rows, m.all.Columns = len(rows), make([]expr.Vector, len(m.schema))
	for c, f := range m.schema {
		m.all.Columns[c].Reset(f.Type, len(rows))
	}
	for i, row := range rows {
		if len(row) != len(m.schema) {
			return fmt.Errorf("row %d of the result has %d values where %d columns were asked for", i+1, len(row), len(m.schema))
		}
		for c, v := range row {
			x, err := expr.ValueOf(v)
			if err == nil {
				err = m.all.Columns[c].SetValue(i, x)
			}
			if err != nil {
				return fmt.Errorf("row %d of the result, column %s: %w", i+1, m.schema[c].Name, err)
			}
		}
	}
	return nil
}

func (m *memory) Schema(context.Context) (expr.Schema, error) { return m.schema, nil }

func (m *memory) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		out := m.all
		out.Columns = make([]expr.Vector, len(columns))
		for i, name := range columns {
			f, err := m.schema.Field(name)
			if err != nil {
				yield(nil, err)
				return
			}
			out.Columns[i] = m.all.Columns[m.schema.Position(f.Name)]
		}
		yield(&out, nil)
	}
}
