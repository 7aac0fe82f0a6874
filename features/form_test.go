package features_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/quality/suitefile/form"
)

const written = `features: player_points_v1
owner: analytics
table: nba.store
source: store.csv.gz
key: [player, game_date]
at: game_date
event: tip_off
from: 2025-10-01
label: points
by: season
expect: ["2025-26"]
eligible: minutes > 0
rows: {at_least: 1000}
set:
  usage_rate: {populated: 95%, range: [0, 60], default: {values: [25.0], at_most: 1%}, distinct: {at_least: 50}, spread: {more_than: 1}}
  pct_paint: {column: zones.paint, group: zones, populated: 90%, null_if: paint_attempts}
  pct_three: {column: "element(zone_values, zone_names, 'three')", group: zones}
  odds: {required: false, populated: {allow: 3}, missing: -1, available_at: odds_at, age: 2d}
  form:
    populated: 80%
    drift: {period: year, psi: 0.2}
    window: {of: points, last: 10, reset: season, from: {source: games.csv}}
groups:
  zones: {total: 100, tolerance: 2, same: [paint_source, three_source]}
leaks: {predicts: 0.9, cutoff: 2026-01-01, evaluation: {table: nba.evaluation, map: {player: player_id}}}
served: {table: nba.serving, populated: ±5 points, mean: ±10%, quantiles: {0.5: ±10%, 0.95: ±20%}, psi: 0.2}
`

func TestASetIsASuite(t *testing.T) {
	files, err := features.Parse("set.yaml", []byte(written))
	require.NoError(t, err)
	require.Len(t, files, 1)
	suite := files[0].Suite()
	var got []string
	for _, r := range suite.Suite.Rules {
		text := r.ID + ": " + r.Describe().Claim
		if r.WarnOnly {
			text += " (warns)"
		}
		got = append(got, text)
	}
	assert.Equal(t, []string{
		"rows: rows at_least 1,000",
		"key: (player, game_date) is unique",
		"label: points is NULL unless tip_off has come",
		"usage_rate served: populated share of usage_rate against nba.serving: change ±5 points",
	}, got[:4])
	for _, want := range []string{
		"usage_rate populated: usage_rate populated at_least 95%",
		"usage_rate range: usage_rate from 0 to 60 at_least 100%",
		"usage_rate defaults: usage_rate is 25 at_most 1%",
		"usage_rate distinct: distinct values of usage_rate at_least 50",
		"usage_rate spread: spread of usage_rate more_than 1",
		"pct_paint null_if: if paint_attempts IS NULL then NOT POPULATED(zones.paint) at_least 100%",
		"pct_three populated: element(zone_values, zone_names, 'three') populated at_least 100%",
		"odds populated in time: POPULATED(odds, -1) AND odds_at < tip_off allow 3 (warns)",
		"odds age: odds_at is at most 2 days before game_date (warns)",
		"form window: form is the points_avg of the last 10 rows of files.games_csv at_least 80%",
		"form populated: form populated where its window owes a value at_least 80%",
		"usage_rate served 0.95-quantile: 0.95-quantile of usage_rate against nba.serving: change ±20%",
		"zones total: zones.paint + element(zone_values, zone_names, 'three') = 100 ± 2 at_least 100%",
		"cutoff: game_date is not after 2026-01-01",
		"usage_rate predicts: rank correlation of usage_rate with points between [-0.9, 0.9]",
	} {
		assert.Contains(t, got, want)
	}
	assert.Equal(t, []string{"store.csv.gz"}, suite.Paths())
	assert.Contains(t, suite.Suite.Reads(), "files.games_csv")
	for _, r := range suite.Suite.Rules {
		if r.ID == "usage_rate populated" {
			assert.Equal(t, []string{"season"}, r.By)
			assert.Equal(t, [][]any{{"2025-26"}}, r.Expect)
		}
	}
}

// Files stand by their names alone where there is no more to say of them.
func TestFilesByTheirNames(t *testing.T) {
	files, err := features.Parse("sets/points.yaml", []byte(`features: player_points_v1
table: nba_features.feature_store
source: feature_store.csv.gz
key: [player_lookup, game_date]
at: game_date
label: points
by: season
eligible: minutes_played > 0
rows: {at_least: 1000}
set:
  usage_rate_avg_last_10: {populated: 95%, range: [0, 60], default: {values: [25.0], at_most: 1%}, distinct: {at_least: 50},
                           window: {of: usage_rate, last: 10, counted: is_dnp IS NOT TRUE AND minutes_played > 0, reset: season, from: player_game.csv.gz, expected: due.csv}}
  pct_paint:              {group: zones, populated: 90%, null_if: [paint_attempts]}
  pct_mid_range: {}
  pct_three: {}
  rest_days:              {required: false, populated: 60%, spread: {more_than: 1}, drift: {baseline: {source: before.csv}, psi: 0.2}}
groups:
  zones: {of: [pct_paint, pct_mid_range, pct_three], total: 100, tolerance: 2, same: zone_source}
leaks: {evaluation: held_out.csv}
`))
	require.NoError(t, err)
	suite := files[0].Suite()
	var paths []string
	for _, table := range suite.Tables {
		paths = append(paths, table.Paths()...)
	}
	assert.ElementsMatch(t, []string{"sets/player_game.csv.gz", "sets/due.csv", "sets/before.csv", "sets/held_out.csv"}, paths)
	for _, name := range []string{"files.sets_player_game_csv_gz", "files.sets_due_csv", "files.sets_held_out_csv"} {
		assert.Contains(t, suite.Suite.Reads(), name)
	}
}

func TestMistakesAreToldWhereTheyStand(t *testing.T) {
	for name, c := range map[string]struct{ old, new, says string }{
		"a misspelt key":          {"label: points", "lable: points", `features set.yaml:9:1: unknown key "lable" (did you mean "label"?)`},
		"a misspelt feature key":  {"distinct:", "distict:", `set.yaml:15:88: unknown key "distict" (did you mean "distinct"?)`},
		"a number for a column":   {"zones.paint", "7", "set.yaml:16:23: column: a text is expected, not the number 7"},
		"a share read both ways":  {"populated: 95%", "populated: 0.95", `set.yaml:15:27: populated: "0.95" is no share`},
		"an unknown group":        {"group: zones, populated", "group: zone, populated", `set.yaml:16:14: pct_paint: pct_paint: there is no group "zone"`},
		"the label as a feature":  {"zones.paint", "points", "set.yaml:16:14: pct_paint: points is the label, which no model may read"},
		"nothing that is needed":  {"set:\n", "sets:\n", `the key "set" is missing`},
		"a window of nothing":     {"of: points, last: 10", "of: points", "set.yaml:22:13: window: "},
		"an age of nothing":       {"available_at: odds_at, ", "", "set.yaml:18:9: odds: age: nothing says when the value was there: write available_at"},
		"a range without values":  {"[0, 60]", "[60, 0]", "no value lies between 60 and 0"},
		"ends that cannot be":     {"predicts: 0.9", "predicts: 1.5", "a rank correlation lies between 0 and 1"},
		"no populated share":      {"{table: nba.serving, populated: ±5 points,", "{table: nba.serving,", `the key "populated" is missing`},
		"a percentage of a share": {"populated: ±5 points, mean", "populated: ±5%, mean", "write populated: ±5 points"},
		"a quantile of nothing":   {"{0.5: ±10%,", "{half: ±10%,", `"half" is no quantile, which is a number above 0 and up to 1`},
		"a quantile of more":      {"{0.5: ±10%,", "{1.5: ±10%,", "q is 1.5: it lies above 0 and up to 1"},
		"points of a quantile":    {"{0.5: ±10%,", "{0.5: ±10 points,", "±10 points is of a share, and a quantile is none"},
		"two tables of one thing": {"{table: nba.serving,", "{table: nba.serving, source: a.csv,", "it has one of the keys table, source, not 2 of them"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, written, c.old)
			_, err := features.Parse("set.yaml", []byte(strings.Replace(written, c.old, c.new, 1)))
			require.Error(t, err)
			assert.ErrorContains(t, err, c.says)
			assert.ErrorAs(t, err, new(*form.Error))
		})
	}
}

func TestMistakesOfSetsInGo(t *testing.T) {
	s := set()
	s.Features = append(s.Features, features.Feature{Name: "usage_rate"})
	s.Groups = []features.Group{{Name: "zones", Of: []string{"paint"}}}
	s.Label = ""
	err := s.Validate()
	var m *features.Mistake
	require.True(t, errors.As(err, &m))
	for _, says := range []string{"it has no label", "usage_rate is the column of usage_rate already", `there is no feature "paint"`} {
		assert.ErrorContains(t, err, says)
	}
	s = set()
	s.Features[0].Name, s.Features[1].Name = "usage rate", "points"
	s.Groups = []features.Group{{Name: "points", Of: []string{"points"}}}
	err = s.Validate()
	for _, says := range []string{`"usage rate" is no name of a feature`, "it has the name of the label", "a feature or another group has that name"} {
		assert.ErrorContains(t, err, says)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(written)
	f.Fuzz(func(t *testing.T, text string) {
		files, err := features.Parse("set.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, file := range files {
			require.NoError(t, file.Set.Validate())
		}
	})
}

func FuzzParseCertificate(f *testing.F) {
	f.Add([]byte(`{"certificate":{"version":1},"digest":"sha256:0"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := features.ParseCertificate(data, nil); err == nil {
			_, _ = c.Checks()
		}
	})
}
