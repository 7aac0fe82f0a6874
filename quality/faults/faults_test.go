package faults_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
)

// cells are the rows of a source as texts, a row in a line.
func cells(t *testing.T, src expr.Source, columns ...string) []string {
	t.Helper()
	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	if len(columns) == 0 {
		columns = schema.Names()
	}
	out := []string{}
	for b, err := range src.Scan(t.Context(), columns) {
		require.NoError(t, err)
		for i := range b.Rows {
			var row []string
			for c := range b.Columns {
				require.NoError(t, b.Columns[c].Err)
				row = append(row, b.Columns[c].Value(i).String())
			}
			out = append(out, strings.Join(row, " "))
		}
	}
	return out
}

func day(d int) civil.Date { return civil.Date{Year: 2026, Month: 1, Day: d} }

// games are six games of two teams, the last one of each without a value.
func games(t *testing.T) *faults.Table {
	t.Helper()
	src, err := rows.Columns(
		rows.Column{Name: "team", Values: []string{"bos", "bos", "bos", "lal", "lal", "lal"}},
		rows.Column{Name: "day", Values: []civil.Date{day(1), day(2), day(4), day(1), day(3), day(4)}},
		rows.Column{Name: "id", Values: []string{"0022", "1611", "20260104_BOS", "a-b", "LAL", ""}},
		rows.Column{Name: "points", Values: []int64{7, 0, 9, 5, 6, 0}, Valid: []bool{true, true, true, true, true, false}},
		rows.Column{Name: "points_avg", Values: []float64{0, 7, 3.5, 0, 5, 5.5}, Valid: []bool{false, true, true, false, true, true}},
		rows.Column{Name: "share", Values: []*big.Rat{big.NewRat(1, 2), nil, new(big.Rat), big.NewRat(1, 4), big.NewRat(1, 2), nil}},
		rows.Column{Name: "won", Values: []bool{true, false, true, false, true, false}},
		rows.Column{Name: "at", Values: []time.Time{at(1, 20), at(2, 20), at(4, 3), at(1, 20), at(3, 20), at(4, 20)}},
	)
	require.NoError(t, err)
	held, err := faults.Hold(t.Context(), src)
	require.NoError(t, err)
	return held
}

func at(d, hour int) time.Time { return time.Date(2026, 1, d, hour, 0, 0, 0, time.UTC) }

var lal = expr.Col("team").Eq("lal")

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault faults.Fault
		says  string
		of    string // the column that is looked at
		want  string // its values
		rows  int64
	}{
		{faults.Lose{Where: lal}, "lose all rows where team = 'lal'", "team", "bos bos bos", 3},
		{faults.Lose{}, "lose all rows", "team", "", 6},
		{faults.Delay{Date: "day"}, "delay the newest day of day", "day", "2026-01-01 2026-01-02 2026-01-01 2026-01-03", 2},
		{faults.Delay{Date: "day", Days: 2}, "delay the newest 2 days of day", "day", "2026-01-01 2026-01-02 2026-01-01", 3},
		{faults.Delay{Date: "at"}, "delay the newest day of at", "team", "bos bos lal lal", 2},
		{faults.Delay{Date: "at", Zone: "America/New_York"}, "delay the newest day of at", "team", "bos bos bos lal lal", 1},
		{faults.Duplicate{Where: lal}, "duplicate all rows where team = 'lal'", "team", "bos bos bos lal lal lal lal lal lal", 3},
		{faults.Null{Column: "points", Where: lal}, "null points in all rows where team = 'lal'", "points", "7 0 9 null null null", 2},
		{faults.Null{Column: "won"}, "null won in all rows", "won", "null null null null null null", 6},
		{faults.Zero{Column: "points"}, "zero-fill points in all rows", "points", "0 0 0 0 0 0", 5},
		{faults.Zero{Column: "points_avg", Where: lal}, "zero-fill points_avg in all rows where team = 'lal'", "points_avg", "null 7 3.5 0 0 0", 3},
		{faults.Zero{Column: "share"}, "zero-fill share in all rows", "share", "0 0 0 0 0 0", 5},
		{faults.Freeze{Column: "points"}, "freeze points in all rows", "points", "7 7 7 7 7 null", 4},
		{faults.Freeze{Column: "points", Where: lal}, "freeze points in all rows where team = 'lal'", "points", "7 0 9 5 5 null", 1},
		{faults.Freeze{Column: "won"}, "freeze won in all rows", "won", "true true true true true true", 3},
		{faults.Freeze{Column: "won", Where: lal}, "freeze won in all rows where team = 'lal'", "won", "true false true false false false", 1},
		{faults.Freeze{Column: "share"}, "freeze share in all rows", "share", "0.5 null 0.5 0.5 0.5 null", 2},
		{faults.Freeze{Column: "team"}, "freeze team in all rows", "team", "bos bos bos bos bos bos", 3},
		{faults.Shift{Column: "id"}, "shift the format of id in all rows", "id", "22 1611.0 20260104-BOS a_b lal ", 5},
		{faults.Shift{Column: "team"}, "shift the format of team in all rows", "team", "BOS BOS BOS LAL LAL LAL", 6},
		{faults.Leak{Column: "points_avg", Of: "points"}, "leak points into points_avg in all rows", "points_avg", "7 0 9 5 6 5.5", 5},
		{faults.Leak{Column: "points", Of: "points_avg"}, "leak points_avg into points in all rows", "points", "7 7 4 5 5 6", 4},
	} {
		t.Run(c.fault.String(), func(t *testing.T) {
			table := games(t)
			before := cells(t, table)
			broken, effects, err := table.Break(1, c.fault)
			require.NoError(t, err)
			require.Equal(t, c.says, c.fault.String())
			if diff := cmp.Diff(c.want, strings.Join(cells(t, broken, c.of), " ")); diff != "" {
				t.Error(diff)
			}
			require.Equal(t, c.rows, effects[0].Rows)
			require.Equal(t, before, cells(t, table), "the table stays as it is")
		})
	}
}

func TestOneInSoManyIsExact(t *testing.T) {
	for oneIn, want := range map[int]int64{2: 3, 3: 2, 4: 2, 100: 1} {
		_, effects, err := games(t).Break(7, faults.Lose{OneIn: oneIn})
		require.NoError(t, err)
		require.Equal(t, want, effects[0].Rows, oneIn)
	}
}

func TestOneInCountsRowsThatWouldChange(t *testing.T) {
	broken, effects, err := games(t).Break(1, faults.Null{Column: "points_avg", Where: lal, OneIn: 2})
	require.NoError(t, err)
	require.Equal(t, int64(1), effects[0].Rows, "one of the two values")
	require.Equal(t, 3, strings.Count(strings.Join(cells(t, broken, "points_avg"), " "), "null"))
}

func TestFaultsOneAfterTheOther(t *testing.T) {
	broken, effects, err := games(t).Break(1,
		faults.Duplicate{Where: expr.Col("points").Eq(9)},
		faults.Lose{Where: lal},
		faults.Null{Column: "points", Where: expr.Col("points").Eq(9)},
	)
	require.NoError(t, err)
	require.Equal(t, []string{"bos 7", "bos 0", "bos null", "bos null"}, cells(t, broken, "team", "points"))
	require.Equal(t, "null points in all rows where points = 9: 2 rows", effects[2].String())
}

func TestWithinLimitsAllFaults(t *testing.T) {
	table, err := games(t).Within(lal)
	require.NoError(t, err)
	broken, _, err := table.Break(1, faults.Null{Column: "points"}, faults.Delay{Date: "day"})
	require.NoError(t, err)
	require.Equal(t, []string{"bos 7", "bos 0", "bos 9", "lal null", "lal null"}, cells(t, broken, "team", "points"))
}

func TestWhatChangesNothingDoesNotApply(t *testing.T) {
	table := games(t)
	for _, c := range []struct {
		fault faults.Fault
		why   string
	}{
		{faults.Lose{Where: expr.Col("team").Eq("nyk")}, "lose all rows where team = 'nyk' does not apply: there is no such row"},
		{faults.Zero{Column: "team"}, "zero-fill team in all rows does not apply: it is STRING, which has no zero"},
		{faults.Zero{Column: "points", Where: expr.Col("points").Eq(0)}, "zero-fill points in all rows where points = 0 does not apply: no row would be other than it is"},
		{faults.Freeze{Column: "team", Where: lal}, "freeze team in all rows where team = 'lal' does not apply: no row would be other than it is"},
		{faults.Shift{Column: "points"}, "shift the format of points in all rows does not apply: it is INT64, which has one format"},
		{faults.Leak{Column: "points_avg", Of: "team"}, "leak team into points_avg in all rows does not apply: team is STRING, and no number"},
		{faults.Delay{Date: "team"}, "delay the newest day of team does not apply: team is STRING, which has no days"},
		{faults.Null{Column: "points", Where: expr.Col("points").IsNull()}, "null points in all rows where points IS NULL does not apply: no row would be other than it is"},
		{faults.Duplicate{Where: expr.Col("points").Gt(7).And(lal), OneIn: 2}, "duplicate half of the rows where points > 7 AND team = 'lal' does not apply: there is no such row"},
	} {
		_, _, err := table.Break(1, c.fault)
		var idle *faults.NoEffectError
		require.True(t, errors.As(err, &idle), "%v", err)
		require.EqualError(t, err, c.why)
	}
}

func TestAColumnThatIsNotThereIsNamed(t *testing.T) {
	_, _, err := games(t).Break(1, faults.Null{Column: "pionts"})
	require.EqualError(t, err, `null pionts in all rows: there is no column "pionts" (did you mean "points"?)`)
	_, _, err = games(t).Break(1, faults.Lose{Where: expr.Col("saeson").Eq(1)})
	require.ErrorContains(t, err, `there is no column "saeson"`)
}

func TestAColumnWithoutANameIsLeftAlone(t *testing.T) {
	held, err := faults.Hold(context.Background(), unnamed{games(t)})
	require.NoError(t, err)
	require.Equal(t, games(t).Columns().Names(), held.Columns().Names())
}

// unnamed has a column more, which cannot be asked for.
type unnamed struct{ *faults.Table }

func (u unnamed) Schema(ctx context.Context) (expr.Schema, error) {
	s, err := u.Table.Schema(ctx)
	return append(slices.Clone(s), expr.Field{Type: expr.Int64}), err
}

func TestAnIdentityIsKept(t *testing.T) {
	held, err := faults.Hold(context.Background(), identified{games(t)})
	require.NoError(t, err)
	broken, _, err := held.Break(1, faults.Lose{Where: lal})
	require.NoError(t, err)
	is, err := broken.Identity()
	require.NoError(t, err)
	require.Equal(t, []string{"file 7"}, is)
}

type identified struct{ expr.Source }

func (identified) Identity() ([]string, error) { return []string{"file 7"}, nil }
