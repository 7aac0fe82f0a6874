package standard_test

import (
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

func parsed(t *testing.T, check string) (suitefile.File, error) {
	t.Helper()
	files, err := suitefile.Parse("suites/s.yaml", []byte("suite: s\ntable: d.t\ndate: day\nchecks:\n"+check), standard.Kinds()...)
	if err != nil {
		return suitefile.File{}, err
	}
	return files[0], nil
}

func TestTheOtherTableIsReadWithAllOfItsKeys(t *testing.T) {
	file, err := parsed(t, `
  - cover: [day, team, player]
    of:
      table: d.due
      where: status = 'final'
      map:
        day: DATE(tipoff)
        team: [home, away]
        player: {file: crosswalk.csv, from: a, to: b, column: player_id}
      from: 2024-01-01
      to: yesterday
      null: ok
    allow: 1
`)
	require.NoError(t, err)
	yesterday := -1
	require.Equal(t, checks.Cover{
		Columns: []string{"day", "team", "player"},
		Bounds:  []quality.Bound{quality.Allow(1)},
		Of: checks.Against{
			Table: "d.due",
			Where: expr.Col("status").Eq("final"),
			Map: []checks.Mapping{
				{Column: "day", To: []expr.Expr{expr.Col("tipoff").Date()}},
				{Column: "team", To: []expr.Expr{expr.Col("home"), expr.Col("away")}},
				{Column: "player", To: []expr.Expr{expr.Col("player_id")}, By: checks.Crosswalk{Table: "files.suites_crosswalk_csv", From: "a", To: "b"}},
			},
			Span:    quality.Span{From: civil.Date{Year: 2024, Month: 1, Day: 1}, ToToday: &yesterday},
			NullsOK: true,
		},
	}, file.Suite.Rules[0].Check)
	require.Equal(t, []suitefile.Table{{
		Table: quality.Table{Name: "files.suites_crosswalk_csv"},
		Local: suitefile.Local{Path: "suites/s.yaml", Sources: []string{"crosswalk.csv"}},
	}}, file.Tables)
}

func TestAFileThatSeveralChecksReadIsOneTable(t *testing.T) {
	file, err := parsed(t, `
  - only: team
    of: {source: teams.csv}
  - equal: team
    of: {source: teams.csv}
  - rows: {at_least: 1}
    by: team
    expect: {source: teams.csv, column: team}
`)
	require.NoError(t, err)
	require.Len(t, file.Tables, 1)
	require.Equal(t, []string{"d.t", "files.suites_teams_csv"}, file.Suite.Reads())
}

func TestMistakesInTheOtherTable(t *testing.T) {
	for _, tt := range []struct{ name, check, says string }{
		{"none", "cover: team", `the key "of" is missing`},
		{"no table", "cover: team\n    of: {where: a > 0}", "it has one of the keys table, source, not 0 of them"},
		{"two tables", "cover: team\n    of: {table: d.due, source: due.csv}", "it has one of the keys table, source, not 2 of them"},
		{"no crosswalk", "cover: team\n    of: {table: d.due, map: {team: {from: a, to: b}}}", "it has one of the keys file, table, not 0 of them"},
		{"a map of another column", "cover: team\n    of: {table: d.due, map: {player: id}}", `map names "player", which is none of its columns: team`},
		{"lists that do not go side by side", "cover: [team, side]\n    of: {table: d.due, map: {team: [home, away], side: [a, b, c]}}", "map: side is 3 things in each row, and another column is 2"},
		{"an expression that is none", "cover: team\n    of: {table: d.due, map: {team: home &}}", "'&' is not known"},
		{"a lookback that is none", "cover: team\n    of: {table: d.due, lookback: 30}", "a number of days such as 30d is expected"},
		{"a lookback beside a first day", "cover: team\n    of: {table: d.due, from: 2024-01-01, lookback: 30d}", "it has a first day and a lookback"},
		{"an end before the beginning", "cover: team\n    of: {table: d.due, from: 2024-01-02, to: 2024-01-01}", "to 2024-01-01 is before from 2024-01-02"},
		{"a bound that all hold", "cover: team\n    of: {table: d.due}\n    at_least: 0%", "holds for every table"},
		{"keys due where none is", "match: team\n    of: {table: d.due, due: at}", `unknown key "due"`},
		{"a due time of nothing", "cover: team\n    of: {table: d.due, due: {at: 06:00}}", `the key "of" is missing`},
		{"a due time and more", "cover: team\n    of: {table: d.due, due: {of: day, at: 06:00 + 1h, after: 1h}}", "due: after is part of the due time 06:00 + 1h: leave one out"},
		{"expect without by", "rows: {at_least: 1}\n    expect: {table: d.due}", "expect needs by"},
		{"expect of another number of columns", "rows: {at_least: 1}\n    by: [a, b]\n    expect: {table: d.due, column: a}", "expect names 1 columns of d.due for 2 by columns"},
		{"expect of a table that is no name", "rows: {at_least: 1}\n    by: a\n    expect: {table: \"d;e\"}", `"d;e" is no table name`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parsed(t, "  - "+tt.check+"\n")
			require.ErrorContains(t, err, tt.says)
		})
	}
}
