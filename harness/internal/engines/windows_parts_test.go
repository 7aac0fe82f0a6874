package engines_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// Columns of a window can be fields and elements: of the fourth row the element is there
// twice, so that it has no value; the third does not count.
func TestWindowsOverPartsOfColumns(t *testing.T) {
	games := enginetest.Table{Name: "stores", Schema: expr.Schema{field(t, "day", "DATE"),
		field(t, "who", "STRUCT<played BOOL>"), field(t, "player", "STRING"), field(t, "names", "ARRAY<STRING>"), field(t, "points", "ARRAY<FLOAT64>")}}
	for day, cells := range [][3]string{
		{`{"played": true}`, `["x", "y"]`, `[1, 8]`},
		{`{"played": true}`, `["y", "x"]`, `[8, 2.5]`},
		{`{"played": false}`, `[]`, `[]`},
		{`{"played": true}`, `["x", "x"]`, `[3, 3]`},
		{`{"played": true}`, `["x"]`, `[4]`},
	} {
		row := []expr.Value{must(expr.ValueOf(worldDate(day)))}
		for _, text := range []string{cells[0], "a", cells[1], cells[2]} {
			row = append(row, must(expr.ValueOf(text)))
		}
		games.Rows = append(games.Rows, row)
	}
	q := rollingsql.Query{
		Rows:    rollingsql.Source{Table: "test.stores", Schema: games.Schema, Keys: rollingsql.Keys{Entity: []string{"player"}, At: "day"}},
		Counted: expr.Col("who.played"),
		Specs: []rolling.Spec{
			must(rolling.New(rolling.Mean("element(points, names, 'x')"), rolling.Last(2), rolling.Named("x"))),
			must(rolling.New(rolling.Mean("element_count(names, 'x')"), rolling.Last(1), rolling.Named("n"))),
		},
	}
	for name, load := range map[string]func(*testing.T, []enginetest.Table) judge{"reference": onReference, "emulator": onEmulator} {
		t.Run(name, func(t *testing.T) {
			j := load(t, []enginetest.Table{games})
			s, err := q.Select(j.Renderer)
			require.NoError(t, err)
			rows, err := j.query(t.Context(), s.Query)
			require.NoError(t, err)
			require.Len(t, rows, 5)
			var got [][]any
			for _, row := range rows {
				got = append(got, []any{row[0], row[1], row[2], row[3], row[8], row[9]})
			}
			require.ElementsMatch(t, [][]any{
				{"a", worldDate(0), nil, "warmup", nil, "warmup"},
				{"a", worldDate(1), nil, "warmup", 1.0, "whole"},
				{"a", worldDate(2), 1.75, "whole", 1.0, "whole"},
				{"a", worldDate(3), 1.75, "whole", 1.0, "whole"},
				{"a", worldDate(4), nil, "null", 2.0, "whole"},
			}, got)
		})
	}
}

func field(t *testing.T, name, typ string) expr.Field {
	t.Helper()
	f, err := expr.ParseStoredField(name, typ)
	require.NoError(t, err)
	return f
}
