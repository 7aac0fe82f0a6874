package faults_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
)

// samples have an element pace in two rows and a field shot.zone in each.
func samples(t *testing.T) *faults.Table {
	t.Helper()
	row := func(cells ...any) []expr.Value {
		var out []expr.Value
		for _, c := range cells {
			v, err := expr.ValueOf(c)
			require.NoError(t, err)
			out = append(out, v)
		}
		return out
	}
	held, err := faults.Hold(t.Context(), enginetest.Source(enginetest.Table{
		Name: "d.samples",
		Schema: expr.Schema{
			{Name: "season", Type: expr.String},
			{Name: "names", Type: "ARRAY<STRING>"},
			{Name: "values", Type: "ARRAY<INT64>"},
			{Name: "shot", Type: "STRUCT", Fields: expr.Schema{{Name: "zone", Type: expr.String}}},
		},
		Rows: [][]expr.Value{
			row("2024-25", `["pace", "rest"]`, "[99, 2]", `{"zone": "corner"}`),
			row("2024-25", nil, nil, `{"zone": "paint"}`),
			row("2024-25", "[]", "[]", `{"zone": "paint"}`),
			row("2025-26", `["rest", "pace"]`, "[1, 97]", `{"zone": "corner"}`),
		},
	}))
	require.NoError(t, err)
	return held
}

func TestElementsOfArraysAreHeld(t *testing.T) {
	pace := checks.Complete{Columns: []string{"element(values, names, 'pace')"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(50))}}
	whole := samples(t)
	broken, _, err := whole.Break(1, faults.Null{Column: "values", Where: expr.Col("season").Eq("2025-26")})
	require.NoError(t, err)
	twice, _, err := whole.Break(1, faults.Duplicate{Where: expr.Col("season").Eq("2025-26")})
	require.NoError(t, err)
	for _, c := range []struct {
		table *faults.Table
		want  string
	}{{whole, "2 of 4"}, {broken, "1 of 4"}, {twice, "3 of 5"}} {
		engine := rows.NewEngine(map[string]expr.Source{"d.samples": c.table})
		r, err := quality.Run(t.Context(), engine, at(5, 12), quality.Suite{Name: "s", Table: "d.samples", Rules: []quality.Rule{{Check: pace}}})
		require.NoError(t, err)
		require.Contains(t, r.Suites[0].Checks[0].Reason, c.want)
	}
}

func TestFieldsAreBroken(t *testing.T) {
	whole := samples(t)
	broken, effects, err := whole.Break(1, faults.Null{Column: "shot.zone", Where: expr.Col("shot.zone").Eq("corner")})
	require.NoError(t, err)
	require.Equal(t, int64(2), effects[0].Rows)
	require.Equal(t, "null paint paint null", strings.Join(cells(t, broken, "shot.zone"), " "))
}

func TestANullHasNoFields(t *testing.T) {
	broken, _, err := samples(t).Break(1, faults.Null{Column: "shot", Where: expr.Col("season").Eq("2025-26")})
	require.NoError(t, err)
	require.Equal(t, "corner paint paint null", strings.Join(cells(t, broken, "shot.zone"), " "))
}
