package suitefile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// mistakes are files that are refused and all that is said of them. In those that
// begin with minimal the first check is on line 4.
var mistakes = []struct {
	name string
	yaml string
	want []string
}{
	{"an empty file", "", []string{`suite s.yaml: the file is empty`}},
	{"only a comment", "# nothing\n", []string{`suite s.yaml: the file is empty`}},
	{"an empty document", "---\nsuite: s\ntable: d.t\nchecks: [unique: id]\n---\n", []string{`suite s.yaml:6:1: the document is empty`}},
	{"a list", "- suite: s\n", []string{`suite s.yaml:1:1: a map is expected, not a list`}},
	{"a text", "suite s\n", []string{`suite s.yaml:1:1: a map is expected, not the text "suite s"`}},
	{"nothing that is required", "owner: o\n", []string{
		`suite s.yaml:1:1: the key "suite" is missing`,
		`suite s.yaml:1:1: the key "table" is missing`,
		`suite s.yaml:1:1: the key "checks" is missing`,
	}},
	{"an unknown key of the suite", "tabel: d.t\n" + minimal + "\n- unique: id\n", []string{`suite s.yaml:1:1: unknown key "tabel" (did you mean "table"?)`}},
	{"an unknown key like no other", "colour: red\n" + minimal + "\n- unique: id\n", []string{
		`suite s.yaml:1:1: unknown key "colour": the keys here are suite, variables, date, where, common, calendar, owner, table, zone, from, to, max_segments, tables, rows_at_fault, max_bytes, labels, source, columns, delimiter, skip_lines, decimal, thousands, nulls, blank_lines, missing_columns, file, as_of_open, checks`,
	}},
	{"an unknown key of a check", minimal + "\n- complete: a\n  atleast: 95%\n", []string{`suite s.yaml:5:3: unknown key "atleast" (did you mean "at_least"?)`}},
	{"a key of another kind", minimal + "\n- {unique: a, at_least: 95%}\n", []string{
		`suite s.yaml:4:15: unknown key "at_least": the keys here are unique, id, tags, where, by, expect, severity, null, none, due, waive, set_aside`,
	}},
	{"an unknown key of a waiver", minimal + "\n- unique: a\n  waive: {owner: o, reason: r, until: 2026-01-01, untill: x}\n", []string{
		`suite s.yaml:5:51: unknown key "untill" (did you mean "until"?)`,
	}},
	{"limits of 0", "max_segments: 0\nmax_bytes: 0\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:1:15: max_segments: a whole number of 1 or more is expected, not the number 0`,
		`suite s.yaml:2:12: max_bytes: a whole number of 1 or more is expected, not the number 0`,
	}},
	{"an expression in braces with a comma", minimal + "\n- rows: {at_least: 1}\n  by: {month: DATE_TRUNC(day, MONTH)}\n", []string{
		`suite s.yaml:5:15: month: the text ends at the comma after DATE_TRUNC(day: between { and } put one with commas in quotes`,
	}},
	{"expressions in braces with several", minimal + "\n- implies: {if: 'f(a, b)', then: g(COALESCE(a, b, c), d) > 0}\n- implies: {if: x IN (1, 2), then: y}\n", []string{
		`suite s.yaml:4:34: then: the text ends at the comma after g(COALESCE(a: between { and } put one with commas in quotes`,
		`suite s.yaml:5:17: if: the text ends at the comma after x IN (1: between { and } put one with commas in quotes`,
	}},
	{"an expression in braces with quotes", minimal + "\n- implies: {if: x IN ('a', 'b'), then: y}\n", []string{
		`suite s.yaml:4:31: did not find expected ',' or '}' while parsing a flow mapping: put a text with commas in quotes`,
	}},
	{"a repeated key", minimal + "\n- unique: a\n  by: b\n  by: c\n", []string{`suite s.yaml:6:3: the key "by" stands here twice, first at 5:3`}},
	{"a repeated key with and without quotes", minimal + "\n- unique: a\n  null: ok\n  \"null\": ok\n", []string{
		`suite s.yaml:6:3: the key "null" stands here twice, first at 5:3`,
	}},
	{"a merge key", minimal + "\n- <<: {by: b}\n  unique: a\n", []string{`suite s.yaml:4:3: merge keys (<<) are not read here: write the keys out`}},
	{"a key that is a list", minimal + "\n- unique: a\n  ? [by]\n  : b\n", []string{`suite s.yaml:5:5: a key is a text, not a list`}},

	{"a number for a name", "suite: 5\ntable: d.t\nchecks: [unique: id]\n", []string{
		`suite s.yaml:1:8: suite: a text is expected, not the number 5: write it in quotes`,
	}},
	{"nothing for a name", "suite:\ntable: d.t\nchecks: [unique: id]\n", []string{`suite s.yaml:1:7: suite: a text is expected, not nothing`}},
	{"a blank name", "suite: ' '\ntable: d.t\nchecks: [unique: id]\n", []string{`suite s.yaml:1:8: suite: the text is blank`}},
	{"a list for the owner", "owner: [a]\n" + minimal + "\n- unique: a\n", []string{`suite s.yaml:1:8: owner: a text is expected, not a list`}},
	{"a table that is none", "suite: s\ntable: a;b\nchecks: [unique: id]\n", []string{
		`suite s.yaml:2:8: "a;b" is no table name: write [project.]dataset.table`,
	}},
	{"a day that is none", "date: d\nfrom: 2021-02-30\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:2:7: from: a date such as 2021-10-01, or today, yesterday or today-14d is expected, not the text "2021-02-30"`,
	}},
	{"a day without date", "from: 2021-10-01\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:1:1: from and to need date, the table's date column`,
	}},
	{"days the wrong way round", "date: d\nfrom: 2021-10-02\nto: 2021-10-01\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:3:5: to 2021-10-01 is before from 2021-10-02`,
	}},
	{"an unknown zone", "zone: Mars/Olympus\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:1:7: zone "Mars/Olympus" is no time zone: write one such as UTC or America/New_York`,
	}},
	{"an unknown type", "columns: {id: STRNG}\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:1:15: id: "STRNG" is no type of a column (did you mean "STRING"?): ` +
			`the types are BIGNUMERIC, BOOL, BYTES, DATE, DATETIME, FLOAT64, INT64, NUMERIC, STRING, TIME, TIMESTAMP`,
	}},
	{"types in a list", "columns: [id]\n" + minimal + "\n- unique: a\n", []string{`suite s.yaml:1:10: columns: a map is expected, not a list`}},
	{"a number for a type", "columns: {id: 64}\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:1:15: id: a text is expected, not the number 64: write it in quotes`,
	}},
	{"no checks", "suite: s\ntable: d.t\nchecks: []\n", []string{`suite s.yaml:3:9: checks: the list is empty`}},
	{"checks in a map", "suite: s\ntable: d.t\nchecks: {unique: a}\n", []string{`suite s.yaml:3:9: checks: a list is expected, not a map`}},
	{"two suites of one name", minimal + " [unique: a]\n---\n" + minimal + " [unique: a]\n", []string{
		`suite s.yaml:5:8: two suites of the file have the name "s"`,
	}},

	{"an unknown kind", minimal + "\n- compleet: a\n  at_least: 95%\n", []string{
		`suite s.yaml:4:3: unknown kind of check "compleet" (did you mean "complete"?): ` + theKinds(),
	}},
	{"a kind like no other", minimal + "\n- by: season\n  astrology: [game_date, team]\n", []string{
		`suite s.yaml:5:3: unknown kind of check "astrology": ` + theKinds(),
	}},
	{"no kind", minimal + "\n- at_least: 95%\n  by: season\n", []string{`suite s.yaml:4:3: the check has no kind: ` + theKinds()}},
	{"one end of a range", minimal + "\n- range: {a: [0]}\n", []string{`suite s.yaml:4:14: a: two ends such as [0, 50] is expected, not a list`}},
	{"an end of a range that is a list", minimal + "\n- range: {a: [0, [1]]}\n", []string{`suite s.yaml:4:18: a: a single value is expected, not a list`}},
	{"an empty list of values", minimal + "\n- in: {a: []}\n", []string{`suite s.yaml:4:11: a: the list is empty`}},
	{"an aggregate that is none", minimal + "\n- group: {by: a, assert: median(x) = 1}\n", []string{
		`suite s.yaml:4:26: assert: there is no function median: known are ` + strings.Join(expr.Functions(), ", ") + `; anything else is raw SQL; here also count, count_if, distinct, distinct_if, max, max_if, mean, mean_if, min, min_if, stddev, stddev_if, sum, sum_if, variance, variance_if`,
	}},
	{"a text for a number", minimal + "\n- mean: a\n  at_least: much\n", []string{`suite s.yaml:5:13: at_least: a number is expected, not the text "much"`}},
	{"a share for a number", minimal + "\n- mean: a\n  at_least: 95%\n", []string{`suite s.yaml:5:13: at_least: a number is expected, not the text "95%"`}},
	{"one end of two", minimal + "\n- mean: a\n  between: [1]\n", []string{`suite s.yaml:5:12: between: two numbers such as [80, 120] is expected, not a list`}},
	{"ends the wrong way round", minimal + "\n- mean: a\n  between: [2, 1]\n", []string{`suite s.yaml:4:3: mean: at_least 2 and at_most 1: nothing lies between them`}},
	{"a number that is all exponent", minimal + "\n- mean: a\n  at_least: 1e99999\n", []string{`suite s.yaml:5:13: at_least: a number is expected, not 1e99999`}},
	{"columns by pattern in one row", minimal + "\n- complete: \"a*\"\n  mode: any\n", []string{
		`suite s.yaml:4:3: complete: mode: any is of columns by name: patterns, except and shares of their own are for mode: each`,
	}},
	{"a share beside shares", minimal + "\n- complete: {a: 95%}\n  at_least: 50%\n", []string{
		`suite s.yaml:4:3: complete: at_least 50% is for no column: each has a share of its own`,
	}},
	{"two kinds", minimal + "\n- complete: a\n  unique: a\n", []string{
		`suite s.yaml:5:3: a check is of one kind, and this one is complete already: write a check of its own for unique`,
	}},
	{"a check in a word", minimal + "\n- complete\n", []string{`suite s.yaml:4:3: checks: a map is expected, not the text "complete"`}},
	{"no column", minimal + "\n- unique: []\n", []string{`suite s.yaml:4:11: unique: the list is empty`}},
	{"a column twice", minimal + "\n- unique: [a, a]\n", []string{`suite s.yaml:4:3: unique: it names "a" twice`}},
	{"two checks of one id", minimal + "\n- {id: x, unique: a}\n- {id: x, unique: b}\n", []string{`suite s.yaml:5:8: two checks have the id "x"`}},

	{"a bare decimal for a share", minimal + "\n- complete: a\n  at_least: 0.95\n", []string{
		`suite s.yaml:5:13: at_least: "0.95" is no share: write a percentage such as 95% or a ratio such as 19/20`,
	}},
	{"a bare number for a share", minimal + "\n- complete: a\n  at_least: 95\n", []string{
		`suite s.yaml:5:13: at_least: "95" is no share: write a percentage such as 95% or a ratio such as 19/20`,
	}},
	{"a share of more than all", minimal + "\n- complete: a\n  at_least: 950%\n", []string{`suite s.yaml:5:13: at_least: "950%" is more than 100%`}},
	{"a bound that always holds", minimal + "\n- complete: a\n  at_least: 0%\n", []string{`suite s.yaml:4:3: complete: at_least 0% holds for every table`}},
	{"a share in a list", minimal + "\n- complete: a\n  at_least: [95%]\n", []string{
		`suite s.yaml:5:13: at_least: a share such as 95% or 19/20 is expected, not a list`,
	}},
	{"a share of rows", minimal + "\n- rows: {at_least: 95%}\n", []string{
		`suite s.yaml:4:20: at_least: a whole number of 0 or more is expected, not the text "95%"`,
	}},
	{"fewer rows than none", minimal + "\n- rows: {at_least: -1}\n", []string{
		`suite s.yaml:4:20: at_least: a whole number of 0 or more is expected, not the number -1`,
	}},
	{"rows that readers disagree about", minimal + "\n- rows: {at_least: 0777, at_most: 1_000}\n", []string{
		`suite s.yaml:4:20: at_least: readers of YAML disagree about the number 0777: write plain digits, or quotes if it is a text`,
		`suite s.yaml:4:35: at_most: readers of YAML disagree about the number 1_000: write plain digits, or quotes if it is a text`,
	}},
	{"more rows than there can be", minimal + "\n- rows: {at_least: 99999999999999999999}\n", []string{
		`suite s.yaml:4:20: at_least: 99999999999999999999 does not fit in 64 bits`,
	}},
	{"rows without a bound", minimal + "\n- rows: {}\n", []string{
		`suite s.yaml:4:3: rows: it has no bound: write between, at_least, more_than, at_most or less_than`,
	}},
	{"rows without a map", minimal + "\n- rows: 1000\n", []string{`suite s.yaml:4:9: rows: a map is expected, not the number 1000`}},
	{"an unknown mode", minimal + "\n- complete: [a, b]\n  mode: some\n", []string{`suite s.yaml:5:9: mode: all or any or each is expected, not the text "some"`}},
	{"a list as missing", minimal + "\n- complete: a\n  missing: [[1]]\n", []string{`suite s.yaml:5:13: missing: a single value is expected, not a list`}},
	{"a list of rows", minimal + "\n- rows: {at_least: [1]}\n", []string{
		`suite s.yaml:4:20: at_least: a whole number of 0 or more, or a share such as 90% of due is expected, not a list`,
	}},
	{"a number for a column", minimal + "\n- unique: 007\n", []string{`suite s.yaml:4:11: unique: a text is expected, not 007: write it in quotes`}},
	{"a text without end", minimal + "\n- rows: " + strings.Repeat("long ", 20) + "\n", []string{
		`suite s.yaml:4:9: rows: a map is expected, not the text "` + strings.Repeat("long ", 11) + `lo..."`,
	}},
	{"NULL as missing", minimal + "\n- complete: a\n  missing: [null]\n", []string{`suite s.yaml:5:13: missing: a value is expected, not null`}},
	{"a misspelt severity", minimal + "\n- unique: a\n  severity: wran\n", []string{
		`suite s.yaml:5:13: severity: warn or fail is expected, not the text "wran" (did you mean "warn"?)`,
	}},
	{"null that is not ok", minimal + "\n- unique: a\n  null: true\n", []string{`suite s.yaml:5:9: null: ok is expected, not true`}},
	{"none without where", minimal + "\n- unique: a\n  none: ok\n", []string{`suite s.yaml:5:9: none: ok needs where`}},

	{"a population without a key", minimal + "\n- unique: a\n  where: {table: d.u}\n", []string{`suite s.yaml:5:10: where: the key "key" is missing`}},
	{"a population of two columns for one", minimal + "\n- unique: a\n  where: {key: a, table: d.u, column: [a, b]}\n", []string{
		`suite s.yaml:5:10: where names 2 columns of d.u for 1 of the key`,
	}},
	{"expect without by", minimal + "\n- unique: a\n  expect: [x, y]\n", []string{
		`suite s.yaml:5:12: expect: a segment needs by, the columns that it has values of`,
	}},
	{"segments of the wrong size", minimal + "\n- unique: a\n  expect: [x, [x, y, z]]\n  by: [b, c]\n", []string{
		`suite s.yaml:5:12: expect: a segment has a value for each by column (b, c): 2, not 1`,
		`suite s.yaml:5:15: expect: a segment has a value for each by column (b, c): 2, not 3`,
	}},
	{"a segment of other columns", minimal + "\n- unique: a\n  by: [season, team]\n  expect: [{seasn: x, team: y}]\n", []string{
		`suite s.yaml:6:12: the key "season" is missing`,
		`suite s.yaml:6:13: unknown key "seasn" (did you mean "season"?)`,
	}},
	{"a segment with a map for a value", minimal + "\n- unique: a\n  by: b\n  expect: [[{}]]\n", []string{
		`suite s.yaml:6:13: a single value is expected, not a map`,
	}},
	{"a number that is none", minimal + "\n- unique: a\n  by: b\n  expect: [.inf, 0x1F]\n", []string{
		`suite s.yaml:6:12: expect: readers of YAML disagree about the number .inf: write plain digits, or quotes if it is a text`,
		`suite s.yaml:6:18: expect: readers of YAML disagree about the number 0x1F: write plain digits, or quotes if it is a text`,
	}},
	{"a waiver without its end", minimal + "\n- unique: a\n  waive: {owner: o, reason: r}\n", []string{`suite s.yaml:5:10: waive: the key "until" is missing`}},
	{"a waiver for nobody", minimal + "\n- unique: a\n  waive: {owner: o, reason: r, until: 2026-01-01, segments: [{b: 1}]}\n", []string{
		`suite s.yaml:5:62: a segment needs by, the columns that it has values of`,
	}},
	{"a floor that is no share", minimal + "\n- complete: a\n  waive: {owner: o, reason: r, until: 2026-01-01, down_to: 40}\n", []string{
		`suite s.yaml:5:60: down_to: "40" is no share: write a percentage such as 95% or a ratio such as 19/20`,
	}},

	{"a plain expression", minimal + "\n- unique: a\n  where: minutes_played >> 0\n", []string{`suite s.yaml:5:26: where: a value is expected, not ">"`}},
	{"a single-quoted expression", minimal + "\n- unique: a\n  where: 'name = ''é'' = 1'\n", []string{
		`suite s.yaml:5:24: where: comparisons do not chain: put the first one in parentheses`,
	}},
	{"a double-quoted expression", minimal + "\n- unique: a\n  where: \"name = \\\"\\u00e9\\\" = 1\"\n", []string{
		`suite s.yaml:5:29: where: comparisons do not chain: put the first one in parentheses`,
	}},
	{"an expression that ends early", minimal + "\n- {unique: a, where: minutes >}\n", []string{
		`suite s.yaml:4:31: where: a value is expected, but the text ends`,
	}},
	{"an expression over several lines", minimal + "\n- unique: a\n  where: |\n    a = 1\n    OR\n", []string{
		`suite s.yaml:5:10: where: expression "a = 1\nOR\n", column 10: a value is expected, but the text ends`,
	}},
	{"a number for an expression", minimal + "\n- unique: a\n  where: 1\n", []string{
		`suite s.yaml:5:10: where: a text is expected, not the number 1: write it in quotes`,
	}},
	{"raw SQL that ends its statement", minimal + "\n- unique: a\n  where: {sql: a > 0; b > 0}\n", []string{
		`suite s.yaml:5:21: sql: a semicolon ends the statement: leave it out`,
	}},
	{"raw SQL of the suite that closes too much", "where: {sql: 'a = ''é'') OR (b'}\n" + minimal + "\n- unique: a\n", []string{
		`suite s.yaml:1:24: sql: ) closes nothing`,
	}},
	{"raw SQL over several lines that is not closed", minimal + "\n- unique: a\n  where:\n    sql: |\n      a > 0 AND\n      (b > 0\n", []string{
		`suite s.yaml:6:10: sql: expression "a > 0 AND\n(b > 0\n", column 11: ( is not closed`,
	}},
	{"raw SQL under another key", minimal + "\n- unique: a\n  where: {SQL: x}\n", []string{
		`suite s.yaml:5:10: where: the key "sql" is missing`,
		`suite s.yaml:5:11: unknown key "SQL" (did you mean "sql"?)`,
	}},

	{"a common key that no check has", "suite: s\ntable: d.t\ncommon: {at_least: 95%}\nchecks: [unique: a]\n", []string{
		`suite s.yaml:3:10: no check of the suite has the key "at_least": leave it out`,
	}},
	{"a common key that is wrong", "suite: s\ntable: d.t\nchecks: [complete: a, complete: b]\ncommon: {where: a b, id: x}\n", []string{
		`suite s.yaml:4:22: unknown key "id": the keys here are tags, where, by, expect, severity, null, none, due, at_least, more_than, at_most, less_than, allow`,
	}},
	{"a common value that is wrong is told once", "suite: s\ntable: d.t\nchecks: [complete: a, complete: b]\ncommon: {where: a b}\n", []string{
		`suite s.yaml:4:19: where: "b" is not expected here`,
	}},
	{"a due time", minimal + "\n- unique: a\n  due: 6 o'clock\n", []string{
		`suite s.yaml:5:8: due: "6 o'clock" is no due time: write a time of the day, a zone and how long after, such as 06:00 America/New_York + 36h`,
	}},
	{"a label", "suite: s\ntable: d.t\nlabels: {Team: data}\nchecks: [unique: a]\n", []string{
		`suite s.yaml:3:9: labels: "Team" is no name of a label: write at most 63 small letters, digits, _ and -, the first a letter`,
	}},
	{"a calendar without a table", "suite: s\ntable: d.t\ndate: d\ncalendar: {where: a > 0}\nchecks: [unique: a]\n", []string{
		`suite s.yaml:4:11: calendar: a calendar has a table, or a source`,
	}},
	{"what a calendar covers", "suite: s\ntable: d.t\ndate: d\ncalendar: {table: d.c, covers: 2024-01-01}\nchecks: [unique: a]\n", []string{
		`suite s.yaml:4:32: covers: a first and a last day such as 2021-10-19..2026-06-30 is expected, not the text "2024-01-01"`,
	}},
	{"keys of a check without any", minimal + "\n- complete: a\n  waive: {owner: o, reason: r, until: 2024-01-01, keys: [1]}\n", []string{
		`suite s.yaml:5:58: keys: complete is no check of keys, so none can be waived`,
	}},
	{"a key of too few values", minimal + "\n- unique: [a, b]\n  waive: {owner: o, reason: r, until: 2024-01-01, keys: [1]}\n", []string{
		`suite s.yaml:5:58: keys: a key has a value for each column (a, b): 2, not 1`,
	}},
	{"segments and keys", minimal + "\n- unique: a\n  by: b\n  waive: {owner: o, reason: r, until: 2024-01-01, keys: [1], segments: [2]}\n", []string{
		`suite s.yaml:6:10: a waiver is for segments, or for keys`,
	}},

	{"no YAML", "suite: s\nchecks: [unique: a\n", []string{`suite s.yaml:3:1: did not find expected ',' or ']' while parsing a flow sequence`}},
	{"a text that YAML cannot begin with", minimal + "\n- unique: a\n  where: `a b` > 0\n", []string{
		"suite s.yaml:5:10: found character that cannot start any token while scanning for the next token: " +
			"indent with blanks, and put a text that begins with ` @ or % in quotes",
	}},
	{"a colon in a text", "suite: a: b\n", []string{
		`suite s.yaml:1:9: mapping values are not allowed in this context: put a text with a colon in quotes`,
	}},
	{"a tag", "suite: !!str 5\ntable: d.t\nchecks: [unique: a]\n", []string{
		`suite s.yaml:1:8: the tag !!str is not read here: a text that looks like something else stands in quotes`,
	}},
	{"an alias of itself", "suite: s\ntable: d.t\nchecks: &c [*c]\n", []string{`suite s.yaml:3:13: the alias *c stands inside of its own anchor`}},
	{"an alias of nothing", "suite: *s\n", []string{`suite s.yaml:1:8: unknown anchor 's' referenced`}},
	{"bytes that are no text", "suite: s\ntable: \xff\n", []string{`suite s.yaml:2:8: the file is not UTF-8`}},

	{"a control character", "suite: s\ntable: d\x01.t\n", []string{
		`suite s.yaml:2:9: the control character U+0001 is not allowed: write it as an escape in double quotes`,
	}},

	{"all of a file together", "suit: s\n" + minimal + "\n- unique: a\n  nul: ok\n- rows: {at_least: x}\n---\nsuite: 7\ntable: d.t\nchecks: [unique: a]\n", []string{
		`suite s.yaml:1:1: unknown key "suit" (did you mean "suite"?)`,
		`suite s.yaml:6:3: unknown key "nul" (did you mean "null"?)`,
		`suite s.yaml:7:20: at_least: a whole number of 0 or more is expected, not the text "x"`,
		`suite s.yaml:9:8: suite: a text is expected, not the number 7: write it in quotes`,
	}},
	{"rows that cannot be set aside", minimal + "\n- unique: a\n  set_aside: {at_most: 2%}\n", []string{
		"suite s.yaml:4:3: set_aside: unique is no claim about rows one by one",
	}},
	{"how many are set aside", minimal + "\n- assert: a > 1\n  set_aside: {at_most: 2}\n- assert: b > 1\n  set_aside: {}\n", []string{
		`suite s.yaml:5:24: at_most: "2" is no share: write a percentage such as 95% or a ratio such as 19/20`,
		"suite s.yaml:7:14: set_aside: write how many rows may be set aside: at_most: 2%",
	}},
	{"a mistake in an anchor once", minimal + "\n- unique: a\n  where: &w a b\n- unique: b\n  where: *w\n", []string{
		`suite s.yaml:5:10: where: expression "a b", column 3: "b" is not expected here`,
	}},
}

func TestMistakes(t *testing.T) {
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			files, err := parse(test.yaml)
			if err == nil {
				t.Fatalf("it is accepted: %v", files)
			}
			if diff := cmp.Diff(test.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMistakesHaveAPlace(t *testing.T) {
	_, err := parse(minimal + "\n- unique: a\n  atleast: 95%\n")
	var e *form.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no form.Error", err)
	}
	if e.File != "s.yaml" || e.Line != 5 || e.Column != 3 {
		t.Errorf("the mistake is at %s:%d:%d, not at s.yaml:5:3", e.File, e.Line, e.Column)
	}
}

// A billion values in a few lines, all of them at a place that is read.
func TestAliasesCannotGrowWithoutEnd(t *testing.T) {
	text := "suite: s\ntable: d.t\nowner: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 8 {
		name, of := string(rune('b'+i)), "*"+string(rune('a'+i))
		text += name + ": &" + name + " [" + strings.Join([]string{of, of, of, of, of, of, of, of, of, of}, ", ") + "]\n"
	}
	_, err := parse(text)
	if err == nil || !strings.Contains(err.Error(), "more than 1000000 values with its aliases followed") {
		t.Errorf("Parse says %v", err)
	}
}
