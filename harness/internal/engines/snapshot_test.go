package engines_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// No engine of the tests reads an earlier instant. The reference implementation
// takes the statements as far as that: they are GoogleSQL.
func TestStatementsOfAnInstantAreGoogleSQL(t *testing.T) {
	ev := reference.Require(t)
	games := enginetest.Table{Name: "games", Schema: expr.Schema{{Name: "season", Type: expr.String}, {Name: "points", Type: expr.Int64}}}
	open, dataset, err := engines.LoadReference(t.Context(), ev, []enginetest.Table{games})
	require.NoError(t, err)
	engine, err := open()
	require.NoError(t, err)
	db, err := ev.Load(t.Context(), reference.Table{
		Name:    "fake." + dataset + ".games",
		Columns: []reference.Column{{Name: "season", Type: "STRING"}, {Name: "points", Type: "INT64"}},
	})
	require.NoError(t, err)
	plan, err := quality.NewPlan(t.Context(), engine, now, quality.Suite{Name: "games", Table: dataset + ".games", Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{"points"}}},
		{Check: checks.Unique{Columns: []string{"season"}}},
	}})
	require.NoError(t, err)
	require.Len(t, plan.Statements, 2)
	at := time.Date(2024, 5, 31, 6, 0, 0, 0, time.UTC)
	for _, st := range plan.Statements {
		s, err := googlesql.Renderer{Project: "fake", SnapshotAt: at}.Render(st)
		require.NoError(t, err)
		_, err = db.Query(t.Context(), s.Text, engines.ReferenceParams(s.Query)...)
		require.ErrorContains(t, err, "SetReadTime() not implemented")
	}
}
