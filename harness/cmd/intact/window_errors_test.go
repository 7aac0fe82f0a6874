package main_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// How the command window ends, and what it says.
func TestWindowExitCodes(t *testing.T) {
	const sheet = "player,game_date,status\nann,2026-01-01,played\nann,2026-01-02,played\nann,2026-01-03,played\n"
	games := gameHeader + game("ann", "2026-01-01", "4") + game("ann", "2026-01-03", "6")
	gap := windowArgs("--expected", "sheet.csv")
	cut := gzipped(t, strings.Repeat("2022-23,2022-10-18,ann,30,20.5\n", 500))
	for name, c := range map[string]struct {
		files map[string]string
		args  []string
		code  int
		says  string // on stderr
	}{
		"whole":                 {args: windowArgs(), code: 0, says: "points_avg_last_1: 1 of 2 windows whole, 1 warmup"},
		"a gap":                 {args: gap, code: 0, says: "gap: ann as of 2026-01-03 (games.csv:3): 2026-01-02 expected and without a row (1 of 1 places missing): load what is lost"},
		"a gap under --strict":  {args: append(slices.Clip(gap), "--strict"), code: 1, says: "1 gap"},
		"warmup under --strict": {args: append(windowArgs(), "--strict"), code: 0, says: "1 warmup"},
		"a duplicate under --strict": {
			files: map[string]string{"games.csv": games + game("ann", "2026-01-03", "6") + game("ann", "2026-01-04", "1")},
			args:  append(windowArgs(), "--strict"), code: 1, says: "duplicate: ann as of 2026-01-04 (games.csv:5): 2026-01-03 in the window with more than one row: remove the copies",
		},
		"a NULL under --strict": {
			files: map[string]string{"games.csv": games + game("ann", "2026-01-04", "?") + game("ann", "2026-01-05", "1")},
			args:  append(windowArgs(), "--strict"), code: 1, says: "null: ann as of 2026-01-05 (games.csv:5): 2026-01-04 without a usable value: points is NULL or not finite there: correct the source, or where it is rightly NULL, as a share without an attempt, average a ratio of sums",
		},
		"an overflow under --strict": {
			files: map[string]string{"games.csv": gameHeader + game("ann", "2026-01-01", "1e+308") + game("ann", "2026-01-02", "1e+308") + game("ann", "2026-01-03", "1")},
			args:  append(windowArgs("--last", "2", "--stat", "sum"), "--strict"), code: 1, says: "1 nonfinite",
		},
		"a predicate that is NULL": {
			files: map[string]string{"games.csv": games + game("ann", "2026-01-04", "–")},
			args:  append(windowArgs(), "--counted", "minutes_played > 0"), code: 0,
			says: "counted: minutes_played > 0 is NULL for 1 of 3 rows: who did not play has no minutes, so write is_dnp IS NOT TRUE AND minutes_played > 0",
		},
		"no row":        {files: map[string]string{"games.csv": gameHeader}, args: windowArgs(), code: 3, says: "there is no row to compute windows from"},
		"an empty file": {files: map[string]string{"games.csv": ""}, args: windowArgs(), code: 3, says: "games.csv: the file is empty"},

		"no entity":               {args: []string{"window", "games.csv", "--at", "game_date", "--value", "points", "--last", "1"}, code: 2, says: "--entity is missing"},
		"no time":                 {args: []string{"window", "games.csv", "--entity", "player", "--value", "points", "--last", "1"}, code: 2, says: "--at is missing"},
		"no value":                {args: []string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--last", "1"}, code: 2, says: "--value is missing"},
		"neither rows nor days":   {args: []string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points"}, code: 2, says: "--last is missing"},
		"zero rows":               {args: windowArgs("--last", "0"), code: 2, says: "--last 0 is no window: give at least 1"},
		"the same window twice":   {args: windowArgs("--last", "1,1"), code: 2, says: "points_avg_last_1 is asked for twice"},
		"the same window by case": {args: windowArgs("--value", "points,POINTS"), code: 2, says: "window POINTS_avg_last_1 is asked for twice"},
		"an unknown statistic":    {args: append(windowArgs(), "--stat", "median"), code: 2, says: `--stat "median" is not known: it is mean, sum`},
		"rows that are no number": {args: windowArgs("--last", "5,ten"), code: 2, says: `"ten" is no whole number: write one such as 10, or several such as 5,10`},
		"days that are no number": {args: append(windowArgs(), "--days", "7d"), code: 2, says: `"7d" is no whole number`},
		"a statistic of nothing": {
			args: []string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--ratio", "points/minutes_played", "--last", "1", "--stat", "sum"}, code: 2,
			says: "--stat is of the columns of --value, and there are none: name them, or leave it out",
		},
		"a ratio of one":           {args: append(windowArgs(), "--ratio", "points"), code: 2, says: `--ratio "points" is not of the form NUMERATOR/DENOMINATOR`},
		"a limit that cannot bind": {args: append(windowArgs(), "--max-span", "3"), code: 2, says: "one row spans no time"},
		"a broken predicate":       {args: append(windowArgs(), "--counted", "minutes_played >"), code: 2, says: "--counted"},
		"an unknown type":          {args: append(windowArgs(), "--type", "points=FLOT"), code: 2, says: `points: "FLOT" is no type of a column`},
		"no date":                  {args: append(windowArgs(), "--history-from", "yesterday"), code: 2, says: "a date such as 2021-10-01 is expected"},
		"a map without a list":     {args: append(windowArgs(), "--expected-map", "at=day"), code: 2, says: "--expected-map needs --expected"},
		"a map of no key column":   {args: append(slices.Clip(gap), "--expected-map", "points=x"), code: 2, says: `--expected-map names "points", which is no key column of the rows: those are player, game_date`},
		"an unknown format":        {args: append(windowArgs(), "-o", "xml"), code: 2, says: `--output "xml" is not known`},
		"a format for a file":      {args: append(windowArgs(), "-i", "csv"), code: 2, says: "--input is the format of standard input"},
		"two files":                {args: append(windowArgs(), "more.csv"), code: 2, says: "window reads one file, not 2"},
		"a misspelt flag":          {args: append(windowArgs(), "--valeu", "x"), code: 2, says: "--valeu"},
		"a column that is there already": {
			files: map[string]string{"games.csv": "player,game_date,points,POINTS_AVG_LAST_1_reason\nann,2026-01-01,4,\n"},
			args:  windowArgs(), code: 2, says: `games.csv has a column "POINTS_AVG_LAST_1_reason" already, which the window points_avg_last_1 would add`,
		},
		"the input as its own oracle": {args: append(windowArgs(), "--expected", "./games.csv"), code: 2, says: "is the input itself"},
		"a misspelt key of a spec": {
			files: map[string]string{"w.yaml": "entity: player\nvaleu: points\n"},
			args:  append(windowArgs(), "--spec", "w.yaml"), code: 2, says: `spec w.yaml:2:1: unknown key "valeu" (did you mean "value"?)`,
		},
		"no such spec": {args: append(windowArgs(), "--spec", "w.yml"), code: 2, says: "spec w.yml cannot be read"},

		"no such file":             {args: []string{"window", "gmaes.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1"}, code: 3, says: "gmaes.csv"},
		"no such column":           {args: windowArgs("--value", "pionts"), code: 3, says: `--value: games.csv: there is no column "pionts" (did you mean "points"?)`},
		"no such entity":           {args: windowArgs("--entity", "palyer"), code: 3, says: `--entity: games.csv: there is no column "palyer" (did you mean "player"?)`},
		"no such predicate column": {args: append(windowArgs(), "--counted", "minutes > 0"), code: 3, says: `--counted: games.csv: minutes > 0: there is no column "minutes"`},
		"no such list":             {args: append(windowArgs(), "--expected", "sheets.csv"), code: 3, says: "--expected: "},
		"a list without the key": {
			files: map[string]string{"sheet.csv": "player_name,game_date\nann,2026-01-01\n"}, args: gap, code: 3,
			says: `--expected: sheet.csv: there is no column "player"; where it goes by another name there, say --expected-map player=NAME`,
		},
		"a key of another type": {
			files: map[string]string{"sheet.csv": "player,game_date\n7,2026-01-01\n"}, args: gap, code: 3,
			says: "column player is STRING in games.csv and INT64 in sheet.csv",
		},
		"times of another type": {
			files: map[string]string{"sheet.csv": "player,game_date\nann,2026-01-01T00:00:00Z\n"}, args: gap, code: 3,
			says: "the times are DATE in games.csv and TIMESTAMP in sheet.csv",
		},
		"a time that is none": {
			files: map[string]string{"games.csv": games + game("ann", "soon", "1")}, args: windowArgs(), code: 3,
			says: `--at: games.csv:4: column "game_date": "soon" is a word (1 of 3 cells, beside 2 dates)`,
		},
		"a time that is text": {
			files: map[string]string{"games.csv": strings.ReplaceAll(games, "2026-01-0", "2026-1-")}, args: windowArgs(), code: 3,
			says: `column "game_date" is STRING and not a DATE or a TIMESTAMP in every row: mend it, or declare --type game_date=DATE`,
		},
		"a time that is none, found": {
			files: map[string]string{"games.csv": games + game("ann", "soon", "1")}, args: append(windowArgs(), "--type", "game_date=DATE"), code: 3,
			says: "games.csv:4",
		},
		"a value that is none": {
			files: map[string]string{"games.csv": games + game("ann", "2026-01-04", "n/a")}, args: windowArgs(), code: 3,
			says: `--value: games.csv:4: column "points": "n/a" stands for no value (1 of 3 cells, beside 2 numbers)`,
		},
		"a key declared STRING that its list lacks": {
			files: map[string]string{"sheet.csv": "name,game_date\nann,2026-01-01\n"}, args: append(slices.Clip(gap), "--type", "player=STRING"), code: 3,
			says: `--expected: sheet.csv: there is no column "player"; where it goes by another name there, say --expected-map player=NAME`,
		},
		"a declared column that is nowhere": {args: append(windowArgs(), "--type", "pionts=INT64"), code: 3, says: `--type: games.csv: declared INT64: there is no column "pionts" (did you mean "points"?)`},
		"a column declared twice":           {args: append(windowArgs(), "--type", "points=INT64,POINTS=STRING"), code: 3, says: `--type: games.csv: column "points" is declared twice`},
		"a ratio without its column":        {args: append(windowArgs(), "--ratio", "points/minutes"), code: 3, says: `--ratio: games.csv: there is no column "minutes"`},
		"a time without a zone": {
			files: map[string]string{"games.csv": strings.ReplaceAll(games, ",false", " 10:00:00,false")}, args: windowArgs(),
			says: "windows whole",
		},
		"a time of being due that is none": {
			files: map[string]string{"sheet.csv": "player,game_date,due\nann,2026-01-01,soon\n"}, args: append(slices.Clip(gap), "--expected-due", "due"), code: 3,
			says: `--expected-due: sheet.csv: column "due" is STRING and not a DATE or a TIMESTAMP in every row: mend it, or declare --type due=DATE`,
		},
		"a folder":      {args: []string{"window", ".", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1"}, code: 3, says: ". is a directory: name the files in it, or a pattern such as *.csv"},
		"a NULL entity": {files: map[string]string{"games.csv": games + game("", "2026-01-04", "1")}, args: windowArgs(), code: 3, says: "games.csv:4: player is NULL, and a key needs it"},
		"a NULL time":   {files: map[string]string{"games.csv": games + game("ann", "", "1")}, args: windowArgs(), code: 3, says: "games.csv:4: game_date is NULL, and a key needs it"},
		"a cut .gz":     {files: map[string]string{"games.csv.gz": cut[:len(cut)-20]}, args: []string{"window", "games.csv.gz", "--entity", "player", "--at", "game_date", "--value", "usage", "--last", "1"}, code: 3, says: "games.csv.gz: the file is cut short"},
		"a struct as CSV": {
			files: map[string]string{"games.ndjson": `{"player":"ann","game_date":"2026-01-01","points":1,"deep":{}}` + "\n"},
			args:  []string{"window", "games.ndjson", "-o", "csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1"}, code: 2,
			says: `--output csv: column "deep" of games.ndjson is STRUCT`,
		},
		"help": {args: []string{"window", "--help"}, code: 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"games.csv": games, "sheet.csv": sheet}
			for name, body := range c.files {
				files[name] = body
			}
			got := run(t, write(t, files), c.args...)
			assert.Equal(t, c.code, got.code, "stdout:\n%s\nstderr:\n%s", got.stdout, got.stderr)
			assert.Contains(t, got.stderr, c.says)
			switch {
			case c.code == 1:
				assert.Contains(t, got.stdout, "_reason", "the output is written nevertheless")
			case c.code > 1 && name != "no row":
				assert.Empty(t, got.stdout, "nothing is written before all is known")
			}
		})
	}
}

// windowArgs are those of a small run; a flag that is given replaces its own.
func windowArgs(instead ...string) []string {
	defaults := []string{"--entity", "player", "--at", "game_date", "--value", "points", "--last", "1"}
	args := append([]string{"window", "games.csv"}, instead...)
	for i := 0; i < len(defaults); i += 2 {
		replaced := false
		for _, a := range instead {
			replaced = replaced || a == defaults[i]
		}
		if !replaced {
			args = append(args, defaults[i], defaults[i+1])
		}
	}
	return args
}
