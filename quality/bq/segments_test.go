package bq_test

import (
	"math/big"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// A check that is alone on its table has its segments in the first columns of the
// result, whatever their type.
func TestSegmentsOfEachTypeComeBack(t *testing.T) {
	day := civil.Date{Year: 2024, Month: 2, Day: 29}
	for column, tc := range map[string]struct {
		declared, result string // the type of the table's column, and of the result's
		values           []any
		want             []string
	}{
		"an integer":      {"INTEGER", "INTEGER", []any{-7, 0, 7}, []string{"c=-7", "c=0", "c=7"}},
		"no integer":      {"INTEGER", "INTEGER", []any{nil}, []string{"c=null"}},
		"a text":          {"STRING", "STRING", []any{"A", "B"}, []string{"c=A", "c=B"}},
		"a truth value":   {"BOOLEAN", "BOOLEAN", []any{false, true}, []string{"c=false", "c=true"}},
		"a float":         {"FLOAT", "FLOAT", []any{"NaN", 0.5}, []string{"c=NaN", "c=0.5"}},
		"a decimal":       {"NUMERIC", "NUMERIC", []any{big.NewRat(-1, 2)}, []string{"c=-0.5"}},
		"a date":          {"DATE", "DATE", []any{day}, []string{"c=2024-02-29"}},
		"a date and time": {"DATETIME", "DATETIME", []any{civil.DateTime{Date: day, Time: civil.Time{Nanosecond: 1000}}}, []string{"c=2024-02-29 00:00:00.000001"}},
		"a timestamp":     {"TIMESTAMP", "INTEGER", []any{-1, 0}, []string{"c=1969-12-31 23:59:59.999999+00", "c=1970-01-01 00:00:00+00"}},
	} {
		t.Run(column, func(t *testing.T) {
			srv := fake()
			srv.AddTable("nba", "one", bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns("c " + tc.declared)}})
			var rows [][]any
			for _, v := range tc.values {
				rows = append(rows, []any{v, 7, 5})
			}
			srv.Answer = func(fakebq.Query) fakebq.Answer {
				return fakebq.Answer{Columns: fakebq.Columns("s0 "+tc.result, "c0 INTEGER", "c1 INTEGER"), Rows: rows}
			}
			engine := engineOf(t, srv, bq.Options{})
			report, err := judged(t.Context(), engine, planned(t, engine, quality.Suite{Name: "one", Table: "nba.one", Rules: []quality.Rule{
				{Check: checks.Complete{Columns: []string{"c"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(50))}}, By: []string{"c"}},
			}}))
			require.NoError(t, err)
			var got []string
			for _, f := range report.Suites[0].Checks[0].Findings {
				got = append(got, f.Segment.String())
				assert.Equal(t, quality.ObservedShare(5, 7), f.Observed)
			}
			assert.Equal(t, tc.want, got)
		})
	}
}

// The types that a service's metadata tells are those that tables are made with.
func TestTheServiceTellsTheTypesOfColumns(t *testing.T) {
	table := enginetest.Table{Name: "typed"}
	for _, typ := range []expr.Type{
		expr.Bool, expr.Int64, expr.Float64, expr.Numeric, expr.BigNumeric, expr.String, expr.Bytes,
		expr.Date, expr.DateTime, expr.Time, expr.Timestamp,
	} {
		table.Schema = append(table.Schema, expr.Field{Name: "a_" + string(typ), Type: typ})
	}
	ds := emulator.NewDataset(t)
	engine := onEmulator(t, ds, table)
	got, err := engine.Tables(t.Context(), ds.ID+".typed")
	require.NoError(t, err)
	require.NoError(t, got[0].Err)
	assert.Equal(t, table.Schema, got[0].Schema)
}
