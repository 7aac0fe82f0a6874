package suitefile_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

const registry = `
nba.games:
  date: game_date
  zone: America/New_York
  key: [game_date, player]
  source: ../data/games.csv
  redact: email
nba.schedule:
  date: day
  source: [schedule-*.csv]
  columns: {game_id: STRING}
`

func loadTables(t *testing.T, suite, tables string) ([]suitefile.File, error) {
	t.Helper()
	return suitefile.Load(fstest.MapFS{
		"suites/s.yaml":     &fstest.MapFile{Data: []byte(suite)},
		"shared/tables.yml": &fstest.MapFile{Data: []byte(tables)},
	}, "suites/s.yaml", with()...)
}

const withTables = "suite: s\ntable: nba.games\ntables: ../shared/tables.yml\nchecks: [unique: id]\n"

func TestTablesOfAFile(t *testing.T) {
	files, err := loadTables(t, withTables, registry)
	require.NoError(t, err)
	f := files[0]
	require.Equal(t, []quality.Table{
		{Name: "nba.games", Date: "game_date", Zone: "America/New_York", Key: []string{"game_date", "player"}, Redact: []string{"email"}},
		{Name: "nba.schedule", Date: "day"},
	}, f.Suite.Tables)
	require.Empty(t, f.Suite.Date, "it stands in the registry, and is taken from there")
	require.NoError(t, f.Suite.Validate())
	require.Equal(t, []string{"data/games.csv"}, f.Tables[0].Paths(), "relative to the registry")
	require.Equal(t, []string{"shared/schedule-*.csv"}, f.Tables[1].Paths())
	require.Equal(t, map[string]expr.Type{"game_id": expr.String}, f.Tables[1].Columns)
}

func TestTablesInTheSuite(t *testing.T) {
	files, err := parse("suite: s\ntable: nba.games\nfrom: 2025-10-01\ntables: {nba.games: {date: d, source: g.csv}}\nchecks: [unique: id]\n")
	require.NoError(t, err)
	require.Equal(t, []quality.Table{{Name: "nba.games", Date: "d"}}, files[0].Suite.Tables)
	require.Equal(t, []string{"g.csv"}, files[0].Tables[0].Paths())
}

func TestMistakesInTables(t *testing.T) {
	for name, tt := range map[string]struct {
		suite, tables string
		want          []string
	}{
		"another date than the registry's": {
			"date: day\n" + withTables, registry,
			[]string{"suite suites/s.yaml:1:7: date: day is said here, and at shared/tables.yml:3:9 it is game_date: leave one out"},
		},
		"another zone": {
			"zone: UTC\n" + withTables, registry,
			[]string{"suite suites/s.yaml:1:7: zone: UTC is said here, and at shared/tables.yml:4:9 it is America/New_York: leave one out"},
		},
		"another source": {
			"source: x.csv\n" + withTables, registry,
			[]string{"suite suites/s.yaml:1:9: source: suites/x.csv is said here, and at shared/tables.yml:6:11 it is data/games.csv: leave one out"},
		},
		"a key that is unknown, and a zone that is none": {
			withTables, "nba.games: {dat: x}\nnba.b: {zone: Mars}\n",
			[]string{
				`suite suites/s.yaml:3:9: tables: tables shared/tables.yml:1:13: unknown key "dat" (did you mean "date"?)`,
				`suite suites/s.yaml:3:9: tables: tables shared/tables.yml:2:8: nba.b: table nba.b: zone "Mars" is no time zone: write one such as UTC or America/New_York`,
			},
		},
		"dates of a table that cannot be read": {
			"from: 2025-10-01\n" + withTables, "nba.games: {date: [d]}\n",
			[]string{`suite suites/s.yaml:4:9: tables: tables shared/tables.yml:1:19: date: a text is expected, not a list`},
		},
		"no such file": {
			"suite: s\ntable: nba.games\ntables: t.yaml\nchecks: [unique: id]\n", registry,
			[]string{"suite suites/s.yaml:3:9: tables: tables suites/t.yaml cannot be read: open suites/t.yaml: file does not exist"},
		},
		"groups of a redacted column": {
			"suite: s\ntable: nba.games\ntables: ../shared/tables.yml\nchecks: [{unique: id, by: Email}]\n", registry,
			[]string{"suite suites/s.yaml:4:27: by: Email is redacted, and the values of segments are printed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadTables(t, tt.suite, tt.tables)
			require.Error(t, err)
			require.Equal(t, tt.want, strings.Split(err.Error(), "\n"))
		})
	}
}

func TestTablesOfAFileNeedALoader(t *testing.T) {
	_, err := parse(withTables)
	require.EqualError(t, err, "suite s.yaml:3:9: tables: ../shared/tables.yml is a file of its own, and only Load reads files")
}
