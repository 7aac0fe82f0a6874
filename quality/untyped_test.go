package quality_test

import (
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// untypedSource is two rows whose column nothing holds no value, so that no type
// is known of it, as in a file whose column is empty.
type untypedSource struct{}

func (untypedSource) Schema(context.Context) (expr.Schema, error) {
	return expr.Schema{{Name: "nothing", Type: expr.Null}, {Name: "id", Type: expr.Int64}}, nil
}

func (untypedSource) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		b := &expr.Batch{Rows: 2, Columns: make([]expr.Vector, len(columns))}
		for i, name := range columns {
			if name == "nothing" {
				b.Columns[i].Reset(expr.Null, b.Rows)
				continue
			}
			b.Columns[i].Reset(expr.Int64, b.Rows)
			b.Columns[i].Valid = b.Columns[i].Valid.Fill(b.Rows)
		}
		yield(b, nil)
	}
}

func TestColumnWithoutAnyValueIsJudged(t *testing.T) {
	require.Equal(t, map[string]string{
		"complete": "fail: 0 of 2 rows (0.0%), not at_least 95%: 2 rows short",
		"missing":  "fail: 0 of 2 rows (0.0%), not at_least 100%: 2 rows short",
		"where":    "unknown: nothing to judge: nothing > 5 AND id = 0 is TRUE for none of 2 rows (FALSE 0, NULL 2)",
		"by":       "unknown: nothing=null: 2 rows are in no segment, for a group-by column is NULL: expect null if that is right; 2 of 2 rows (100.0%)",
		"unique":   "fail: 2 rows have a key with a NULL part: 0 keys in 2 rows",
	}, outcomes(t, untypedSource{},
		quality.Rule{ID: "complete", Check: complete("nothing", percent(95))},
		quality.Rule{ID: "missing", Check: quality.Complete{Columns: []string{"nothing"}, Missing: []expr.Value{value(-999), value("")}}},
		quality.Rule{ID: "where", Check: complete("id"), Where: col("nothing").Gt(5).And(col("id").Eq(0))},
		quality.Rule{ID: "by", Check: complete("id"), By: []string{"nothing"}},
		quality.Rule{ID: "unique", Check: unique("nothing", "id")},
	))
}

func TestDateColumnWithoutAnyValueLeavesNothingToJudge(t *testing.T) {
	got := checkSource(t, quality.Suite{Date: "nothing", From: day(2025, 10, 21)}, quality.Rule{Check: complete("id")}, untypedSource{})
	require.Equal(t, quality.Unknown.String(), got.Verdict.String())
	require.Len(t, got.Findings, 2)
	require.Equal(t, "nothing to judge: there is no row in scope", got.Findings[0].Reason)
	require.Equal(t, "2 rows have a NULL nothing and belong to no date: null: ok sets them aside", got.Findings[1].Reason)
}
