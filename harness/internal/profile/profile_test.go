package profile

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

var now = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// game is a row of a table that is entered on another day than it is about.
type game struct {
	LoadedAt time.Time  `intact:"loaded_at"`
	Season   string     `intact:"season"`
	Day      civil.Date `intact:"day"`
	Team     string     `intact:"team"`
	Points   int64      `intact:"points"`
	Fouls    *int64     `intact:"fouls"`
}

// games are those of four teams, on each of some days.
func games(days int) []game {
	var out []game
	for d := range days {
		for t := range 4 {
			g := game{
				Season: []string{"2024", "2025"}[d*2/days], Day: civil.DateOf(now).AddDays(d - days), Team: fmt.Sprint("T", t),
				Points: int64((d*7 + t*3) % 50), LoadedAt: now.AddDate(0, 0, d-days).Add(time.Duration(t) * time.Minute),
			}
			if g.Points > 0 {
				fouls := int64(d % 5)
				g.Fouls = &fouls
			}
			out = append(out, g)
		}
	}
	return out
}

// watched is an engine that knows what it was asked, and what it tells of its table.
type watched struct {
	*rows.Engine
	part       *quality.Partitioning
	statements []*quality.Statement
}

func (w *watched) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	out, err := w.Engine.Tables(ctx, names...)
	for i := range out {
		out[i].Partitioning = w.part
	}
	return out, err
}

func (w *watched) Measure(ctx context.Context, p *quality.Plan) (*quality.Measurements, error) {
	w.statements = append(w.statements, p.Statements...)
	return w.Engine.Measure(ctx, p)
}

func watch(t *testing.T, of []game) *watched {
	t.Helper()
	src, err := rows.Of(of)
	require.NoError(t, err)
	return &watched{Engine: rows.NewEngine(map[string]expr.Source{"games": src})}
}

func look(t *testing.T, e quality.Engine) *Profile {
	t.Helper()
	p, err := Look(t.Context(), e, now, "games")
	require.NoError(t, err)
	require.Empty(t, p.Unanswered)
	return p
}

func (p *Profile) column(name string) *Column {
	at := slices.IndexFunc(p.Columns, func(c *Column) bool { return c.Name == name })
	return p.Columns[at]
}

func TestLookFindsWhatThereIs(t *testing.T) {
	p := look(t, watch(t, games(100)))
	require.EqualValues(t, 400, p.Rows)
	assert.Equal(t, "day", p.Date.Name, "the day that rows are about, not that on which they were loaded")
	assert.Len(t, p.Days, 100)
	assert.Equal(t, []Key{{Columns: []string{"day", "team"}}}, []Key{{Columns: p.Keys[0].Columns}})
	var by []string
	for _, s := range p.Segments {
		by = append(by, s.Name)
	}
	assert.Equal(t, []string{"season", "team", "day"}, by)
	assert.Equal(t, "points > 0", p.column("fouls").Where.Where.String())
	assert.Equal(t, "points = 0", p.column("fouls").Where.Not.String())
	assert.Equal(t, `^[A-Z]\d$`, p.column("team").Pattern)
	// Of points each of 0 to 49 is there eight times: 400 rows, and steps of 7 and 3
	// that 50 has no divisor in common with.
	assert.EqualValues(t, 50, p.column("points").Distinct)
	assert.EqualValues(t, 8, p.column("points").Top[0].Rows)
}

// However many columns there are, the rows are read by a few statements: those of all
// figures together, of frequent values over all and by segment, and one for each
// combination of columns that may be a key.
func TestAProfileIsAFewStatements(t *testing.T) {
	e := watch(t, games(100))
	look(t, e)
	var folds, made, keyed int
	for _, s := range e.statements {
		switch {
		case s.Class == quality.Keyed:
			keyed++
		case s.Relation.Table() == "":
			made++
		default:
			folds++
		}
	}
	assert.Equal(t, 2, folds) // of which the second is made of what the first has found
	assert.Equal(t, 2, made)
	assert.LessOrEqual(t, keyed, 10)
}

func TestATableThatHasToBeFilteredIs(t *testing.T) {
	for column, typ := range map[string]expr.Type{"day": expr.Date, "loaded_at": expr.Timestamp} {
		e := watch(t, games(20))
		e.part = &quality.Partitioning{Column: column, Required: true}
		p := look(t, e)
		assert.Equal(t, column, p.Date.Name)
		assert.Equal(t, typ, p.Date.Type)
		for _, s := range e.statements {
			filtered := slices.ContainsFunc(s.Folds, func(f *quality.Fold) bool {
				return slices.ContainsFunc(f.Rows.Conjuncts(), func(x expr.Expr) bool { return slices.Contains(x.Columns(), column) })
			})
			s.Relation.Walk(func(n quality.RelationNode) {
				if f, ok := n.(quality.FilterNode); ok && slices.Contains(f.Where.Columns(), column) {
					filtered = true
				}
			})
			assert.True(t, filtered, "%s over %s", column, s.Relation.Key())
		}
	}
}

func TestNothingIsSaidOfATableWithoutRows(t *testing.T) {
	_, err := Look(t.Context(), watch(t, nil), now, "games")
	require.ErrorContains(t, err, "table games has no row")
	_, err = Look(t.Context(), watch(t, nil), now, "others")
	require.ErrorContains(t, err, "others")
}

func TestWordsOfNames(t *testing.T) {
	for name, words := range map[string][]string{
		"game_date": {"game", "date"}, "GameDate": {"game", "date"}, "GAME_DATE": {"game", "date"}, "player.id": {"player", "id"}, "Start (ET)": {"start", "(et)"}, "": {},
	} {
		assert.Equal(t, words, wordsOf(name), name)
	}
}

// The figures are those of a table of the Wilson interval at 95 %.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		s             Share
		least, atMost string
	}{
		{Share{N: 50, Of: 100}, "40.38%", "59.62%"},
		{Share{N: 0, Of: 10}, "0%", "27.76%"},
		{Share{N: 10, Of: 10}, "72.24%", "100%"},
		{Share{N: 1, Of: 1_000_000}, "0%", "0.01%"},
	} {
		assert.Equal(t, c.least, atLeast(c.s))
		assert.Equal(t, c.atMost, atMost(c.s))
	}
}
