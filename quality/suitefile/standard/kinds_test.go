package standard_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

func TestEveryKindSaysWhatItIs(t *testing.T) {
	for _, k := range standard.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			require.NotEmpty(t, k.Doc)
			require.NotEmpty(t, k.Claim)
			require.NotEmpty(t, k.Formula)
			draft := k.New()
			for _, key := range slices.Concat(draft.Bounds, draft.Keys) {
				require.NotEmpty(t, key.Doc, key.Name)
			}
		})
	}
}

func TestEveryExampleIsACheckOfItsKind(t *testing.T) {
	for _, k := range standard.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			files, err := suitefile.Parse("example.yaml", []byte("suite: example\ntable: d.t\ndate: game_date\nfrom: 2025-10-21\nto: 2025-10-27\nchecks:"+k.Example+"\n"), standard.Kinds()...)
			require.NoError(t, err)
			for _, r := range files[0].Suite.Rules {
				require.Equal(t, k.Name, r.Describe().Kind)
			}
		})
	}
}

func TestReferenceTellsEveryKindAndKey(t *testing.T) {
	var page bytes.Buffer
	require.NoError(t, suitefile.WriteReference(&page, standard.Kinds()))
	for _, k := range standard.Kinds() {
		_, section, found := strings.Cut(page.String(), "\n## "+k.Name+"\n")
		require.True(t, found, k.Name)
		section, _, _ = strings.Cut(section, "\n## ")
		require.Contains(t, section, k.Claim)
		require.Contains(t, section, k.Formula)
		require.Contains(t, section, strings.TrimSpace(k.Example))
		draft := k.New()
		for _, key := range slices.Concat(draft.Bounds, draft.Keys) {
			require.Contains(t, section, "| `"+key.Name+"` |")
		}
	}
}

func TestMistakesInDatesSchemasAndSQL(t *testing.T) {
	for check, want := range map[string]string{
		"{grid: d, every: day}":         "",
		"{grid: e, every: day}":         "suite s.yaml:5:10: grid: which day is the first? Say date: e and from of the suite, or the table that knows what is due",
		"{grid: d}":                     "suite s.yaml:5:10: grid: every is day, weekday, or another table: the suite has no calendar that says what is due",
		"{grid: d, every: {column: x}}": "suite s.yaml:5:27: every: it has one of the keys table, source, not 0 of them",
		"{grid: d, every: weekday, except: [2026-01-01, {from: 2026-01-04, to: 2026-01-03}]}": "suite s.yaml:5:10: grid: except: 2026-01-04 to 2026-01-03 is no range of dates",
		"{grid: d, every: day, except: {first_days: 14, of: season}}":                         "suite s.yaml:5:10: grid: except: where a season begins, days do not say: every has to be a table that has it",
		"{match: a, of: {table: e.f}, fanout: 0}":                                             "suite s.yaml:5:47: fanout: a whole number of 1 or more is expected, not the number 0",
		"{schema: {x: FLOAT46}}":                                                              `suite s.yaml:5:23: x: "FLOAT46" is no type of a column: there is no type "FLOAT46"`,
		"{schema: {x: {type: STRING, mode: REPEATED}}, options: {expiration: none}}":          "",
		"{schema: {x: DATE}, by: x}":                                                          `suite s.yaml:5:30: unknown key "by": the keys here are schema, fit, options, id, tags, severity, due, waive`,
		"{sql: DELETE FROM t}":                                                                "suite s.yaml:5:16: sql: DELETE begins no query: the first word is SELECT or WITH",
		"{sql: SELECT @to AS d}":                                                              "suite s.yaml:5:10: sql: @to has no value: the suite has no to",
		"{sql: SELECT 1, number: {between: [1, 2]}}":                                          "",
		"{sql: SELECT 1, number: {between: [1, 2]}, at_most: 3}":                              "suite s.yaml:5:10: sql: its rows are bounded, and the number that it gives: leave one out",
	} {
		_, err := suitefile.Parse("s.yaml", []byte("suite: s\ntable: d.t\ndate: d\nfrom: 2026-01-01\nchecks: ["+check+"]\n"), standard.Kinds()...)
		if want == "" {
			require.NoError(t, err, check)
			continue
		}
		require.EqualError(t, err, want, check)
	}
}

func TestAnAgeIsOfOneSort(t *testing.T) {
	for within, want := range map[string]string{
		"36h}":                  "",
		"1 date, every: day}":   "",
		"36h, every: day}":      "suite s.yaml:5:10: fresh: within: what is due is counted in dates: write 1 date, or 0 dates",
		"2 dates}":              "suite s.yaml:5:10: fresh: every is day, weekday, or another table: the suite has no calendar that says what is due",
		"2 days}":               "suite s.yaml:5:29: within: a length of time such as 36h, 90m or 1d12h is expected, not the text \"2 days\"",
		"0h}":                   "suite s.yaml:5:29: within: a length of time such as 36h, 90m or 1d12h is expected, not the text \"0h\"",
		"1 date, every: month}": `suite s.yaml:5:44: every: day or weekday is expected, not the text "month"`,
	} {
		_, err := suitefile.Parse("s.yaml", []byte("suite: s\ntable: d.t\ndate: d\nfrom: 2026-01-01\nchecks: [{fresh: d, within: "+within+"]\n"), standard.Kinds()...)
		if want == "" {
			require.NoError(t, err, within)
			continue
		}
		require.EqualError(t, err, want, within)
	}
}

// A key in common is for the checks that are written with it: a share is no bound on a
// number, and a schema has no rows.
func TestKeysInCommonAreForThoseThatCouldHaveThem(t *testing.T) {
	files, err := suitefile.Parse("s.yaml", []byte(`
suite: s
table: d.t
common: {where: x > 0, by: team, null: ok, at_least: 95%, allow: 2}
checks:
- complete: x
- mean: x
  between: [1, 2]
- distinct: x
  at_most: 5
- sql: SELECT 1
- schema: {x: FLOAT64}
`), standard.Kinds()...)
	require.NoError(t, err)
	var got []string
	for _, r := range files[0].Suite.Rules {
		got = append(got, fmt.Sprintf("%s|%s|%v|%v", r.Describe().Claim, r.Where, r.By, r.NullsOK))
	}
	require.Equal(t, []string{
		"x populated at_least 95%, allow 2|x > 0|[team]|true",
		"mean of x between [1, 2]|x > 0|[team]|true",
		"distinct values of x at_most 5|x > 0|[team]|true",
		"rows of {SELECT 1} at_most 0||[]|false",
		"x FLOAT64||[]|false",
	}, got)
}

// The JSON Schema knows no key of rows where the reader does not, and misses a bound
// where no other key of the suite could give one.
func TestSchemaRefusesWhatTheReaderDoes(t *testing.T) {
	schema, err := suitefile.Schema(standard.Kinds()...)
	require.NoError(t, err)
	resolved, err := schema.Resolve(nil)
	require.NoError(t, err)
	for check, right := range map[string]bool{
		`{"schema": {"x": "DATE"}}`:                   true,
		`{"schema": {"x": "DATE"}, "by": "x"}`:        false,
		`{"sql": "SELECT 1", "null": "ok"}`:           false,
		`{"unique": "x", "by": "x", "null": "ok"}`:    true,
		`{"schema": {"x": "DATE"}, "where": "x > 1"}`: false,

		`{"mean": "x"}`:                                                                    false,
		`{"mean": "x", "between": [1, 2]}`:                                                 true,
		`{"mean": "x", "between": [1, 2, 3]}`:                                              false,
		`{"distinct": "x", "severity": "warn"}`:                                            false,
		`{"distinct": "x", "between": [1, 2]}`:                                             true,
		`{"rows": {"between": [1, 2]}}`:                                                    true,
		`{"rows": {"between": [1.5, 2]}}`:                                                  false,
		`{"quantile": {"column": "x", "q": 0.5}}`:                                          false,
		`{"drift": {"column": "x", "baseline": {"table": "d.u"}}}`:                         false,
		`{"drift": {"column": "x", "baseline": {"table": "d.u"}, "psi": 0.2}}`:             true,
		`{"against": {"measure": "rows", "baseline": {"table": "d.u"}}}`:                   false,
		`{"against": {"measure": "rows", "baseline": {"table": "d.u"}, "change": "±10%"}}`: true,
	} {
		var suite any
		text := `{"suite": "s", "table": "d.t", "checks": [` + check + `]}`
		require.NoError(t, json.Unmarshal([]byte(text), &suite))
		require.Equal(t, right, resolved.Validate(suite) == nil, check)
	}
}
