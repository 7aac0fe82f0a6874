package features_test

import (
	"slices"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// result is a row of the table that has the label.
type result struct {
	Who    string     `bigquery:"player_id"`
	Day    civil.Date `bigquery:"game_date"`
	Scored *int64     `bigquery:"scored"`
}

// unlabelled are the games without what was scored, which stands in another table.
type unlabelled struct {
	Player string     `bigquery:"player"`
	Day    civil.Date `bigquery:"game_date"`
	Season string     `bigquery:"season"`
	Usage  *float64   `bigquery:"usage_rate"`
}

func apart() ([]unlabelled, []result) {
	var of []unlabelled
	var labels []result
	for _, g := range games() {
		of = append(of, unlabelled{g.Player, g.Day, g.Season, g.Usage})
		labels = append(labels, result{g.Player, g.Day, g.Points})
	}
	return of, labels
}

func labelSet() features.Set {
	s := set()
	s.Features = s.Features[:1]
	s.LabelOf = &features.LabelOf{
		Table: "nba.results", Column: expr.Col("scored"), Map: []checks.Mapping{{Column: "player", To: []expr.Expr{expr.Col("player_id")}}},
		Match: []quality.Bound{quality.AtLeast(quality.Percent(90))},
	}
	return s
}

func TestALabelOfAnotherTable(t *testing.T) {
	for name, c := range map[string]struct {
		labels func([]result) []result
		set    func(*features.Set)
		open   int64
		says   string
	}{
		"whole":               {open: 40},
		"two have none":       {labels: func(of []result) []result { of[0].Scored, of[1].Scored = nil, nil; return of }, open: 38},
		"three are not found": {labels: func(of []result) []result { return of[3:] }, open: 37},
		"five are not found":  {labels: func(of []result) []result { return of[5:] }, says: "label-match: fail: 35 of 40 keys are in nba.results (87.5%), not at_least 90%"},
		"one is there twice":  {labels: func(of []result) []result { return append(of, of[7]) }, says: "label-match: fail: 40 of 40 keys are in nba.results (100.0%); 2 rows of one key, not fanout 1"},
		"none is there":       {labels: func(of []result) []result { return of[:0] }, says: "label-match: fail"},
		"all are NULL": {labels: func(of []result) []result {
			for i := range of {
				of[i].Scored = nil
			}
			return of
		}, says: "rows: fail: season=2025-26: 0 rows"},
		"eligible by the label":   {set: func(s *features.Set) { s.Where = expr.Col("points").Ge(5) }, open: 35},
		"the table has it, too":   {set: func(s *features.Set) { s.Label, s.LabelOf.Column = "season", expr.Col("player_id") }, says: "season is a column of the table, and one of nba.results"},
		"there is no such column": {set: func(s *features.Set) { s.LabelOf.Column = expr.Col("score") }, says: `there is no column "score"`},
	} {
		t.Run(name, func(t *testing.T) {
			of, labels := apart()
			s := labelSet()
			if c.labels != nil {
				labels = c.labels(labels)
			}
			if c.set != nil {
				c.set(&s)
			}
			open := func(labels []result) (quality.Engine, *features.Certificate, error) {
				own, err := rows.Of(of)
				require.NoError(t, err)
				theirs, err := rows.Of(labels)
				require.NoError(t, err)
				engine := rows.NewEngine(map[string]expr.Source{store: own, "nba.results": theirs})
				cert, err := features.Gate{Set: s, Now: now}.Open(t.Context(), engine)
				return engine, cert, err
			}
			engine, cert, err := open(labels)
			if c.says != "" {
				assert.ErrorContains(t, err, c.says)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.open, cert.Rows())
			data, err := cert.Encode(nil)
			require.NoError(t, err)
			read, err := features.ParseCertificate(data, nil)
			require.NoError(t, err)
			found, err := read.Verify(t.Context(), engine, now)
			require.NoError(t, err)
			assert.Empty(t, found)
			last := slices.Clone(labels)
			last[len(last)-1].Scored = ptr(int64(99))
			engine, _, err = open(last)
			require.NoError(t, err)
			found, err = read.Verify(t.Context(), engine, now)
			require.NoError(t, err)
			require.Len(t, found, 1)
			assert.Equal(t, "points", found[0].Feature)
		})
	}
}
