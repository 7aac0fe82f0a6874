package enginetest

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

const lostPoints = `# A comment.

incident A1 Points were lost.
at 2026-02-01T00:00:00Z

table d.games
  game   points
  INT64  INT64
- 1      null
+ 1      100
  2      98

suite
  suite: games
  table: d.games
  checks:
    - complete: points

finds
  fail complete:points
    fail 1/2
`

func readIncidents(t *testing.T, text string) ([]Incident, error) {
	t.Helper()
	return ReadIncidents(fstest.MapFS{"a.txt": {Data: []byte(text)}}, "*.txt")
}

// report is the suite run on a twin.
func reported(t *testing.T, c Incident, twin *Twin) quality.SuiteReport {
	t.Helper()
	open, dataset, err := Memory(t.Context(), []Table{{Name: "games", Schema: twin.Tables[0].Schema, Rows: twin.Tables[0].Rows}})
	require.NoError(t, err)
	engine, err := open()
	require.NoError(t, err)
	s, err := c.In(func(string) string { return dataset + ".games" })
	require.NoError(t, err)
	r, err := quality.Run(t.Context(), engine, c.Clock, s)
	require.NoError(t, err)
	return r.Suites[0]
}

func TestAnIncidentIsTwoTwins(t *testing.T) {
	all, err := readIncidents(t, lostPoints)
	require.NoError(t, err)
	require.Len(t, all, 1)
	c := all[0]
	assert.Equal(t, "A1", c.ID)
	assert.Equal(t, "Points were lost.", c.Title)
	assert.Equal(t, time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), c.Clock)
	require.Len(t, c.Broken.Tables, 1)
	assert.True(t, c.Broken.Tables[0].Rows[0][1].IsNull())
	assert.Equal(t, "100", c.Clean.Tables[0].Rows[0][1].String())
	broken, clean := reported(t, c, &c.Broken), reported(t, c, c.Clean)
	assert.Empty(t, c.Broken.Judge(broken))
	assert.Empty(t, c.Clean.Judge(clean))
	assert.NotEmpty(t, c.Broken.Judge(clean), "what is not found")
	assert.NotEmpty(t, c.Clean.Judge(broken), "a false alarm")
	assert.NotEmpty(t, Twin{Finds: "fail complete:points\n  fail 0/2"}.Judge(broken), "another figure")
	assert.NotEmpty(t, Twin{Finds: "fail complete:points"}.Judge(broken), "a line too few")
	assert.Empty(t, Twin{Finds: "fail complete:…\n  fail 1/2"}.Judge(broken))
}

func TestMistakesInIncidents(t *testing.T) {
	for says, text := range map[string]string{
		"a.txt:1: table stands below no incident":      "table d.games\n",
		"a.txt:1: incident A1: it has no title":        "incident A1\n",
		"it has no suite, and does not say why":        "incident A1 Points.\n",
		"two incidents A1":                             lostPoints + "\n" + lostPoints,
		"it says neither what is found":                "incident A1 Points.\nsuite\n  suite: a\n",
		"the twins have one suite":                     "incident A1 Points.\nsuite\n- suite: a\n+ suite: b\nfinds\n  fail a\n",
		"a.txt:2: open : write what is missing":        "incident A1 Points.\nopen\n",
		"there is no such section":                     "incident A1 Points.\nfind\n  fail a\n",
		"a.txt:2: only duckdb: write memory":           "incident A1 Points.\nonly duckdb\n",
		"a.txt:2: at noon: parsing time":               "incident A1 Points.\nat noon\n",
		"a.txt:2: table d.games: line 4: 1 cells for":  "incident A1 Points.\ntable d.games\n  a  b\n- INT64\n",
		"a.txt:2: command check: write the exit code,": "incident A1 Points.\ncommand check\n",
	} {
		_, err := readIncidents(t, text)
		assert.ErrorContains(t, err, says)
	}
}
