package standard_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// mistakes reads a suite for each text and wants the error, "" for none.
func mistakes(t *testing.T, suite func(rest string) string, want map[string]string) {
	t.Helper()
	for rest, want := range want {
		_, err := suitefile.Parse("s.yaml", []byte(suite(rest)), standard.Kinds()...)
		if want == "" {
			require.NoError(t, err, rest)
			continue
		}
		require.EqualError(t, err, want, rest)
	}
}

func TestDriftHasBinsAndABound(t *testing.T) {
	mistakes(t, func(rest string) string {
		return "{suite: s, table: d.t, date: d, from: 2024-01-01, to: 2024-01-31, checks: [{drift: {column: x, period: year, " + rest + "}}]}"
	}, map[string]string{
		"psi: 0.2": "",
		"edges: [1, 2], psi: 0.2, jensen_shannon: 0.1":  "",
		"edges: {from: 0, to: 1, width: 0.1}, psi: 0.2": "",
		"quantiles: 5":                                "suite s.yaml:1:76: drift: it has no bound: write psi or jensen_shannon",
		"psi: 0":                                      "suite s.yaml:1:76: drift: a PSI of 0 is none to bound: it is above 0, and a Jensen–Shannon distance below 1",
		"jensen_shannon: 1":                           "suite s.yaml:1:76: drift: a Jensen–Shannon distance of 1 is none to bound: it is above 0, and a Jensen–Shannon distance below 1",
		"quantiles: 1, psi: 0.2":                      "suite s.yaml:1:76: drift: it has 1 bin: there are 2 to 200",
		"quantiles: 5, edges: [1], psi: 0.2":          "suite s.yaml:1:76: drift: it has edges and quantiles, which are edges too: leave one out",
		"edges: [2, 1], psi: 0.2":                     "suite s.yaml:1:76: drift: edges: 1 is not after the one before it",
		"edges: {from: 0, to: 1, width: 0}, psi: 0.2": "suite s.yaml:1:117: edges: bins have a width above 0, from one end to a greater one",
	})
}

func TestProvenanceListsPaths(t *testing.T) {
	mistakes(t, func(rest string) string {
		return "{suite: s, table: d.t, date: d, from: 2024-01-01, to: 2024-01-31, checks: [{provenance: {column: x, " + rest + "}}]}"
	}, map[string]string{
		"paths: {a: {}}": "",
		"paths: {a: {at_least: 50%}}, period: year, change: ±1 point": "",
		"paths: {}":                                  "suite s.yaml:1:76: provenance: it lists no path",
		"paths: {a: {}}, period: year":               "suite s.yaml:1:76: provenance: a baseline and change go together: one of them is missing",
		"paths: {a: {}}, change: ±10%":               "suite s.yaml:1:76: provenance: a baseline and change go together: one of them is missing",
		"paths: {a: {at_least: 0%}}":                 "suite s.yaml:1:76: provenance: paths: a: at_least 0% holds for every table",
		"paths: {a: {}}, period: week, change: ±10%": "suite s.yaml:1:76: provenance: 2024-01-01 to 2024-01-31 is judged and would be in its own baseline, 2023-12-25 to 2024-01-24",
	})
}

func TestABaselineIsOfOtherDays(t *testing.T) {
	mistakes(t, func(rest string) string {
		return "suite: s\ntable: d.t\ndate: d\nfrom: 2024-01-01\nto: 2024-01-31\nchecks: [{against: " + rest + "}]\n"
	}, map[string]string{
		"{measure: {complete: x}, period: year, change: ±10%}":                                                     "",
		"{measure: {complete: x}, period: year, change: ±2.5 points}":                                              "",
		"{measure: {mean: x}, period: year, change: ±10 points}":                                                   "suite s.yaml:6:10: against: change ±10 points is of a share, and mean of x is none: write a percentage",
		"{measure: {complete: x}, period: year, change: 10}":                                                       "suite s.yaml:6:67: change: \"10\" is no change: write ±10%, of the baseline, or ±10 points, of a share in percent",
		"{measure: {complete: x}, period: year}":                                                                   "suite s.yaml:6:10: against: it has no bound: write change, such as ±10% or ±10 points",
		"{measure: {complete: x}, change: ±10%}":                                                                   "suite s.yaml:6:10: against: a baseline is a period, days {from, to}, or another table: it has 0 of them",
		"{measure: {complete: x}, period: week, change: ±10%}":                                                     "suite s.yaml:6:10: against: 2024-01-01 to 2024-01-31 is judged and would be in its own baseline, 2023-12-25 to 2024-01-24",
		"{measure: rows, baseline: {from: 2023-12-01, to: 2024-01-01}, change: ±10%}":                              "suite s.yaml:6:10: against: 2024-01-01 to 2024-01-31 is judged and would be in its own baseline, 2023-12-01 to 2024-01-01",
		"{measure: rows, baseline: {from: 2023-12-01}, change: ±10%}":                                              "suite s.yaml:6:10: against: the days of a baseline have a first and a last one: write from and to",
		"{measure: rows, period: year, align: season, seasons: [2023-10-24], change: ±10%}":                        "suite s.yaml:6:10: against: seasons: there is none the season before that of 2024-01-01",
		"{measure: rows, period: year, align: season, seasons: [2022-10-18, 2023-10-24, 2024-01-20], change: ±1%}": "suite s.yaml:6:10: against: seasons: 2024-01-01 to 2024-01-31 reaches into the one of 2024-01-20",
		"{measure: rows, period: week, align: season, seasons: [2023-10-24], change: ±10%}":                        "suite s.yaml:6:10: against: align is for period: year",
		"{measure: rows, period: year, align: season, change: ±10%}":                                               "suite s.yaml:6:10: against: seasons are the first days of each for align: season, and no other takes them",
		"{measure: {mean: x, sum: x}, period: year, change: ±10%}":                                                 "suite s.yaml:6:30: measure: it has one of the keys complete, assert, distinct, sum, mean, stddev, min, max, spread, not 2 of them",
	})
	_, err := suitefile.Parse("s.yaml", []byte("{suite: s, table: d.t, checks: [{against: {measure: rows, period: year, change: ±10%}}]}"), standard.Kinds()...)
	require.EqualError(t, err, "suite s.yaml:1:33: against: which days are judged? Say date and from of the suite: those of the baseline are others")
}

func TestTimesOfSourcesAreFoundByKey(t *testing.T) {
	mistakes(t, func(rest string) string { return "{suite: s, table: d.t, checks: [{" + rest + "}]}" }, map[string]string{
		"after: {this: a, key: k, source: {table: d.u, column: b, changed: h}}":            "",
		"after: {this: a, source: {table: d.u, column: b, map: {k: l}, changed: {h: i}}}":  "",
		"available: {at: a, before: b}":                                                    "",
		"available: {at: a, key: k, of: {table: d.u, column: b}}":                          "",
		"after: {this: a, source: {table: d.u, column: b}}":                                "suite s.yaml:1:33: after: it has no key by which rows of d.u are found",
		"after: {this: a, key: k, source: {table: d.u, column: b, changed: {h: i, j: k}}}": "suite s.yaml:1:100: changed: a hash is one column, and here are 2",
		"after: {this: a, key: k, source: {table: d.u}}":                                   `suite s.yaml:1:67: source: the key "column" is missing`,
		"available: {at: a}": "suite s.yaml:1:33: available: the event is a column, before, or is found in another table, of: one of them",
		"available: {at: a, before: b, key: k, of: {table: d.u, column: b}}": "suite s.yaml:1:33: available: the event is a column, before, or is found in another table, of: one of them",
	})
}

func TestComparePairsColumns(t *testing.T) {
	mistakes(t, func(rest string) string { return "{suite: s, table: d.t, checks: [{" + rest + "}]}" }, map[string]string{
		"compare: [a, {b: c / 60, d: e}], key: k, of: {table: d.u}, tolerance: 0.1": "",
		"compare: a, key: k, of: {table: d.u}, keys: both, at_least: 99%":           "",
		"compare: a, of: {table: d.u}":                                              `suite s.yaml:1:33: the key "key" is missing`,
		"compare: a, key: k":                                                        `suite s.yaml:1:33: the key "of" is missing`,
		"compare: a, key: a, of: {table: d.u}":                                      "suite s.yaml:1:33: compare: it names \"a\" twice",
		"compare: {a: b >}, key: k, of: {table: d.u}":                               "suite s.yaml:1:50: a: a value is expected, but the text ends",
	})
}
