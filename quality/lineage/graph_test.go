package lineage_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/lineage"
)

func read(t *testing.T, text string) (*lineage.Graph, error) {
	t.Helper()
	return lineage.Read("tables.yaml", func(name string) ([]byte, error) {
		require.Equal(t, "tables.yaml", name)
		return []byte(text), nil
	})
}

// tables declares tables a, b, … of a dataset, each with a date and a key, and what
// they are made from.
func tables(from ...string) string {
	var b strings.Builder
	for i, f := range from {
		b.WriteString("d." + string(rune('a'+i)) + ":\n  date: day\n  key: [day, who]\n")
		if f != "" {
			b.WriteString("  from: " + f + "\n")
		}
	}
	return b.String()
}

func names(steps []lineage.Step) string {
	var out []string
	for _, s := range steps {
		one := strings.ReplaceAll(strings.Join(s.Tables, "+"), "d.", "")
		if s.Turns {
			one = "(" + one + ")"
		}
		out = append(out, one)
	}
	return strings.Join(out, " ")
}

func TestOrderIsThatOfBuilds(t *testing.T) {
	for name, c := range map[string]struct {
		from []string
		want string
	}{
		"as the file has them where nothing says otherwise": {[]string{"", "", ""}, "a b c"},
		"after what they are made from":                     {[]string{"[d.c]", "d.a", ""}, "c a b"},
		"a diamond":                                         {[]string{"[d.b, d.c]", "d.d", "d.d", ""}, "d b c a"},
		"predictions of later features":                     {[]string{"", "{d.a: {}, d.c: {earlier: all}}", "d.b", "d.c"}, "a (b+c) d"},
		"a window of other rows' dates":                     {[]string{"", "{d.a: {}, d.c: {window: {last: 5, points: d.a}}}", "d.b"}, "a (b+c)"},
		"its own rows before":                               {[]string{"", "{d.a: {}, d.b: {earlier: 7d}}"}, "a (b)"},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := read(t, tables(c.from...))
			require.NoError(t, err)
			steps, err := g.Order()
			require.NoError(t, err)
			require.Equal(t, c.want, names(steps))
		})
	}
}

func TestOrderOfATableIsThatOfWhatItIsMadeFrom(t *testing.T) {
	g, err := read(t, tables("", "d.a", "d.b", "d.a"))
	require.NoError(t, err)
	steps, err := g.OrderOf("d.c")
	require.NoError(t, err)
	require.Equal(t, "a b c", names(steps))
}

func TestACycleIsNamedEdgeByEdge(t *testing.T) {
	_, err := read(t, tables("d.c", "{d.a: {}}", "[d.b]"))
	require.True(t, errors.As(err, new(*lineage.CycleError)))
	require.EqualError(t, err, `these tables are made from each other, and so can never be built:
  tables.yaml:4:9: d.a is made from d.c
  tables.yaml:12:9: d.c is made from d.b
  tables.yaml:8:15: d.b is made from d.a
  what is of strictly earlier dates closes no cycle: say so (earlier: all), where it is`)
}

func TestHowATableIsMadeIsReadStrictly(t *testing.T) {
	for text, want := range map[string]string{
		tables("", "d.x"):                                               "d.b is made from d.x, of which nothing is said",
		tables("", "d.b"):                                               "d.b is made from its own rows of the same date",
		tables("", "{d.a: {onn: who}}"):                                 `tables.yaml:7:16: unknown key "onn" (did you mean "on"?)`,
		tables("", "{d.a: {window: {last: 0}}}"):                        "tables.yaml:7:24: it is over no rows",
		tables("", "{d.a: {window: {reset: season}}}"):                  "tables.yaml:7:24: it is over no rows: say last: 10 or days: 7",
		tables("", "{d.a: {earlier: 30}}"):                              "earlier: all, or a number of days such as 30d, is expected, not the number 30",
		tables("", "{d.a: {earlier: all, window: {days: 1}}}"):          "it has a window and earlier dates",
		tables("", "{d.a: {on: who, window: {days: 1}}}"):               "the rows of a window agree in its entity: leave on out",
		tables("", "{d.a: {makes: [WHO]}}"):                             "WHO is of the key of d.b",
		tables("", "{d.a: {window: {days: 1, points: d.a}}}"):           "points: the rows of d.b are those of d.a, which has to be among what it is made from, on the same date",
		tables("", "[]"):                                                "the list is empty",
		"d.a: {key: who}\nd.b: {date: day, key: [day, who], from: d.a}": "d.b is made from d.a, whose date column is not known: say date",
		"d.a: {date: day}\nd.b: {date: day, from: d.a}":                 "what its rows are is not known: say date and key",
		"d.a: {date: day, key: [day, who], build: 'make {name}'}":       "{name} is no column of the key: there are {from}, {to} and the columns of the key without the date",
		"d.a: {date: day, key: [day, who], build: \"make '{who}'\"}":    "a name in braces stands within quotes",
	} {
		t.Run(want, func(t *testing.T) {
			_, err := read(t, text)
			require.ErrorContains(t, err, want)
			require.ErrorContains(t, err, "tables.yaml:")
		})
	}
}

func TestTheSchemaKnowsHowTablesAreMade(t *testing.T) {
	s := lineage.Schema()
	text, err := json.Marshal(s)
	require.NoError(t, err)
	for _, key := range []string{`"from"`, `"earlier"`, `"include_current"`, `"build"`, `"suites"`, `"points"`} {
		require.Contains(t, string(text), key)
	}
	resolved, err := s.Resolve(nil)
	require.NoError(t, err)
	var good, bad any
	require.NoError(t, json.Unmarshal([]byte(`{"d.a": {"from": {"d.b": [{"on": "x"}, {"window": {"last": 3}}]}}}`), &good))
	require.NoError(t, resolved.Validate(good))
	require.NoError(t, json.Unmarshal([]byte(`{"d.a": {"from": {"d.b": {"onn": "x"}}}}`), &bad))
	require.Error(t, resolved.Validate(bad))
}
