package audit_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/audit"
)

func TestTheKindSaysWhatItIs(t *testing.T) {
	var page bytes.Buffer
	require.NoError(t, suitefile.WriteReference(&page, audit.Kinds()))
	for _, k := range audit.Kinds() {
		for _, key := range k.New().Keys {
			require.NotEmpty(t, key.Doc, key.Name)
			require.Contains(t, page.String(), "| `"+key.Name+"` |")
		}
		read, err := suitefile.Parse("example.yaml", []byte("suite: example\ntable: d.t\nchecks:"+k.Example+"\n"), audit.Kinds()...)
		require.NoError(t, err)
		for _, r := range read[0].Suite.Rules {
			require.Equal(t, k.Name, r.Describe().Kind)
		}
	}
	_, err := suitefile.Schema(audit.Kinds()...)
	require.NoError(t, err)
}

func TestMistakesOfWindows(t *testing.T) {
	for written, want := range map[string]string{
		"window: form, entity: p, at: d":                                                      "the name does not say it",
		"window: form, of: points, entity: p, at: d":                                          "last is missing",
		"window: form, last: 5, entity: p, at: d":                                             "of is missing",
		"window: form, of: a, ratio: a/b, last: 5, entity: p, at: d":                          "a stored column is one window",
		"window: form, of: a, last: 5, days: 5, entity: p, at: d":                             "a stored column is one window",
		"window: form, of: a, stat: median, last: 5, entity: p, at: d":                        `"median" is not known`,
		"window: form, of: a, last: 5, at: d":                                                 `"entity" is missing`,
		"window: form, of: a, last: 5, entity: p":                                             `"at" is missing`,
		"window: form, of: a, last: 5, entity: p, at: d, made: x":                             "give both, or neither",
		"window: form, of: a, last: 5, entity: p, at: d, tolerance: -1":                       "is no distance",
		"window: form, of: a, last: 5, entity: p, at: d, tolerance: 1, decimals: 1":           "one of them",
		"window: form, of: a, last: 5, entity: p, at: d, from: {map: {p: q}}":                 "table",
		"window: form, of: a, last: 5, entity: p, at: d, from: {table: d.r, map: {z: q}}":     "map names \"z\"",
		"window: form, of: a, last: 5, entity: p, at: d, from: 7":                             "a text is expected",
		"window: form, of: a, last: 5, entity: p, at: d, from: {}":                            "it has one of the keys table, source, not 0 of them",
		"window: form, of: a, last: 5, entity: p, at: d, at_least: 101%":                      "more than 100%",
		"window: form, of: a, last: 5, entity: p, at: d, expected: {table: d.x, map: {z: q}}": `names "z"`,
		"window: [a_avg_last_5, a_avg_last_5], entity: p, at: d":                              "twice",
		"window: {form: {of: a, last: 1, max_span: 3}}, entity: p, at: d":                     "one row spans no time",
	} {
		_, err := suitefile.Parse("s.yaml", []byte("suite: s\ntable: d.t\nchecks: [{"+written+"}]\n"), audit.Kinds()...)
		require.ErrorContains(t, err, want, written)
	}
}

func TestRowsOfWindowsAreFiles(t *testing.T) {
	for _, written := range []string{"from: games.csv, expected: due.csv", "from: {source: games.csv}, expected: {source: due.csv}"} {
		files, err := suitefile.Parse("suites/s.yaml", []byte("suite: s\ntable: d.t\nchecks: [{window: form, of: a, last: 5, entity: p, at: d, "+written+"}]\n"), audit.Kinds()...)
		require.NoError(t, err)
		var got []string
		for _, table := range files[0].Tables {
			got = append(got, table.Paths()...)
		}
		require.Equal(t, []string{"suites/games.csv", "suites/due.csv"}, got)
	}
}

func TestWindowsThatCannotBeRecomputedAreUnknown(t *testing.T) {
	for written, want := range map[string]string{
		"window: other, of: points, last: 2":                             `there is no column "other"`,
		"window: player, of: points, last: 2":                            "player is STRING and no number",
		"window: form, of: pts, last: 2":                                 `there is no column "pts"`,
		"window: form, of: points, last: 2, reset: season":               `there is no column "season"`,
		"window: form, of: points, last: 2, expected: {table: d.games}":  "is the input itself",
		"window: form, of: points, last: 2, expected: {table: d.stored}": "they are the same rows",
	} {
		found := tables{"games": playerGames, "stored": "player day form\nann 2026-01-05 15"}.check(t, "{"+written+", entity: player, at: day, from: {table: d.games}}")
		require.Equal(t, "unknown", found.Verdict.String(), written)
		require.Contains(t, strings.Join([]string{found.Reason}, " "), want, written)
	}
}

func TestFlagsNameSeveralColumns(t *testing.T) {
	var s audit.Settings
	keys := s.Flat()
	for _, column := range []string{"points_avg_last_5", "points_avg_7d"} {
		require.NoError(t, form.Given(column, keys[0].Form))
	}
	check, err := s.Check()
	require.NoError(t, err)
	require.Len(t, check.Columns, 2)
}
