package googlesql

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTable(t *testing.T) {
	for name, want := range map[string]TableName{
		"nba.games":                     {"mine", "nba", "games"},
		"other-project.nba.games":       {"other-project", "nba", "games"},
		"example.com:project.nba.games": {"example.com:project", "nba", "games"},
		"nba.games-2024 raw":            {"mine", "nba", "games-2024 raw"},
		"nba.größe":                     {"mine", "nba", "größe"},
	} {
		got, err := parseTable(name, "mine", false)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
	}
}

func TestParseTableRefuses(t *testing.T) {
	for name, says := range map[string]string{
		"games":                   "has no dataset",
		"":                        "has no dataset",
		"nba.":                    "is no table",
		".games":                  "is no dataset",
		"nba.games` -- ":          "is no table",
		"nba.a\\`":                "is no table",
		"nba.games\nx":            "is no table",
		"n b a.games":             "is no dataset",
		"pro`ject.nba.games":      "is no project",
		"nba.games$20240101":      "is no table",
		"nba.*games":              "is no table",
		"nba.games**":             "is no table",
		"p.q.nba.games":           "is no project",
		"nba." + longName(1025):   "is no table",
		"p.nba.INFORMATION_S.x.y": "is no project",
	} {
		_, err := parseTable(name, "mine", false)
		assert.ErrorContains(t, err, says, name)
	}
	_, err := parseTable("nba.games", "", false)
	assert.ErrorContains(t, err, "has no project")
}

func longName(n int) string { return strings.Repeat("x", n) }

// Whatever is accepted stays within its three pairs of back-quotes, shards within one.
func FuzzParseTable(f *testing.F) {
	f.Add("nba.games")
	f.Add("example.com:p.d.t")
	f.Add("p`.`d.t")
	f.Add("nba.events_*")
	f.Fuzz(func(t *testing.T, name string) {
		table, err := parseTable(name, "mine", false)
		if err != nil {
			return
		}
		sql, quotes := table.SQL(), 6
		if _, ok := table.Shards(); ok {
			quotes = 2
		}
		if strings.Count(sql, "`") != quotes || strings.ContainsAny(sql, "\\\n\r") {
			t.Errorf("%q is written as %s", name, sql)
		}
	})
}

func TestQuoteName(t *testing.T) {
	for _, name := range []string{"points", "select", "a b", "a-b", "日付", "it's", longName(300)} {
		got, err := QuoteName(name)
		require.NoError(t, err, name)
		assert.Equal(t, "`"+name+"`", got)
	}
	for name, says := range map[string]string{
		"":            "is empty",
		"a`b":         "back-quote",
		`a\b`:         "backslash",
		"a\nb":        "control character",
		"a\xffb":      "not UTF-8",
		longName(301): "longer than 300",
	} {
		_, err := QuoteName(name)
		assert.ErrorContains(t, err, says, name)
	}
}
