package engines_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
)

// No engine of the tests reads an earlier instant. The reference implementation
// takes the statements as far as that: they are GoogleSQL.
func TestStatementsOfAnInstantAreGoogleSQL(t *testing.T) {
	ev := reference.Require(t)
	db, err := ev.Load(t.Context(), reference.Table{
		Name:    "fake.nba.games",
		Columns: []reference.Column{{Name: "game_date", Type: "DATE"}, {Name: "season", Type: "STRING"}, {Name: "points", Type: "INT64"}},
	})
	require.NoError(t, err)
	at := time.Date(2024, 5, 31, 6, 0, 0, 0, time.UTC)
	engine := engineOf(t, fake(), bq.Options{})
	plan := planned(t, engine, severalStatements())
	require.Len(t, plan.Statements, 3)
	for _, st := range plan.Statements {
		s, err := bq.Renderer{Project: "fake", SnapshotAt: at}.Render(st)
		require.NoError(t, err)
		var params []reference.Param
		for name, v := range s.Parameters {
			params = append(params, reference.Param{Name: name, Type: string(v.Type()), Value: v.Go()})
		}
		_, err = db.Query(t.Context(), s.Text, params...)
		require.ErrorContains(t, err, "SetReadTime() not implemented")
	}
}

// severalStatements counts over a table, over its keys, and over rows derived
// from it.
func severalStatements() quality.Suite {
	s := someRows()
	s.Rules = append(s.Rules,
		quality.Rule{Check: quality.Unique{Columns: []string{"game_date"}}, By: []string{"season"}},
		quality.Rule{Check: latest{quality.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}}},
	)
	return s
}

// latest is a check on the newest rows of a table.
type latest struct{ quality.Check }

func (latest) Derive(s quality.Scope) (quality.Relation, error) {
	return quality.Derived(newest{s.Relation}), nil
}

type newest struct{ of quality.Relation }

func (n newest) Key() string { return "newest rows of " + n.of.Key() }

func (n newest) Inputs() []quality.Relation { return []quality.Relation{n.of} }

func (n newest) Schema(inputs []quality.Schema) (quality.Schema, error) { return inputs[0], nil }

func (n newest) Rows(inputs []quality.Source) quality.Source { return inputs[0] }

func (n newest) SQL(inputs []string) (quality.Query, error) {
	return quality.Query{Text: "SELECT * FROM " + inputs[0] + " AS a WHERE game_date >= '2024-01-01' -- the newest"}, nil
}
