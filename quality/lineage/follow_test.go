package lineage_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
	"github.com/intactdata/intact/quality/rows"
)

// game is a row of games and of what is made of them.
type game struct {
	Day  civil.Date `bigquery:"day"`
	Who  string     `bigquery:"who"`
	Last *string    `bigquery:"last"`
	At   time.Time  `bigquery:"at"`
}

const formOfGames = `
d.games: {date: day, key: [day, who]}
d.form:
  date: day
  key: [day, who]
  build: make form --from {from} --to {to} --who {who}
  from: {d.games: {window: {last: 3}}}
`

func on(t *testing.T, tables map[string][]game) tablesOf {
	t.Helper()
	out := tablesOf{}
	for name, of := range tables {
		var err error
		out[name], err = rows.Of(of)
		require.NoError(t, err)
	}
	return out
}

// played are games of somebody on days of January.
func played(who string, days ...int) (out []game) {
	for _, d := range days {
		out = append(out, game{Day: day(d - 1), Who: who, At: day(d - 1).In(time.UTC)})
	}
	return out
}

func follow(t *testing.T, text string, tables map[string][]game, gap lineage.Gap) (*lineage.Blast, error) {
	t.Helper()
	g, err := read(t, text)
	require.NoError(t, err)
	return lineage.Follow(t.Context(), g, on(t, tables), gap, lineage.Limits{})
}

func spoilt(b *lineage.Blast, table string) string {
	var out []string
	for _, s := range b.Tables {
		for _, r := range s.Rows {
			if s.Table == table {
				out = append(out, fmt.Sprintf("%d%s", r.Date.Day, r.Key[0]))
			}
		}
	}
	return strings.Join(out, " ")
}

// The window is over three places: the game's own row, which is lost as well, the next
// three, and no more.
func TestALostRowSpoilsAsManyPlacesAsItsWindowIsLong(t *testing.T) {
	games := append(played("ann", 1, 2, 5, 6, 8, 9), played("bob", 1, 3, 5)...)
	b, err := follow(t, formOfGames, map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{
		Table: "d.games", From: day(2), To: day(2), Keys: []map[string]string{{"who": "ann"}},
	})
	require.NoError(t, err)
	require.Equal(t, "3ann 5ann 6ann 8ann", spoilt(b, "d.form"))
	require.Len(t, b.Rebuild, 1)
	require.Equal(t, "make form --from 2024-01-03 --to 2024-01-08 --who ann", b.Rebuild[0].Command)
}

func TestValuesOfCommandsAreOneWordEach(t *testing.T) {
	games := played("o'neal; rm", 1, 2, 3)
	b, err := follow(t, formOfGames, map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
	require.NoError(t, err)
	require.Equal(t, `make form --from 2024-01-02 --to 2024-01-03 --who 'o'\''neal; rm'`, b.Rebuild[0].Command)
}

// A value with a comma would be two of a list.
func TestAListOfValuesWithCommasIsRefused(t *testing.T) {
	games := append(played("a,b", 1, 2), played("c", 1, 2)...)
	_, err := follow(t, formOfGames, map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
	require.ErrorContains(t, err, `who is "a,b" in one of the rows to be made`)
}

// Two games of a day, an hour apart: the second one's window sees the first.
func TestTimesOfOneDayAreTold(t *testing.T) {
	const text = `
d.games: {date: day, key: [day, who, at]}
d.form:
  date: day
  key: [day, who, at]
  from: {d.games: {window: {entity: who, at: at, last: 1}}}
`
	hour := func(h int) game {
		return game{Day: day(0), Who: "ann", At: day(0).In(time.UTC).Add(time.Duration(h) * time.Hour)}
	}
	games := append([]game{hour(18), hour(19), hour(20)}, played("ann", 2)...)
	b, err := follow(t, text, map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{
		Table: "d.games", From: day(0), To: day(0), Match: map[string][]string{"at": {"2024-01-01 18:00:00+00"}},
	})
	require.NoError(t, err)
	require.Len(t, b.Tables[1].Rows, 1)
	require.Equal(t, "2024-01-01 19:00:00+00", b.Tables[1].Rows[0].Key[1].String())
}

func TestAGapOfNoRowsIsNone(t *testing.T) {
	games := played("ann", 1)
	_, err := follow(t, formOfGames, map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{Table: "d.games", From: day(3), To: day(3)})
	require.True(t, errors.As(err, new(*lineage.NothingError)))
	require.ErrorContains(t, err, "d.games on 2024-01-04: no row is there and none is known to be lost")
}

// What a lost row has to say for rows downstream has to be known.
func TestALostRowOfWhichTooLittleIsKnownIsAnError(t *testing.T) {
	const text = `
d.games: {date: day, key: [day, who]}
d.sums: {date: day, key: [day, last], from: {d.games: {}}}
`
	games := played("ann", 1)
	_, err := follow(t, text, map[string][]game{"d.games": games, "d.sums": games}, lineage.Gap{
		Table: "d.games", From: day(2), To: day(2), Keys: []map[string]string{{"who": "ann"}},
	})
	require.ErrorContains(t, err, "a row of 2024-01-03 is lost, and nothing tells its last: give the lost rows as keys that say so")
}

func TestColumnsOfUnlikeTypesNeverAgree(t *testing.T) {
	games := played("ann", 1)
	other, err := rows.Of([]struct {
		Day civil.Date `bigquery:"day"`
		Who int64      `bigquery:"who"`
	}{{day(0), 1}})
	require.NoError(t, err)
	sources := on(t, map[string][]game{"d.games": games})
	sources["d.form"] = other
	g, err := read(t, formOfGames)
	require.NoError(t, err)
	_, err = lineage.Follow(t.Context(), g, sources, lineage.Gap{Table: "d.games", From: day(0), To: day(0)}, lineage.Limits{})
	require.ErrorContains(t, err, "who of d.games is STRING and who of d.form is INT64: values of unlike types never agree")
}

func TestRowsAreNotNamedByWhatIsRedacted(t *testing.T) {
	games := played("ann", 1)
	_, err := follow(t, strings.Replace(formOfGames, "d.games: {", "d.games: {redact: who, ", 1), map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
	require.EqualError(t, err, "table d.games: its rows are named by who, which is redacted: they cannot be told")
}

// The rows of ann are dropped from the two tables that join them with what is lost; those
// of bob, who has what he is joined with, are in none for a reason of their own.
func TestRowsThatWereDroppedForALostOneAreNamed(t *testing.T) {
	const text = `
d.sums: {date: day, key: [day, last]}
d.games: {date: day, key: [day, who]}
d.one: {date: day, key: [day, who], from: {d.games: {}, d.sums: {on: last}}}
d.two: {date: day, key: [day, who], from: {d.games: {}, d.sums: {on: last}}}
`
	games := append(played("ann", 1, 2), played("bob", 1, 2)...)
	for i := range games {
		games[i].Last = new([]string{"X", "X", "Y", "Y"}[i])
	}
	b, err := follow(t, text, map[string][]game{"d.sums": games[1:], "d.games": games, "d.one": games[1:2], "d.two": games[1:2]},
		lineage.Gap{Table: "d.sums", From: day(0), To: day(0), Keys: []map[string]string{{"last": "X"}}})
	require.NoError(t, err)
	require.Equal(t, []string{"1X", "1ann", "1ann"}, []string{spoilt(b, "d.sums"), spoilt(b, "d.one"), spoilt(b, "d.two")})
	require.Len(t, b.Tables, 3)
}

// What is misspelt would carry nothing, and so lose what is spoilt.
func TestColumnsThatAreNotThereAreMistakes(t *testing.T) {
	games := played("ann", 1)
	for edge, want := range map[string]string{
		"{reads: lst}":                        `reads: table d.games: there is no column "lst" (did you mean "last"?)`,
		"{makes: lst}":                        `makes: table d.form: there is no column "lst" (did you mean "last"?)`,
		"{window: {last: 3, value: x}}":       `reads: table d.games: there is no column "x"`,
		"{map: {who: x}}":                     `table d.games: there is no column "x"`,
		"{window: {last: 3, counted: x > 1}}": `counted: table d.games: `,
	} {
		_, err := follow(t, "d.games: {date: day, key: [day, who]}\nd.form: {date: day, key: [day, who], from: {d.games: "+edge+"}}\n",
			map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "tables.yaml:2:")
	}
}

// Tables call their dates as they like.
func TestDatesAndKeysOfOtherNames(t *testing.T) {
	type form struct {
		Date   civil.Date `bigquery:"game_date"`
		Player string     `bigquery:"player"`
	}
	games := played("ann", 1, 2, 3, 4)
	sources := on(t, map[string][]game{"d.games": games})
	var err error
	sources["d.form"], err = rows.Of([]form{{day(0), "ann"}, {day(1), "ann"}, {day(2), "ann"}, {day(3), "ann"}})
	require.NoError(t, err)
	g, err := read(t, "d.games: {date: day, key: [day, who]}\nd.form: {date: game_date, key: [game_date, player], from: {d.games: {map: {player: who}, window: {last: 2}}}}\n")
	require.NoError(t, err)
	b, err := lineage.Follow(t.Context(), g, sources, lineage.Gap{Table: "d.games", From: day(0), To: day(0)}, lineage.Limits{})
	require.NoError(t, err)
	require.Equal(t, "2ann 3ann", spoilt(b, "d.form"))
}

// A row of the second of January that says it was played on the first.
func TestTimesThatAreNotOfTheirDatesAreAnError(t *testing.T) {
	games := played("ann", 1, 2, 3)
	games[1].At = games[0].At.Add(-time.Hour)
	_, err := follow(t, "d.games: {date: day, key: [day, who]}\nd.form: {date: day, key: [day, who], from: {d.games: {window: {last: 3, at: at}}}}\n",
		map[string][]game{"d.games": games, "d.form": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
	require.ErrorContains(t, err, "table d.games: 2024-01-02: a row is of a later date than another, and of an earlier time")
}

func TestMoreRowsThanMayBeKeptAreAnError(t *testing.T) {
	games := played("ann", 1, 2, 3)
	g, err := read(t, formOfGames)
	require.NoError(t, err)
	_, err = lineage.Follow(t.Context(), g, on(t, map[string][]game{"d.games": games, "d.form": games}), lineage.Gap{Table: "d.games", From: day(0), To: day(0)}, lineage.Limits{Rows: 5})
	require.ErrorContains(t, err, "more than 5 rows are of 2024-01-01 and later")
}

// Each table is read once, for its keys and what says whether rows count, from the gap on.
func TestReadingsAreOfKeysFromTheGapOn(t *testing.T) {
	g, err := read(t, formOfGames)
	require.NoError(t, err)
	games := played("ann", 1)
	all, err := lineage.Readings(t.Context(), g, on(t, map[string][]game{"d.games": games, "d.form": games}), lineage.Gap{Table: "d.games", From: day(5), To: day(5), Where: expr.Col("last").Eq("x")})
	require.NoError(t, err)
	var got []string
	for _, r := range all {
		got = append(got, fmt.Sprint(r.Table, r.Columns, r.From))
	}
	require.Equal(t, []string{"d.games[day who last] 2024-01-06", "d.form[day who] 2024-01-06"}, got)
}

// at are games of somebody at hours from 2024-01-01 on.
func at(who string, hours ...int) (out []game) {
	for _, h := range hours {
		out = append(out, game{Day: day(h / 24), Who: who, At: day(0).In(time.UTC).Add(time.Duration(h) * time.Hour)})
	}
	return out
}

const timedGames = `
d.due: {date: at, key: [at, who]}
d.games: {date: at, key: [at, who], expected: {table: d.due}}
d.copy: {date: at, key: [at, who], from: d.games}
d.form: {date: at, key: [at, who], from: {d.copy: {window: {last: 1}}}}
`

func TestTwoRowsOfADay(t *testing.T) {
	there, all := at("a", 18, 30, 40, 60), at("a", 18, 22, 30, 40, 60)
	tables := map[string][]game{"d.due": all, "d.games": there, "d.copy": there, "d.form": there}
	for _, gap := range []lineage.Gap{
		{Table: "d.games", From: day(0), To: day(0), Lost: true},
		{Table: "d.games", From: day(0), To: day(0), Keys: []map[string]string{{"who": "a", "at": "2024-01-01T22:00:00Z"}}},
	} {
		r, err := follow(t, timedGames, tables, gap)
		require.NoError(t, err)
		got := map[string]string{}
		for _, s := range r.Tables {
			for _, row := range s.Rows {
				got[s.Table] += fmt.Sprintf("%s %t ", row.Date, row.Absent)
			}
		}
		require.Equal(t, "2024-01-01 true ", got["d.games"])
		require.Contains(t, got["d.copy"], "2024-01-01 true ")
		require.Contains(t, got["d.form"], "2024-01-01 true 2024-01-02 false ")
		require.NotContains(t, got["d.form"], "2024-01-03")
	}
}

func TestWhatIsThereIsNoLostRow(t *testing.T) {
	games := played("a", 1, 2)
	_, err := follow(t, formOfGames, map[string][]game{"d.games": games, "d.form": games},
		lineage.Gap{Table: "d.games", From: day(0), To: day(0), Keys: []map[string]string{{"who": "a"}}})
	require.ErrorContains(t, err, "the row who=a of 2024-01-01 is there, and keys are of rows that are lost")
}

func TestOneZoneForTheDaysOfBoth(t *testing.T) {
	games := at("a", 18, 30)
	_, err := follow(t, "d.games: {date: at, zone: America/New_York, key: [at, who]}\nd.copy: {date: at, key: [at, who], from: d.games}\n",
		map[string][]game{"d.games": games, "d.copy": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
	require.ErrorContains(t, err, "give both one zone")
}

func TestMapOfColumnsThatAreNotThere(t *testing.T) {
	games := played("a", 1)
	for written, says := range map[string]string{"{whom: who}": `map: table d.copy: there is no column "whom"`, "{who: whom}": `map: table d.games: there is no column "whom"`} {
		_, err := follow(t, "d.games: {date: day, key: [day, who]}\nd.copy: {date: day, key: [day, who], from: {d.games: {map: "+written+"}}}\n",
			map[string][]game{"d.games": games, "d.copy": games}, lineage.Gap{Table: "d.games", From: day(0), To: day(0)})
		require.ErrorContains(t, err, says)
	}
}

func TestWhoseRowNobodyKnows(t *testing.T) {
	games := played("a", 1, 2)
	nobody := "" // last is NULL, and a key
	gap := lineage.Gap{Table: "d.games", From: day(0), To: day(0)}
	tables := map[string][]game{"d.games": {{Day: day(0), Who: "a", Last: &nobody}, {Day: day(0), Who: "b"}}, "d.copy": games}
	const text = "d.games: {date: day, key: [day, who, last]}\nd.copy: {date: day, key: [day, who], from: d.games}\n"
	_, err := follow(t, text, tables, gap)
	require.ErrorContains(t, err, "a row of 2024-01-01 has the key who=b,last=null, and nothing tells whose it should be")
	gap.Columns = []string{"at"}
	_, err = follow(t, text, tables, gap)
	require.NoError(t, err)
}
