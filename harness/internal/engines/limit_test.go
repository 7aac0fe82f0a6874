package engines_test

import (
	"context"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// Suites on days of their own share a statement. Together they have more segments
// than each may have, and one of them has too many by itself.
func TestTheLimitOnSegmentsIsOfEachSuite(t *testing.T) {
	table := enginetest.Table{Name: "games", Schema: expr.Schema{{Name: "game_date", Type: expr.Date}, {Name: "player", Type: expr.Int64}}}
	for day, players := range []int{4, 6, 5} {
		for player := range players {
			d, err := expr.ValueOf(civil.Date{Year: 2024, Month: time.January, Day: 1 + day})
			require.NoError(t, err)
			p, err := expr.ValueOf(10*day + player)
			require.NoError(t, err)
			table.Rows = append(table.Rows, []expr.Value{d, p})
		}
	}
	ev := reference.Require(t)
	for name, load := range map[string]enginetest.Load{
		"memory": enginetest.Memory,
		"reference": func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			return engines.LoadReference(ctx, ev, tables)
		},
	} {
		t.Run(name, func(t *testing.T) {
			open, dataset, err := load(t.Context(), []enginetest.Table{table})
			require.NoError(t, err)
			engine, err := open()
			require.NoError(t, err)
			var suites []quality.Suite
			for day := range 3 {
				d := civil.Date{Year: 2024, Month: time.January, Day: 1 + day}
				suites = append(suites, quality.Suite{
					Name: d.String(), Table: dataset + ".games", Date: "game_date", From: d, To: d, MaxSegments: 5,
					Rules: []quality.Rule{
						{Check: checks.Complete{Columns: []string{"player"}}, By: []string{"player"}},
						{Check: checks.Unique{Columns: []string{"player"}}, By: []string{"player"}},
					},
				})
			}
			report, err := quality.Run(t.Context(), engine, now, suites...)
			require.NoError(t, err)
			for i, want := range []quality.Verdict{quality.Pass, quality.Unknown, quality.Pass} {
				for _, c := range report.Suites[i].Checks {
					assert.Equal(t, want, c.Verdict, "%s, %s: %s", report.Suites[i].Suite, c.ID, c.Reason)
					if want == quality.Pass {
						assert.Len(t, c.Findings, 4+i/2, c.ID)
					}
				}
			}
		})
	}
}
