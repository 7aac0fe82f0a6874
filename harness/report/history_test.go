package report

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/history"
)

func TestSparkline(t *testing.T) {
	at := func(v ...float64) []*float64 {
		out := make([]*float64, len(v))
		for i := range v {
			if !math.IsNaN(v[i]) {
				out[i] = &v[i]
			}
		}
		return out
	}
	for want, values := range map[string][]*float64{
		"":         at(),
		"▄":        at(0.5),
		"▄▄":       at(0.5, 0.5),
		"▁█":       at(-1, 1),
		"▁▂▃▄▅▆▇█": at(0, 1, 2, 3, 4, 5, 6, 7),
		"█·▁":      at(1, math.NaN(), 0),
		"··":       at(math.NaN(), math.NaN()),
		"▁▅█":      at(-math.MaxFloat64, 0, math.MaxFloat64),
	} {
		assert.Equal(t, want, sparkline(values))
	}
}

// finding is a record as a store has it.
func finding(day int, segment, verdict string, numerator int64) history.Record {
	text, of := fmt.Sprintf("%d of 10", numerator), "games"
	id, share, ten := "complete:usage", float64(numerator)/10, int64(10)
	return history.Record{
		SchemaVersion: 1, Record: history.OfFinding, RunID: fmt.Sprintf("day-%d", day), Engine: "rows",
		At:    time.Date(2026, 1, day, 6, 0, 0, 0, time.UTC),
		Suite: of, CheckID: &id, Segment: segment, Verdict: &verdict, Reason: &text, Observed: &share, Text: &text, Numerator: &numerator, Denominator: &ten,
	}
}

// A segment that a run did not have is a dot there, and a name that a terminal would
// obey is written out.
func TestHistoryTable(t *testing.T) {
	series := history.SeriesOf([]history.Record{
		finding(2, "season=a", "fail", 4), finding(1, "season=a", "pass", 10), finding(3, "season=a", "pass", 10),
		finding(1, "season=\x1b[2Jb", "pass", 9), finding(3, "season=\x1b[2Jb", "pass", 10),
	})
	variables := `{"day":"2026-01-03\u001b"}`
	for _, s := range series {
		s.Points[len(s.Points)-1].Variables = &variables
	}
	var b strings.Builder
	require.NoError(t, HistoryTable(&b, series, Options{}))
	assert.Equal(t, `games: complete:usage

┌─────────────────┬────────┬──────────┬─────────┬──────┐
│ segment         │ figure │     last │ verdict │ runs │
│ season=\x1b[2Jb │ ▁·█    │ 10 of 10 │ pass    │    2 │
│ season=a        │ █▁█    │ 10 of 10 │ pass    │    3 │
└─────────────────┴────────┴──────────┴─────────┴──────┘

last of 3 runs:
  2026-01-01 06:00Z day-1: pass by rows
  2026-01-02 06:00Z day-2: fail by rows
  2026-01-03 06:00Z day-3: pass by rows with {"day":"2026-01-03\u001b"}
verdicts that changed:
  2026-01-02 06:00Z season=a: pass → fail: 4 of 10
  2026-01-03 06:00Z season=a: fail → pass: 10 of 10
`, b.String())
}

// Of many changes the newest are told, and how many there are before.
func TestHistoryOfManyChanges(t *testing.T) {
	var findings []history.Record
	for day := 1; day <= 28; day++ {
		findings = append(findings, finding(day, "", []string{"pass", "fail"}[day%2], int64(day%2)))
	}
	told := func(o Options) string {
		var b strings.Builder
		require.NoError(t, HistoryTable(&b, history.SeriesOf(findings), o))
		return b.String()
	}
	assert.Contains(t, told(Options{}), "verdicts that changed (and 7 before):\n  2026-01-09 06:00Z pass → fail")
	assert.Equal(t, 20, strings.Count(told(Options{}), "→"))
	assert.Equal(t, 27, strings.Count(told(Options{All: true}), "→"))
}
