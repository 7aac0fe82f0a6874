package panel_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

var now = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// source reads lines of words: the names of columns with their types, and rows. A dash
// is NULL.
func source(t *testing.T, text string) expr.Source {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	var columns []rows.Column
	for c, head := range strings.Fields(lines[0]) {
		name, typ, _ := strings.Cut(head, ":")
		var cells []string
		column := rows.Column{Name: name}
		for _, line := range lines[1:] {
			cell := strings.Fields(line)[c]
			cells, column.Valid = append(cells, cell), append(column.Valid, cell != "-")
		}
		switch typ {
		case "date":
			column.Values = parsed(t, cells, civil.ParseDate)
		case "time":
			column.Values = parsed(t, cells, func(s string) (time.Time, error) { return time.Parse(time.RFC3339, s) })
		case "int":
			column.Values = parsed(t, cells, func(s string) (n int64, err error) { _, err = fmt.Sscan(s, &n); return n, err })
		case "float":
			column.Values = parsed(t, cells, func(s string) (f float64, err error) { _, err = fmt.Sscan(s, &f); return f, err })
		default:
			column.Values = cells
		}
		columns = append(columns, column)
	}
	src, err := rows.Columns(columns...)
	require.NoError(t, err)
	return src
}

func parsed[T any](t *testing.T, cells []string, parse func(string) (T, error)) []T {
	t.Helper()
	out := make([]T, len(cells))
	for i, cell := range cells {
		if cell == "-" {
			continue
		}
		var err error
		out[i], err = parse(cell)
		require.NoError(t, err)
	}
	return out
}

func table(t *testing.T, name, text string) panel.Table {
	t.Helper()
	return panel.Table{Name: name, Source: source(t, text)}
}

// last2 asks for the mean of the points of the last two games of a player.
func last2(t *testing.T) panel.Spec {
	t.Helper()
	s := panel.Spec{Entity: []string{"player"}, At: "day"}
	require.NoError(t, s.Ask(panel.Windows{Value: []string{"points"}, Last: []int64{2}}))
	return s
}

func answer(t *testing.T, s panel.Spec, from panel.Tables) *panel.Answers {
	t.Helper()
	loaded, err := panel.Load(t.Context(), s, from, now)
	require.NoError(t, err)
	answers, err := loaded.Compute()
	require.NoError(t, err)
	return answers
}

// said are the values of the whole windows, and the reasons of the others.
func said(a *panel.Answers) []string {
	var out []string
	for i := range a.Len() {
		f, reason := a.Windows(0).Float64(i)
		if reason == rolling.Whole {
			out = append(out, fmt.Sprint(f))
		} else {
			out = append(out, reason.String())
		}
	}
	return out
}

const games = `
player day:date points:int
ann 2026-01-01 10
ann 2026-01-03 20
ann 2026-01-05 40
ann 2026-01-07 60
`

func TestWindowsAreAnsweredAsOfEachRow(t *testing.T) {
	require.Equal(t, []string{"warmup", "warmup", "15", "30"}, said(answer(t, last2(t), panel.Tables{Rows: table(t, "games", games)})))
}

func TestWhoDidNotPlayTakesNoPlace(t *testing.T) {
	s := last2(t)
	s.Counted = expr.Col("minutes").Gt(0)
	a := answer(t, s, panel.Tables{Rows: table(t, "games", `
player day:date points:int minutes:int
ann 2026-01-01 10 30
ann 2026-01-03 20 30
ann 2026-01-05 -  0
ann 2026-01-07 60 30
ann 2026-01-09 80 -
ann 2026-01-11 80 30
`)})
	require.Equal(t, []string{"warmup", "warmup", "15", "15", "40", "null"}, said(a))
	require.Equal(t, []panel.PredicateSummary{{Setting: "counted", Text: "minutes > 0", File: "games", Rows: 6, Nulls: 1}}, a.Summary().Predicates)
}

func TestPointsNeedNoRow(t *testing.T) {
	a := answer(t, last2(t), panel.Tables{
		Rows:   table(t, "games", games),
		Points: table(t, "tomorrow", "player day:date\nbob 2026-01-08\nann 2026-01-08\n"),
	})
	require.Equal(t, []string{"warmup", "50"}, said(a))
	require.Equal(t, "ann as of 2026-01-08 (tomorrow, row 2)", a.Point(1))
}

func TestTimesCountInTheirOwnUnit(t *testing.T) {
	s := panel.Spec{Entity: []string{"player"}, At: "at", HistoryFrom: civil.Date{Year: 2025, Month: 12, Day: 31}}
	require.NoError(t, s.Ask(panel.Windows{Value: []string{"points"}, Days: []int64{1}}))
	a := answer(t, s, panel.Tables{Rows: table(t, "games", `
player at:time points:float
ann 2025-12-31T23:00:00Z 1.5
ann 2026-01-01T12:00:00Z 2.5
ann 2026-01-02T11:59:00Z 7
`)})
	// The first reaches back an hour before history is known.
	require.Equal(t, []string{"warmup", "1.5", "2.5"}, said(a))
}

func TestTiesAreBrokenByOrder(t *testing.T) {
	s := last2(t)
	s.Order, s.Reset = []string{"game"}, "season"
	a := answer(t, s, panel.Tables{Rows: table(t, "games", `
player day:date game season points:int
ann 2026-01-01 b s1 20
ann 2026-01-01 a s1 10
ann 2026-01-01 c s1 60
ann 2026-01-02 d s1 0
ann 2026-01-03 e s2 0
`)})
	require.Equal(t, []string{"warmup", "warmup", "warmup", "40", "warmup"}, said(a))
}

func TestWhatWasDueAndIsNotThereIsAGap(t *testing.T) {
	for name, c := range map[string]struct {
		expected panel.Expected
		list     string
		want     []string
	}{
		"a key without a row": {panel.Expected{}, "player day:date\nann 2026-01-01\nann 2026-01-03\nann 2026-01-04\nann 2026-01-05\nann 2026-01-07\n", []string{"warmup", "warmup", "gap", "gap"}},
		"one that owes none": {
			panel.Expected{Where: expr.Col("status").Ne("inactive")},
			"player day:date status\nann 2026-01-01 out\nann 2026-01-03 out\nann 2026-01-04 inactive\nann 2026-01-05 out\nann 2026-01-07 out\n", []string{"warmup", "warmup", "15", "30"},
		},
		"one that is not due yet": {
			panel.Expected{Due: "due"},
			"player day:date due:time\nann 2026-01-01 -\nann 2026-01-03 -\nann 2026-01-04 2026-01-15T12:00:01Z\nann 2026-01-05 -\nann 2026-01-07 -\n", []string{"warmup", "warmup", "waiting", "waiting"},
		},
		"other names": {
			panel.Expected{Map: map[string][]string{"entity": {"who"}, "day": {"when"}}},
			"who when:date\nann 2026-01-01\nann 2026-01-03\nann 2026-01-05\nann 2026-01-06\nann 2026-01-07\n", []string{"warmup", "warmup", "15", "gap"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := last2(t)
			s.Expected = c.expected
			require.Equal(t, c.want, said(answer(t, s, panel.Tables{Rows: table(t, "games", games), Expected: table(t, "sheet", c.list)})))
		})
	}
}

// A schedule knows that BOS played on the 4th, and no row of BOS is there.
func TestGamesOfTeamsAreDueForTheirPlayers(t *testing.T) {
	s := last2(t)
	s.Expected = panel.Expected{By: "team", Map: map[string][]string{"team": {"home", "away"}}}
	a := answer(t, s, panel.Tables{
		Rows: table(t, "games", `
player team day:date points:int
ann BOS 2026-01-01 10
bob LAL 2026-01-01 11
ann BOS 2026-01-03 20
bob LAL 2026-01-04 21
ann BOS 2026-01-05 40
bob LAL 2026-01-05 41
`),
		Expected: table(t, "schedule", "home away day:date\nBOS LAL 2026-01-01\nBOS NYK 2026-01-03\nLAL BOS 2026-01-04\nBOS LAL 2026-01-05\n"),
	})
	require.Equal(t, []string{"warmup", "warmup", "warmup", "warmup", "gap", "16"}, said(a))
}

// A list that knows none of the rows judges nothing.
func TestNothingToJudgeIsTold(t *testing.T) {
	a := answer(t, last2(t), panel.Tables{Rows: table(t, "games", games), Expected: table(t, "sheet", "player day:date\nbob 2026-01-01\n")})
	require.Equal(t, "expected: no player of sheet is one of games, so no hole can be seen: are they written alike?", a.Summary().Unjudged)
}

func TestSummaryCountsReasons(t *testing.T) {
	a := answer(t, last2(t), panel.Tables{Rows: table(t, "games", games), Expected: table(t, "sheet", "player day:date\nann 2026-01-01\nann 2026-01-03\nann 2026-01-04\nann 2026-01-07\n")})
	s := a.Summary()
	require.True(t, s.Fault())
	require.Equal(t, 4, s.Rows)
	w := s.Windows[0]
	require.Equal(t, []any{"points_avg_last_2", 4, 0, 1}, []any{w.Name, w.Windows, w.Whole, w.Unexpected})
	require.Equal(t, "ann as of 2026-01-07 (games, row 4): 2026-01-05 (games, row 3)", w.Stranger)
	require.Len(t, w.Refusals, 2)
	require.Equal(t, panel.Refusal{Reason: rolling.Warmup, Windows: 2}, w.Refusals[1])
	require.Contains(t, w.Refusals[0].Example, "ann as of 2026-01-05 (games, row 3): 2026-01-04 expected and without a row")
}

// guess is a source that takes points for text, until all rows have been read.
type guess struct {
	expr.Source
	known   bool
	revises bool // says so while it is read
}

func (g *guess) Schema(ctx context.Context) (expr.Schema, error) {
	s, err := g.Source.Schema(ctx)
	s = slices.Clone(s)
	if i := s.Position("points"); !g.known && i >= 0 {
		s[i].Type = expr.Int64
		if !g.revises {
			s[i].Type = expr.String
		}
	}
	return s, err
}

func (g *guess) Settle(context.Context) error {
	g.known = true
	return nil
}

func (g *guess) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	if g.revises && !g.known {
		g.known = true
		return func(yield func(*expr.Batch, error) bool) { yield(nil, expr.ErrRevised) }
	}
	return g.Source.Scan(ctx, columns)
}

func TestAGuessedSchemaIsAskedForAgain(t *testing.T) {
	for name, revises := range map[string]bool{"where rows contradict it": true, "where it does not fit the spec": false} {
		t.Run(name, func(t *testing.T) {
			g := &guess{Source: source(t, games), revises: revises}
			require.Equal(t, []string{"warmup", "warmup", "15", "30"}, said(answer(t, last2(t), panel.Tables{Rows: panel.Table{Name: "games", Source: g}})))
		})
	}
}

// fickle is a source whose rows contradict its schema for ever.
type fickle struct{ expr.Source }

func (fickle) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) { yield(nil, expr.ErrRevised) }
}

func TestASourceThatNeverSettlesIsAnError(t *testing.T) {
	_, err := panel.Load(t.Context(), last2(t), panel.Tables{Rows: panel.Table{Name: "games", Source: fickle{source(t, games)}}}, now)
	require.ErrorIs(t, err, expr.ErrRevised)
}

// known is a source of a file.
type known struct {
	expr.Source
	file string
}

func (k known) Identity() ([]string, error) { return []string{k.file}, nil }

func TestWhatCannotBeLoaded(t *testing.T) {
	rowsOf := func(text string) panel.Tables { return panel.Tables{Rows: table(t, "games", text)} }
	expecting := func(list string) panel.Tables {
		return panel.Tables{Rows: table(t, "games", games), Expected: table(t, "sheet", list)}
	}
	for says, c := range map[string]struct {
		spec    func(*panel.Spec)
		from    panel.Tables
		mistake bool
	}{
		"there is no source of rows": {from: panel.Tables{}, mistake: true},
		"expected_due needs expected: name the list of what was due": {
			spec: func(s *panel.Spec) { s.Expected.Due = "due" }, from: rowsOf(games), mistake: true,
		},
		"expected sheet is the input itself: what is missing there cannot be found there": {
			from: panel.Tables{
				Rows:     panel.Table{Name: "games", Source: known{source(t, games), "file 1"}},
				Expected: panel.Table{Name: "sheet", Source: known{source(t, games), "file 1"}},
			}, mistake: true,
		},
		`at: games: there is no column "day"`: {from: rowsOf("player points:int\nann 1\n")},
		`value: games: column "points" is STRING and not a number in every row: mend it, or declare type: {points: FLOAT64} to see which cells are none`: {
			from: rowsOf("player day:date points\nann 2026-01-01 x\n"),
		},
		"games, row 2: player is NULL, and a key needs it: fill it in, or leave the row out": {from: rowsOf("player day:date points:int\nann 2026-01-01 1\n- 2026-01-01 1\n")},
		`expected: sheet: there is no column "player"; where it goes by another name there, say expected_map: {player: NAME}`: {
			from: expecting("who day:date\nann 2026-01-01\n"),
		},
		"expected: sheet, row 1 and sheet, row 2: ann at 2026-01-01 is expected twice and they differ: due says 1970-01-01T00:00:00Z and 2026-01-01T00:00:00Z: keep the one that is right": {
			spec: func(s *panel.Spec) { s.Expected.Due = "due" },
			from: expecting("player day:date due:time\nann 2026-01-01 -\nann 2026-01-01 2026-01-01T00:00:00Z\n"),
		},
		"expected: column player is STRING in games and INT64 in sheet, and keys of two types never meet: mend one, or declare both with type: {player: STRING}": {
			from: expecting("player:int day:date\n7 2026-01-01\n"),
		},
	} {
		t.Run(says, func(t *testing.T) {
			s := last2(t)
			if c.spec != nil {
				c.spec(&s)
			}
			loaded, err := panel.Load(t.Context(), s, c.from, now)
			if err == nil {
				_, err = loaded.Compute()
			}
			require.ErrorContains(t, err, says)
			require.Equal(t, c.mistake, errors.As(err, new(panel.Mistake)))
		})
	}
}
