// Package suitefile reads suites from YAML.
//
//	suite: player_game_summary
//	owner: analytics
//	table: nba_analytics.player_game_summary
//	date: game_date
//	from: 2021-10-01
//	source: player_game.csv.gz
//	checks:
//	  - complete: usage_rate
//	    where: minutes_played > 0
//	    by: season
//	    expect: ["2022-23", "2023-24", "2025-26"]
//	    at_least: 95%
//	  - unique: [game_date, player_lookup]
//	  - rows: {at_least: 1000}
//	    by: season
//
// [Load] reads a file of any fs.FS, [Parse] reads bytes, a [Reader] whatever it is
// given, [LoadAll] all files of folders and globs, which [Find] finds. A file may hold several suites, as YAML documents parted by ---.
//
// # Tables
//
// What is true of a table for all suites that read it can be declared once, in the
// suite or in a file that several suites name (tables: tables.yaml):
//
//	nba_raw.schedule:
//	  date: game_date
//	  zone: America/New_York
//	  key: game_id
//	  source: schedule.csv
//
// What tables are made from is said there as well (from:, expected:, build:, suites:),
// and read by package lineage. The suite's own table may be among them; where suite and
// declaration contradict each other it is a mistake.
//
// # Variables
//
// A suite that declares variables reads what they stand for in its values, and a [Reader]
// can be given other values:
//
//	variables:
//	  date: yesterday
//	  season:                # has to be given
//	from: ${date}
//	checks:
//	  - rows:
//	      at_least: 1000
//	    where: season = ${season}
//
// Values are put in after YAML was read: a value is never more than one. Without quotes it
// has the type that its text would have in that place; in quotes, which it needs within {}
// and [], it is a text. To an expression it is a literal, or within quotes the text there;
// sql reads none. ${name} that is no variable is written $${name}. A variable that is not
// declared, not used or has no value is a mistake.
//
// # Strict
//
// An unknown key, a key that stands twice, a value of the wrong kind, a bound or
// an expression that means nothing: each is an error with file, line, column and
// the mend, and all of a file are reported together.
//
//	suite player_game.yaml:14:5: unknown key "atleast" (did you mean "at_least"?)
//
// # Kinds of check
//
// Which kinds there are is not known here: a package with checks describes their
// keys in a list of [Kind], and Load, Parse and [Schema] are handed the lists of all
// packages joined. From that one description suites are read, the JSON Schema and
// the reference page ([WriteReference]) are made. Package standard lists the kinds
// of package checks.
//
// All functions are safe for concurrent use.
package suitefile
