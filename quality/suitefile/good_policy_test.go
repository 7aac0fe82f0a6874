package suitefile_test

import (
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

// goodPolicy are suites that say what a failure means, and when.
var goodPolicy = []goodSuite{
	{
		name: "a calendar",
		yaml: `
suite: games
table: d.games
date: game_date
max_bytes: 1000000000
labels: {team: data}
calendar:
  table: d.schedule
  date: day
  where: status = 'final'
  map: {team: [home, away], season: year}
  due: 06:00 America/New_York + 36h
  covers: 2021-10-19..2026-06-30
  null: ok
checks:
  - rows: {at_least: 90% of due, at_most: 19/20 of due}
    due: 12:00
    tags: [nightly, cheap]
`,
		want: one(quality.Suite{
			Name: "games", Table: "d.games", Date: "game_date",
			MaxBytes: 1e9, Labels: map[string]string{"team": "data"},
			Calendar: &quality.Calendar{
				Table: "d.schedule", Date: "day", Where: expr.Col("status").Eq("final"),
				Map:  []quality.Paired{{Column: "team", With: []string{"home", "away"}}, {Column: "season", With: []string{"year"}}},
				Due:  &quality.DueTime{Clock: 6 * time.Hour, Zone: "America/New_York", After: 36 * time.Hour},
				From: civil.Date{Year: 2021, Month: 10, Day: 19}, To: civil.Date{Year: 2026, Month: 6, Day: 30},
				NullsOK: true,
			},
			Rules: []quality.Rule{{
				Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.OfDue(quality.Percent(90))), quality.AtMost(quality.OfDue(quality.Ratio(19, 20)))}},
				Due:   &quality.DueTime{Clock: 12 * time.Hour},
				Tags:  []string{"nightly", "cheap"},
			}},
		}, func(*suitefile.File) {}),
	},
	{
		name: "what checks have in common",
		yaml: `
suite: games
table: d.games
checks:
  - complete: a
  - complete: b
    where: x > 1
    allow: 3
    severity: fail
  - unique: c
common: {where: x > 0, severity: warn, by: team, at_least: 95%}
`,
		want: one(quality.Suite{
			Name: "games", Table: "d.games",
			Rules: []quality.Rule{
				{
					Check: checks.Complete{Columns: []string{"a"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
					Where: expr.Col("x").Gt(0), By: []string{"team"}, WarnOnly: true,
				},
				{
					Check: checks.Complete{Columns: []string{"b"}, Bounds: []quality.Bound{quality.Allow(3)}},
					Where: expr.Col("x").Gt(1), By: []string{"team"},
				},
				{Check: checks.Unique{Columns: []string{"c"}}, Where: expr.Col("x").Gt(0), By: []string{"team"}, WarnOnly: true},
			},
		}, func(*suitefile.File) {}),
	},
	{
		name: "rows are set aside",
		yaml: `
suite: games
table: d.games
checks:
  - assert: a > 1
    set_aside: {at_most: 2%}
`,
		want: one(quality.Suite{
			Name: "games", Table: "d.games",
			Rules: []quality.Rule{{Check: checks.Assert{Of: expr.Col("a").Gt(1)}, SetAside: &atMostTwoPercent}},
		}, func(*suitefile.File) {}),
	},
}

var atMostTwoPercent = quality.AtMost(quality.Percent(2))
