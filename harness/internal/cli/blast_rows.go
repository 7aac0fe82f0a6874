package cli

import (
	"context"
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
)

// rowsOf reads the tables of a job.
func rowsOf(j *job) lineage.Rows {
	if engine, ok := j.engine.(*bq.Engine); ok {
		return &farRows{engine: engine, tables: map[string]quality.TableInfo{}}
	}
	return localRows(j.local)
}

// localRows are those of files.
type localRows map[string]expr.Source

func (l localRows) source(table string) (expr.Source, error) {
	if src := l[table]; src != nil {
		return src, nil
	}
	return nil, fmt.Errorf("table %s: %w", table, errNoRows)
}

func (l localRows) Schema(ctx context.Context, table string) (expr.Schema, error) {
	src, err := l.source(table)
	if err != nil {
		return nil, err
	}
	if s, ok := src.(expr.Settler); ok {
		if err := s.Settle(ctx); err != nil {
			return nil, err
		}
	}
	return src.Schema(ctx)
}

func (l localRows) Read(_ context.Context, r lineage.Reading) (expr.Source, error) {
	return l.source(r.Table)
}

// farRows are those of BigQuery's tables.
type farRows struct {
	engine *bq.Engine
	tables map[string]quality.TableInfo
}

func (f *farRows) Schema(ctx context.Context, table string) (expr.Schema, error) {
	infos, err := f.engine.Tables(ctx, table)
	if err != nil {
		return nil, err
	}
	f.tables[table] = infos[0]
	return infos[0].Schema, infos[0].Err
}

func (f *farRows) Read(ctx context.Context, r lineage.Reading) (expr.Source, error) {
	return f.engine.Rows(ctx, f.tables[r.Table], r.Columns, f.sample(r))
}

// sample are the rows of a reading. Of times there are some more, for no zone is a day
// ahead of UTC.
func (f *farRows) sample(r lineage.Reading) bq.Sample {
	if r.Date == "" || !r.From.IsValid() {
		return bq.Sample{}
	}
	from := expr.Lit(r.From)
	field, err := f.tables[r.Table].Schema.Field(r.Date)
	if before := r.From.AddDays(-1); err == nil && field.Type == expr.Timestamp {
		from = expr.Lit(before.In(time.UTC))
	} else if err == nil && field.Type == expr.DateTime {
		from = expr.Lit(civil.DateTime{Date: before})
	}
	return bq.Sample{Where: expr.Col(r.Date).Ge(from)}
}

// tellReadings tells what following a gap would read.
func (p Process) tellReadings(ctx context.Context, j *job, g *lineage.Graph, gap lineage.Gap, rate float64) error {
	rows := rowsOf(j)
	all, err := lineage.Readings(ctx, g, rows, gap)
	if err != nil {
		return evaluationError{quality.Ended(ctx, err)}
	}
	var plans []report.RowsPlan
	for _, r := range all {
		one := report.RowsPlan{Reading: r}
		if far, ok := rows.(*farRows); ok {
			bytes, q, err := far.engine.EstimateRows(ctx, far.tables[r.Table], r.Columns, far.sample(r))
			if err != nil {
				return evaluationError{err}
			}
			one.Query, one.Bytes = q, &bytes
		}
		plans = append(plans, one)
	}
	return written(0, report.Rows(p.Stdout, plans, rate))
}
