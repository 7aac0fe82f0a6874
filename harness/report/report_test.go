package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

var update = flag.Bool("update", false, "write the golden files anew")

func season(name any) quality.Segment {
	v, err := expr.ValueOf(name)
	if err != nil {
		panic(err)
	}
	return quality.NewSegment([]string{"season"}, []expr.Value{v})
}

// every is a report with each thing that a report can show.
func every() *quality.Report {
	atLeast := []quality.Bound{quality.AtLeast(quality.Percent(95))}
	unique := []quality.Bound{quality.AtLeast(quality.Percent(100))}
	many := quality.CheckReport{ID: "rows by day", Kind: "rows", Claim: "rows at_least 10", Verdict: quality.Fail, Reason: "day=0: 1 row, not at_least 10 (and 24 more)"}
	for day := range 60 {
		v, _ := expr.ValueOf(day)
		f := quality.Finding{
			Segment:  quality.NewSegment([]string{"day"}, []expr.Value{v}),
			Verdict:  quality.Pass,
			Observed: quality.ObservedCount(int64(day)),
			Bounds:   []quality.Bound{quality.AtLeast(quality.Count(25))},
			Reason:   fmt.Sprintf("%d rows", day),
		}
		if day < 25 {
			f.Verdict = quality.Fail
			f.Reason += ", not at_least 25"
		}
		many.Findings = append(many.Findings, f)
	}
	bytes := int64(1 << 30)
	return &quality.Report{At: time.Date(2026, 1, 2, 6, 0, 0, 0, time.UTC), Engine: "rows", Version: "v1.2.3", Verdict: quality.Fail, Suites: []quality.SuiteReport{
		{
			Suite: "player_game_summary", Table: "nba_analytics.player_game_summary", Owner: "analytics", Verdict: quality.Fail, Queries: 2,
			Scope: quality.ScopeReport{
				Date: "game_date", From: civil.Date{Year: 2021, Month: 10, Day: 1}, Zone: "America/New_York",
				Where: "pace > 0", WhereCounts: &quality.FilterCounts{Counts: quality.Counts{True: 76104, False: 12}, NaN: 3},
			},
			Checks: []quality.CheckReport{
				{
					ID: "complete:usage_rate by season", Kind: "complete", Columns: []string{"usage_rate"},
					Claim: "usage_rate populated at_least 95%", Where: "minutes_played > 0", WhereCounts: &quality.FilterCounts{Counts: quality.Counts{True: 61499, Null: 14605}},
					Verdict: quality.Fail, Reason: "season=2022-23: 12,087 of 25,244 rows (47.9%), not at_least 95%: 11,895 rows short",
					Findings: []quality.Finding{
						{
							Segment: season(nil), Verdict: quality.Unknown, Observed: quality.ObservedShare(3, 3), Bounds: atLeast,
							Reason: "3 rows are in no segment",
						},
						{
							Segment: season("2022-23"), Verdict: quality.Fail, Observed: quality.ObservedShare(12087, 25244), Bounds: atLeast,
							Reason: "12,087 of 25,244 rows (47.9%), not at_least 95%: 11,895 rows short", AtFault: atFault(),
						},
						{
							Segment: season("2023-24"), Verdict: quality.Pass, Observed: quality.ObservedShare(25285, 25285), Bounds: atLeast,
							Reason: "25,285 of 25,285 rows (100.0%)",
						},
						{
							Segment: season("2024-25"), Verdict: quality.Fail, Observed: quality.ObservedShare(94999, 100000), Bounds: atLeast,
							Reason: "94,999 of 100,000 rows (94.999%), not at_least 95%: 1 row short",
						},
						{
							Segment: season("2025-26"), Verdict: quality.Unknown, Observed: quality.ObservedShare(0, 0),
							Reason: "nothing to judge: the segment is expected, and there is no row of it",
						},
					},
				},
				{
					ID: "unique:game_date,player_lookup", Kind: "unique", Columns: []string{"game_date", "player_lookup"},
					Claim: "(game_date, player_lookup) is unique", Verdict: quality.Pass, Reason: "76,104 keys in 76,104 rows",
					Findings: []quality.Finding{{
						Verdict: quality.Pass, Observed: quality.ObservedShare(76104, 76104), Bounds: unique, Reason: "76,104 keys in 76,104 rows",
						Details: []quality.Detail{
							quality.CountDetail("duplicate_keys", 0), quality.CountDetail("surplus_rows", 0), quality.CountDetail("null_keys", 0),
						},
					}},
				},
				many,
				units(),
			},
		},
		{
			Suite: "schedule", Table: "nba_raw.schedule", Verdict: quality.Unknown, BytesScanned: &bytes, Queries: 1,
			Checks: []quality.CheckReport{
				{
					ID: "complete:statsu", Kind: "complete", Columns: []string{"statsu"}, Claim: "statsu populated at_least 100%",
					Verdict: quality.Unknown, Reason: `could not be evaluated: there is no column "statsu" (did you mean "status"?)`,
				},
				{
					ID: "rows", Kind: "rows", Claim: "rows at_least 1", Verdict: quality.Waived, Reason: "waived by ann until 2026-02-01, not there yet: 0 rows, not at_least 1",
					Findings: []quality.Finding{{
						Verdict: quality.Waived, Observed: quality.ObservedCount(0), Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))},
						Reason: "waived by ann until 2026-02-01, not there yet: 0 rows, not at_least 1",
					}},
				},
			},
		},
	}}
}

// atFault is rows of each sort.
func atFault() []quality.AtFault {
	value := func(v any) expr.Value {
		out, err := expr.ValueOf(v)
		if err != nil {
			panic(err)
		}
		return out
	}
	day := civil.Date{Year: 2022, Month: 10, Day: 18}
	row := func(line int64, values ...any) quality.FaultyRow {
		out := quality.FaultyRow{File: "night/games.csv", Line: line}
		for _, v := range values {
			out.Values = append(out.Values, value(v))
		}
		return out
	}
	return []quality.AtFault{
		{
			Columns: []string{"game_date", "player", "usage_rate"}, Redacted: []string{"email"}, Of: 13_157,
			Rows: []quality.FaultyRow{row(2, day, "al", nil), row(5, day, "a \x1b[31m name", nil), row(1206, day, "cy", 12.5), row(1207, day, nil, nil)},
		},
		{Name: "duplicate keys", Columns: []string{"player"}, Rows: []quality.FaultyRow{{Values: []expr.Value{value("al")}, Times: 2, Line: 17}, {Values: []expr.Value{value("bob")}, Times: 1200}}},
	}
}

// units is a check with a value of each unit, of a column each.
func units() quality.CheckReport {
	out := quality.CheckReport{ID: "units", Kind: "units", Columns: []string{"a", "b", "c", "d", "e", "f"}, Claim: "values of every unit", Verdict: quality.Pass, Reason: "all 6 segments hold"}
	for column, o := range map[string]*quality.Observed{
		"a": quality.ObservedNumber(big.NewRat(10477, 100)), "b": quality.ObservedDate(civil.Date{Year: 2025, Month: 10, Day: 21}),
		"c": quality.ObservedAge(36 * time.Hour), "d": quality.ObservedDistance(big.NewRat(1, 3)),
		"e": quality.ObservedTimestamp(time.Date(2025, 10, 21, 23, 30, 0, 0, time.UTC)), "f": quality.ObservedDateTime(civil.DateTime{Date: civil.Date{Year: 2025, Month: 10, Day: 21}}),
	} {
		out.Findings = append(out.Findings, quality.Finding{
			Details: []quality.Detail{quality.CountDetail("other_rows", 12000), quality.CountDetail("no_rows", 0)}, Subject: column, Verdict: quality.Pass, Observed: o, Reason: o.String()})
	}
	slices.SortFunc(out.Findings, func(a, b quality.Finding) int { return strings.Compare(a.Subject, b.Subject) })
	return out
}

// A number that misses its bound is not shown as if it met it, in any report.
func TestNumbersAreShownBesideTheirBounds(t *testing.T) {
	tenth := quality.Number(big.NewRat(1, 10))
	check := quality.CheckReport{ID: "stddev", Kind: "stddev", Claim: "stddev", Verdict: quality.Fail, Reason: "r", Findings: []quality.Finding{{
		Verdict: quality.Fail, Observed: quality.ObservedNumber(big.NewRat(9999999999999999, 100000000000000000)), Bounds: []quality.Bound{quality.AtLeast(tenth)}, Reason: "r",
	}}}
	r := &quality.Report{Verdict: quality.Fail, Suites: []quality.SuiteReport{{Suite: "s", Table: "d.t", Verdict: quality.Fail, Checks: []quality.CheckReport{check}}}}
	var table, written bytes.Buffer
	require.NoError(t, report.Table(&table, r, report.Options{}))
	require.NoError(t, report.JSON(&written, r))
	require.Contains(t, table.String(), "0.09999999999999999 ")
	require.Contains(t, written.String(), `"0.09999999999999999"`)
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (go test -update writes it anew):\n%s", path, diff)
	}
}

func TestGoldenTable(t *testing.T) {
	for name, o := range map[string]report.Options{"table.txt": {}, "table_all.txt": {All: true}} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			require.NoError(t, report.Table(&b, every(), o))
			golden(t, name, b.Bytes())
		})
	}
}

func TestGoldenLines(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.Lines(&b, every(), report.Options{}))
	golden(t, "lines.txt", b.Bytes())
}

func TestGoldenJSON(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.JSON(&b, every()))
	golden(t, "report.json", b.Bytes())
}

func TestJSONKeepsItsSchema(t *testing.T) {
	s, err := report.Schema()
	require.NoError(t, err)
	resolved, err := s.Resolve(&jsonschema.ResolveOptions{})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, report.JSON(&b, every()))
	var document any
	require.NoError(t, json.Unmarshal(b.Bytes(), &document))
	require.NoError(t, resolved.Validate(document))
}

func TestTheLastLineSaysHowManyChecksBlock(t *testing.T) {
	for want, verdicts := range map[string][]quality.Verdict{
		"PASS: none of 1 check blocks.":                                                             {quality.Pass},
		"PASS: none of 2 checks blocks.":                                                            {quality.Pass, quality.Pass},
		"FAIL: 1 of 1 check blocks: nothing that needs this data goes on.":                          {quality.Fail},
		"FAIL: 1 of 2 checks blocks: nothing that needs this data goes on.":                         {quality.Fail, quality.Pass},
		"FAIL: 2 of 3 checks block, 1 warns: nothing that needs this data goes on.":                 {quality.Fail, quality.Unknown, quality.Warn},
		"UNKNOWN: 1 of 4 checks blocks, 1 is waived, 2 warn: nothing that needs this data goes on.": {quality.Unknown, quality.Waived, quality.Warn, quality.Warn},
	} {
		r := &quality.Report{Suites: []quality.SuiteReport{{Suite: "s", Table: "d.t"}}}
		for _, v := range verdicts {
			r.Verdict = max(r.Verdict, v)
			r.Suites[0].Checks = append(r.Suites[0].Checks, quality.CheckReport{ID: "c", Claim: "so it is", Verdict: v})
		}
		var b bytes.Buffer
		require.NoError(t, report.Table(&b, r, report.Options{}))
		lines := strings.Split(strings.TrimSpace(b.String()), "\n")
		require.Equal(t, want, lines[len(lines)-1])
	}
}
