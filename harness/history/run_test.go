package history

import (
	"encoding/json"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// game is a row of the tables that the tests run suites on.
type game struct {
	Day    civil.Date `bigquery:"day"`
	Season string     `bigquery:"season"`
	Usage  *float64   `bigquery:"usage"`
	Points int64      `bigquery:"points"`
}

func day(d int) civil.Date { return civil.Date{Year: 2026, Month: 1, Day: d} }

func ptr[T any](v T) *T { return &v }

// games are four rows of two days and two seasons; one of them has no usage.
var games = []game{
	{day(1), "a", ptr(0.5), 10}, {day(1), "b", nil, 7}, {day(2), "a", ptr(0.25), 3}, {day(2), "b", ptr(1.0), 20},
}

func suite(from, to civil.Date) quality.Suite {
	return quality.Suite{
		Name: "games", Table: "d.games", Date: "day", From: from, To: to,
		Rules: []quality.Rule{
			{Check: checks.Complete{Columns: []string{"usage"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}}, By: []string{"season"}},
			{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}},
		},
	}
}

var clock = time.Date(2026, 1, 3, 6, 0, 0, 123456789, time.UTC)

// ran runs a suite on the games.
func ran(t *testing.T, id string, s quality.Suite) Run {
	t.Helper()
	source, err := rows.Of(games)
	require.NoError(t, err)
	plan, ms, err := quality.Measure(t.Context(), rows.NewEngine(map[string]expr.Source{"d.games": source}), clock, s)
	require.NoError(t, err)
	return Run{ID: id, Report: plan.Judge(ms), Terms: plan.Terms(ms), Digests: map[string]string{"games": "sha256:00"}}
}

func TestRecordsOfFindings(t *testing.T) {
	got := ran(t, "r1", suite(day(1), day(2))).Records()
	var findings []Record
	for _, r := range got {
		if r.Record == OfFinding {
			findings = append(findings, r)
		}
	}
	require.Len(t, findings, 3, "two seasons, and the rows")
	b := findings[1]
	assert.Equal(t, "season=b", b.Segment)
	assert.Equal(t, "complete:usage by season", *b.CheckID)
	assert.Equal(t, "fail", *b.Verdict)
	assert.Equal(t, []int64{1, 2}, []int64{*b.Numerator, *b.Denominator})
	assert.Equal(t, 0.5, *b.Observed)
	assert.Equal(t, []string{"2026-01-01", "2026-01-02"}, []string{*b.From, *b.To})
	assert.Equal(t, "2026-01-03T06:00:00.123456Z", b.At.Format(time.RFC3339Nano), "as TIMESTAMP has it")
	assert.Equal(t, "sha256:00", *b.Digest)
	for i, r := range got {
		assert.Equal(t, []int64{int64(i + 1), int64(len(got))}, []int64{r.Number, r.Records})
	}
}

// What was measured of one day and of the other is together what is measured of both.
func TestTermsOfDaysMergeToThoseOfAll(t *testing.T) {
	type key struct{ asked, term, segment string }
	merged := map[key]quality.TermValue{}
	for _, d := range []int{1, 2} {
		for _, v := range ran(t, "r", suite(day(d), day(d))).Terms {
			k := key{v.Asked, v.Term.Key(), v.Segment.Key()}
			if before, ok := merged[k]; ok {
				whole, err := v.Term.Merge(before.Value, v.Value)
				require.NoError(t, err)
				v.Value, v.Rows = whole, before.Rows+v.Rows
			}
			merged[k] = v
		}
	}
	all := ran(t, "r", suite(day(1), day(2))).Terms
	require.NotEmpty(t, all)
	for _, v := range all {
		got, ok := merged[key{v.Asked, v.Term.Key(), v.Segment.Key()}]
		require.True(t, ok, "%s %s %s", v.Asked, v.Term.Key(), v.Segment)
		assert.Equal(t, v.Measurement, got.Measurement, "%s %s %s", v.Asked, v.Term.Key(), v.Segment)
	}
	assert.Len(t, merged, len(all))
}

// greatest is a check of somebody's own that asks for a value of a column.
type greatest struct{ column string }

func (g greatest) Describe() quality.Description { return quality.Description{Kind: "greatest"} }

func (g greatest) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{{Metric: g}}, nil
}

func (g greatest) Terms() []quality.Term { return []quality.Term{quality.MaxOf(expr.Col(g.column))} }

func (g greatest) Read(int64, []expr.Value) (any, error) { return nil, nil }

func (g greatest) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return []quality.Finding{{Verdict: quality.Pass}}
}

func TestRedactedValuesAreNotKept(t *testing.T) {
	s := suite(day(1), day(2))
	s.Tables = []quality.Table{{Name: "d.games", Redact: []string{"points"}}}
	s.Rules = []quality.Rule{{Check: greatest{"points"}}, {Check: greatest{"usage"}}}
	got := map[string]Record{}
	for _, r := range ran(t, "r", s).Records() {
		if r.Record == OfTerm {
			got[*r.Term] = r
		}
	}
	require.Contains(t, got, "max(points)")
	assert.True(t, *got["max(points)"].Hidden)
	assert.Nil(t, got["max(points)"].Value)
	require.Contains(t, got, "max(usage)")
	assert.Equal(t, "1", *got["max(usage)"].Value)
}

// A check that could not be evaluated has a verdict, and a record of it.
func TestRecordOfWhatCouldNotBeEvaluated(t *testing.T) {
	s := suite(day(1), day(2))
	s.Rules[0].Check = checks.Complete{Columns: []string{"no_such_column"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}}
	r := ran(t, "r", s).Records()[0]
	assert.Equal(t, "unknown", *r.Verdict)
	assert.Contains(t, *r.Reason, "no_such_column")
	assert.Nil(t, r.Unit)
}

func TestIDsOfRuns(t *testing.T) {
	for _, id := range []string{"", "a b", "a\nb", "ä", `a"b`, `a\b`} {
		assert.Error(t, CheckRunID(id), "%q", id)
	}
	assert.NoError(t, CheckRunID("scheduled__2026-01-02T06:00:00+00:00"))
}

// Lines are as the published schema has them.
func TestRecordsAreAsTheirSchemaSays(t *testing.T) {
	s, err := Schema()
	require.NoError(t, err)
	resolved, err := s.Resolve(nil)
	require.NoError(t, err)
	for _, r := range ran(t, "r1", suite(day(1), day(2))).Records() {
		text, err := json.Marshal(r)
		require.NoError(t, err)
		var line map[string]any
		require.NoError(t, json.Unmarshal(text, &line))
		require.NoError(t, resolved.Validate(line), "%s", text)
		line["verdict"] = "good"
		require.Error(t, resolved.Validate(line))
	}
}

// Runs of one file that looked at other things are told apart by its variables.
func TestRecordsHaveVariables(t *testing.T) {
	run := ran(t, "r1", suite(day(1), day(2)))
	assert.Nil(t, run.Records()[0].Variables)
	run.Variables = map[string]map[string]string{"games": {"season": "<2025>", "day": "2026-01-01"}, "other": {"a": "b"}}
	for _, r := range run.Records() {
		assert.Equal(t, `{"day":"2026-01-01","season":"<2025>"}`, *r.Variables)
	}
}
