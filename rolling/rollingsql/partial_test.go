package rollingsql_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling/rollingsql"
)

func TestPartialWindowsAreNotStored(t *testing.T) {
	q := rollingsql.Query{Rows: playerGames(), Counted: tookPart, Specs: parsed(t, "points_avg_last_10")}
	q.Partial = true
	acme := googlesql.Renderer{Project: "acme"}
	statement, err := q.Select(acme)
	require.NoError(t, err)
	require.Len(t, statement.Schema, 3, "a key of two columns, and the value alone")
	_, err = q.Merge(acme, "nba.player_form")
	require.ErrorContains(t, err, "they are not stored")
	_, err = q.View(acme, "nba.player_form")
	require.ErrorContains(t, err, "they are not stored")
}
