package bq_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/rows"
)

// teamGame is a row of the table that is published into.
type teamGame struct {
	Day    civil.Date `bigquery:"game_date"`
	Team   string     `bigquery:"team"`
	Points *int64     `bigquery:"points"`
	Pace   float64    `bigquery:"pace"`
}

func of(day int, team string, points int64) teamGame {
	return teamGame{civil.Date{Year: 2026, Month: 1, Day: day}, team, &points, 100.5}
}

// league is a table on an emulator, and who publishes into it.
type league struct {
	ds    *emulator.Dataset
	into  *bq.Into
	table string
}

func newLeague(t *testing.T, there ...teamGame) *league {
	t.Helper()
	return newLeagueIn(t, emulator.NewDataset(t), there...)
}

// newLeagueAlone is one on an emulator of its own, which takes the longer for everything
// the more has been asked of it.
func newLeagueAlone(t *testing.T, there ...teamGame) *league {
	t.Helper()
	emulator.Require(t)
	srv, err := emulator.Start(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { srv.Close() })
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	ds, err := srv.CreateDataset(t.Context(), client, emulator.UniqueID(t.Name()))
	require.NoError(t, err)
	return newLeagueIn(t, ds, there...)
}

func newLeagueIn(t *testing.T, ds *emulator.Dataset, there ...teamGame) *league {
	t.Helper()
	source, err := rows.Of(there)
	require.NoError(t, err)
	_, err = ds.Load(t.Context(), "team_game", source)
	require.NoError(t, err)
	engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	table := ds.ID + ".team_game"
	return &league{ds, &bq.Into{Engine: engine, Table: table, Now: time.Now}, table}
}

func (l *league) request(t *testing.T, run string, token int64, sent ...teamGame) publish.Request {
	t.Helper()
	source, err := rows.Of(sent)
	require.NoError(t, err)
	day := civil.Date{Year: 2026, Month: 1, Day: 4}
	return publish.Request{
		Target: l.into, Table: l.table, Rows: source, Date: "game_date", From: day, To: day, Key: []string{"game_date", "team"},
		Run: run, Token: token, Now: time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC),
	}
}

// holds is the rows of the table in their order.
func (l *league) holds(t *testing.T) []string {
	t.Helper()
	var out []string
	got, err := l.ds.Query(t.Context(), "SELECT CAST(game_date AS STRING), team, points FROM `"+l.ds.ID+"`.team_game ORDER BY 1, 2, 3")
	require.NoError(t, err)
	for _, row := range got {
		out = append(out, fmt.Sprintf("%v %v %v", row[0], row[1], row[2]))
	}
	return out
}

func TestRowsArePublishedByOneTransaction(t *testing.T) {
	l := newLeague(t, of(3, "BOS", 101), of(4, "NYK", 99))
	r, err := publish.Run(t.Context(), l.request(t, "r1", 5, of(4, "NYK", 98), of(4, "BOS", 97)))
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	assert.Equal(t, quality.Pass, r.Verdict)
	assert.EqualValues(t, 1, r.Replaced)
	want := []string{"2026-01-03 BOS 101", "2026-01-04 BOS 97", "2026-01-04 NYK 98"}
	assert.Equal(t, want, l.holds(t))

	r, err = publish.Run(t.Context(), l.request(t, "r1", 5, of(4, "NYK", 98), of(4, "BOS", 97)))
	require.NoError(t, err)
	assert.True(t, r.Already)

	_, err = publish.Run(t.Context(), l.request(t, "r2", 4, of(4, "NYK", 1), of(4, "BOS", 1)))
	require.ErrorAs(t, err, new(*publish.OvertakenError))

	r, err = publish.Run(t.Context(), l.request(t, "r3", 6, of(4, "NYK", 98)))
	require.NoError(t, err)
	assert.False(t, r.Published)
	assert.Contains(t, r.Reason, "kept of publish present")
	assert.Equal(t, want, l.holds(t))
}

// That a run has been published is said only of its own rows, and only while they are there.
func TestARunIsDoneOnlyWhileItsRowsAreInTheTable(t *testing.T) {
	l := newLeague(t, of(4, "NYK", 99))
	try := func(run string, points int64) (*publish.Report, error) {
		r := l.request(t, run, 5, of(4, "NYK", points))
		r.Digest = fmt.Sprint(points)
		return publish.Run(t.Context(), r)
	}
	for range 2 {
		_, err := try("a", 1)
		require.NoError(t, err)
	}
	_, err := try("a", 2)
	require.ErrorAs(t, err, new(*publish.SpentError))
	assert.ErrorContains(t, err, "with rows of the digest 1, and these are 2")
	r, err := try("b", 2)
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	_, err = try("a", 1)
	require.ErrorAs(t, err, new(*publish.SpentError))
	assert.ErrorContains(t, err, `the run "b" has written some of its days since`)
	r, err = try("b", 2)
	require.NoError(t, err)
	assert.True(t, r.Already)
	assert.Equal(t, []string{"2026-01-04 NYK 2"}, l.holds(t))
}

// looking has a reader look behind each request of a publisher.
type looking struct{ look func() }

func (l looking) RoundTrip(r *http.Request) (*http.Response, error) {
	defer l.look()
	return http.DefaultTransport.RoundTrip(r)
}

// A reader sees the rows of one run and never of two, nor a day without any.
func TestAReaderOfATableSeesWholeStates(t *testing.T) {
	l := newLeague(t, of(4, "NYK", 0), of(4, "BOS", 0))
	var seen []string
	wire := looking{func() {
		got, err := l.ds.Query(t.Context(), "SELECT COUNT(*), MIN(points), MAX(points) FROM `"+l.ds.ID+"`.team_game")
		if state := fmt.Sprint(got, err); len(seen) == 0 || seen[len(seen)-1] != state {
			seen = append(seen, state)
		}
	}}
	for run := range int64(2) {
		r, err := publish.Run(t.Context(), l.on(t, wire).request(t, fmt.Sprint(run), run, of(4, "NYK", run+1), of(4, "BOS", run+1)))
		require.NoError(t, err)
		require.True(t, r.Published, r.Reason)
	}
	assert.Equal(t, []string{"[[2 0 0]] <nil>", "[[2 1 1]] <nil>", "[[2 2 2]] <nil>"}, seen)
}
