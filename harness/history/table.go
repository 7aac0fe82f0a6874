package history

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
)

// Table is a table in BigQuery with the columns of [Record], parted by the month of
// the run. It is made by the first run.
type Table struct {
	Engine *bq.Engine
	Name   string // [project.]dataset.table
}

// Append adds a run's records by one load job, all or none. Added is false where the
// table has the run already, which it has at most once, also where several add it at
// the same time; see bq.Engine.Append for the emulator.
func (t Table) Append(ctx context.Context, records []Record) (added bool, err error) {
	if len(records) == 0 {
		return false, nil
	}
	lines, err := linesOf(records)
	if err != nil {
		return false, err
	}
	return t.Engine.Append(ctx, bq.Append{Table: t.Name, Columns: Columns(), PartitionBy: "run_at", Lines: lines, IDColumn: "run_id", ID: records[0].RunID})
}

// Columns are those of a Record, as tables have them.
func Columns() expr.Schema {
	types := map[reflect.Type]expr.Type{
		reflect.TypeFor[string](): expr.String, reflect.TypeFor[int](): expr.Int64, reflect.TypeFor[int64](): expr.Int64,
		reflect.TypeFor[float64](): expr.Float64, reflect.TypeFor[bool](): expr.Bool, reflect.TypeFor[time.Time](): expr.Timestamp,
	}
	var out expr.Schema
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Record]()) {
		of := f.Type
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, expr.Field{Name: name, Type: types[of]})
	}
	return out
}

// Findings reads the findings of a check, of any suite where that is "".
func (t Table) Findings(ctx context.Context, suite, check string) ([]Record, []Skipped, error) {
	where, parameters := "record = 'finding' AND check_id = @check", map[string]string{"check": check}
	if suite != "" {
		where += " AND suite = @suite"
		parameters["suite"] = suite
	}
	columns, err := t.columns(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, err := t.selected(ctx, columns, where+" ORDER BY run_at, run_id, record_number", parameters)
	if err != nil {
		return nil, nil, err
	}
	var out []Record
	for i, row := range rows {
		r, err := recordOfRow(columns, row)
		if err != nil {
			return nil, nil, fmt.Errorf("history %s, row %d of the answer: %w", t.Name, i+1, err)
		}
		if n := len(out); n > 0 && out[n-1].RunID == r.RunID && out[n-1].Number == r.Number {
			continue // appended twice at once
		}
		out = append(out, r)
	}
	return out, nil, nil
}

// Checks lists what the table has findings of.
func (t Table) Checks(ctx context.Context) ([]Check, error) {
	rows, err := t.selected(ctx, []string{"DISTINCT suite", "check_id"}, "record = 'finding' ORDER BY suite, check_id", nil)
	if err != nil {
		return nil, err
	}
	var out []Check
	for _, row := range rows {
		suite, _ := row[0].(string)
		id, _ := row[1].(string)
		out = append(out, Check{suite, id})
	}
	return out, nil
}

// columns are those of a Record that the table has, which can have been made when there
// were fewer.
func (t Table) columns(ctx context.Context) ([]string, error) {
	info, err := t.info(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(Columns().Names(), func(name string) bool { return info.Schema.Position(name) < 0 }), nil
}

func (t Table) info(ctx context.Context) (quality.TableInfo, error) {
	infos, err := t.Engine.Tables(ctx, t.Name)
	if err == nil {
		err = infos[0].Err
	}
	if err != nil {
		return quality.TableInfo{}, fmt.Errorf("history: %w", err)
	}
	return infos[0], nil
}

func (t Table) selected(ctx context.Context, columns []string, where string, parameters map[string]string) ([][]any, error) {
	if _, err := t.info(ctx); err != nil {
		return nil, err
	}
	name, err := t.Engine.Renderer().Table(t.Name)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	q := quality.Query{Text: "SELECT " + strings.Join(columns, ", ") + " FROM " + name.SQL() + " WHERE " + where, Parameters: map[string]expr.Value{}}
	for parameter, text := range parameters {
		if q.Parameters[parameter], err = expr.ValueOf(text); err != nil {
			return nil, err
		}
	}
	return t.Engine.Select(ctx, "history "+t.Name, q, t.Name)
}

// recordOfRow reads a row of some columns.
func recordOfRow(columns []string, row []any) (Record, error) {
	fields := map[string]any{}
	for i, name := range columns {
		fields[name] = row[i]
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return Record{}, err
	}
	return recordOf(text)
}
