package publish_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/rows"
)

type game struct {
	Day    civil.Date `bigquery:"game_date"`
	ID     string     `bigquery:"game_id"`
	Points *int64     `bigquery:"points"`
}

func of(day int, id string, points int64) game {
	return game{civil.Date{Year: 2026, Month: 1, Day: day}, id, &points}
}

// memory is a table of games that is published into.
type memory struct {
	table  []game
	others map[string]expr.Source
	would  []game
	sent   []game // those of the next write
	done   map[string]bool
	moves  int // how often others write before the swap
	staged int
}

const table = "nba.game"

func sourceOf[T any](items []T) expr.Source {
	out, err := rows.Of(items)
	if err != nil {
		panic(err)
	}
	return out
}

func (m *memory) Look(ctx context.Context) (quality.TableInfo, error) {
	schema, err := sourceOf(m.table).Schema(ctx)
	return quality.TableInfo{Name: table, Schema: schema}, err
}

func (m *memory) Done(_ context.Context, w publish.Write) (bool, error) { return m.done[w.Run], nil }

func (m *memory) Stage(_ context.Context, w publish.Write, _ expr.Source) (publish.Staged, error) {
	m.staged++
	m.would = nil
	for _, g := range m.table {
		if g.Day.Before(w.From) || g.Day.After(w.To) {
			m.would = append(m.would, g)
		}
	}
	m.would = append(m.would, m.sent...)
	return staged{m, w}, nil
}

type staged struct {
	*memory
	w publish.Write
}

func (s staged) Engine() quality.Engine {
	tables := map[string]expr.Source{table: sourceOf(s.would), publish.Sent: sourceOf(s.sent), publish.Present: sourceOf(s.table)}
	for name, source := range s.others {
		tables[name] = source
	}
	return rows.NewEngine(tables)
}

func (s staged) Swap(context.Context) error {
	if s.moves > 0 {
		s.moves--
		return publish.ErrMoved
	}
	s.table, s.done[s.w.Run] = s.would, true
	return nil
}

func (staged) Discard(context.Context) error { return nil }

func (m *memory) request(sent ...game) publish.Request {
	m.sent, m.done = sent, map[string]bool{}
	day := civil.Date{Year: 2026, Month: 1, Day: 4}
	return publish.Request{
		Target: m, Table: table, Rows: sourceOf(sent), Date: "game_date", From: day, To: day, Key: []string{"game_date", "game_id"},
		Run: "r", Now: time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC),
	}
}

// A game that was moved to another day may leave its old one without being asked for: the
// oracle lists it there no longer. One that it lists may not.
func TestKeysThatTheOracleNoLongerLists(t *testing.T) {
	m := &memory{table: []game{of(3, "a", 1), of(4, "moved", 2), of(4, "b", 3)}}
	m.others = map[string]expr.Source{"nba.schedule": sourceOf([]game{of(4, "b", 0), of(29, "moved", 0)})}
	r := m.request(of(4, "b", 4))
	r.Oracle = &quality.KeysOf{Table: "nba.schedule", Key: r.Key}
	got, err := publish.Run(t.Context(), r)
	require.NoError(t, err)
	require.True(t, got.Published, got.Reason)

	m.table = []game{of(4, "moved", 2), of(4, "b", 3)}
	r = m.request(of(4, "moved", 2))
	r.Oracle = &quality.KeysOf{Table: "nba.schedule", Key: r.Key}
	got, err = publish.Run(t.Context(), r)
	require.NoError(t, err)
	require.False(t, got.Published)
	assert.Contains(t, got.Reason, "kept of publish present: 0 of 1 key")
}

// No rows are right on a day on which nothing was due, and nowhere else.
func TestNoRowsWhereNothingWasDue(t *testing.T) {
	for day, published := range map[int]bool{4: true, 5: false} {
		m := &memory{table: []game{of(3, "a", 1), of(6, "b", 1)}}
		m.others = map[string]expr.Source{"nba.schedule": sourceOf([]game{of(3, "a", 0), of(5, "c", 0), of(6, "b", 0)})}
		r := m.request()
		r.From.Day, r.To.Day = day, day
		r.Calendar = &quality.Calendar{Table: "nba.schedule", Date: "game_date"}
		got, err := publish.Run(t.Context(), r)
		require.NoError(t, err)
		assert.Equal(t, published, got.Published, "%d January: %s", day, got.Reason)
	}
}

// Rows are judged anew where others wrote meanwhile, and not for ever.
func TestTheTableMoves(t *testing.T) {
	m := &memory{table: []game{of(3, "a", 1)}, moves: 3}
	got, err := publish.Run(t.Context(), m.request(of(4, "b", 1)))
	require.NoError(t, err)
	require.True(t, got.Published)
	assert.Equal(t, 4, m.staged)
	m.moves = 100
	got, err = publish.Run(t.Context(), m.request(of(4, "b", 1)))
	require.ErrorContains(t, err, "others wrote it 10 times")
	assert.False(t, got.Published)
}

// A claim that is lost while the rows are judged writes nothing.
func TestAClaimThatIsLost(t *testing.T) {
	m := &memory{table: []game{of(3, "a", 1)}}
	r := m.request(of(4, "b", 1))
	lost := errors.New("it expired")
	r.Holds = func(context.Context) error { return lost }
	got, err := publish.Run(t.Context(), r)
	require.ErrorIs(t, err, lost)
	assert.False(t, got.Published)
	assert.Len(t, m.table, 1)
}

// asides are the reasons of rows that are kept, and how many.
type asides struct {
	reasons map[string]int
}

func (a *asides) Keep(ctx context.Context, run string, rows expr.Source) error {
	for b, err := range rows.Scan(ctx, []string{"game_id", publish.ReasonColumn, publish.RunColumn}) {
		if err != nil {
			return err
		}
		for i := range b.Rows {
			a.reasons[b.Columns[0].Texts[i]+" "+b.Columns[1].Texts[i]+" "+b.Columns[2].Texts[i]]++
		}
	}
	return nil
}

// Rows that break rules go aside with all of the rules that they break, and the others on.
// A row that a rule is not about stays.
func TestRowsAreSetAside(t *testing.T) {
	m := &memory{table: []game{of(3, "a", 1)}}
	good := []game{of(4, "b", 60), of(4, "c", 70), of(4, "x", 7)}
	r := m.request(good...)
	r.Rows = sourceOf(append(append([]game{}, good...), of(4, "tbd", 0), of(4, "d", 300)))
	half := quality.AtMost(quality.Percent(50))
	low, err := expr.ValueOf(50)
	require.NoError(t, err)
	high, err := expr.ValueOf(200)
	require.NoError(t, err)
	r.Suites = []quality.Suite{{Name: "game", Table: table, Rules: []quality.Rule{
		{ID: "named", Check: checks.Assert{Of: expr.Col("game_id").Ne("tbd")}, SetAside: &half},
		{ID: "points", Check: checks.Range{Of: []checks.Ends{{Column: "points", Low: low, High: high}}}, Where: expr.AllOf(expr.Col("game_id").Ne("x"), expr.Col("game_date").Ge(r.From)), SetAside: &half},
	}}}
	kept := &asides{reasons: map[string]int{}}
	r.Aside = kept
	got, err := publish.Run(t.Context(), r)
	require.NoError(t, err)
	require.True(t, got.Published, got.Reason)
	assert.Equal(t, map[string]int{"tbd named; points r": 1, "d points r": 1}, kept.reasons)
	assert.EqualValues(t, []int64{5, 2, 3}, []int64{got.Read, got.Aside, got.Sent})

	quarter := quality.AtMost(quality.Percent(25))
	r.Suites[0].Rules[1].SetAside = &quarter
	r.Run = "r2"
	got, err = publish.Run(t.Context(), r)
	require.NoError(t, err)
	assert.False(t, got.Published)
	assert.Contains(t, got.Reason, "2 of 5 rows break points of game (40.0%), and no more than at_most 25% may be set aside")
}

// Whatever is missing of a request is told at once.
func TestMistakesOfARequest(t *testing.T) {
	_, err := publish.Run(t.Context(), publish.Request{})
	for _, says := range []string{"no target", "no rows to write", "no name that suites", "no date column", "no first or no last", "there is no key", "the run has no name", "no clock"} {
		assert.ErrorContains(t, err, says)
	}
}
