package rows_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// games are many more rows than a batch has: player and day, which occur about twice,
// are NULL at times, and few values of tie.
func games(t *testing.T, seed uint64, n int) expr.Source {
	rng := rand.New(rand.NewPCG(seed, 1))
	player, day, tie, points, valid := make([]string, n), make([]int64, n), make([]bool, n), make([]int64, n), make([]bool, n)
	for i := range n {
		player[i] = "\x00player" + strconv.Itoa(rng.IntN(n/200))
		day[i], tie[i], points[i] = rng.Int64N(100)-50, rng.IntN(2) == 0, rng.Int64N(100)
		valid[i] = rng.IntN(50) > 0
	}
	src, err := rows.Columns(rows.Column{Name: "player", Values: player, Valid: valid}, rows.Column{Name: "day", Values: day},
		rows.Column{Name: "tie", Values: tie}, rows.Column{Name: "points", Values: points})
	require.NoError(t, err)
	return src
}

func TestWhatIsSpilledIsAsInMemory(t *testing.T) {
	const n = 30_000
	points, before := expr.Col("points"), expr.Col("before")
	days := quality.Read("t").Aggregate(quality.Columns("player", "day"), quality.SumOf(points).Named("points"), quality.CountRows().Named("n"))
	theirs := quality.Read("u").Aggregate(quality.Columns("player", "day"), quality.MaxOf(points).Named("theirs"))
	join := func(kind quality.JoinKind) quality.Relation {
		return quality.Read("t").Join(kind, theirs, quality.Equal("player", "day")...)
	}
	running := func(partition, order string) quality.Relation {
		return quality.Read("t").Running([]string{partition}, []string{order}, quality.CountRows().Named("n"), quality.SumOf(points).Named("before"))
	}
	for _, tt := range []struct {
		name string
		of   quality.Relation
		sum  expr.Expr
	}{
		{"aggregate", days, points.Times(expr.Col("n"))},
		{"previous", days.Previous([]string{"player"}, []string{"day"}, quality.As("before", points)), before.Times(expr.Col("day"))},
		{"previous in one partition", days.Previous(nil, []string{"day", "player"}, quality.As("before", points)), before.Times(expr.Col("day"))},
		{"running", running("player", "day"), before.Times(points)},
		{"running with large ties", running("player", "tie"), before.Times(points)},
		{"running with all in two ties", running("day", "tie"), before.Times(points)},
		{"inner join", join(quality.InnerJoin), expr.Col("theirs").Times(points)},
		{"left join", join(quality.LeftJoin), expr.Col("theirs")},
		{"anti join", join(quality.AntiJoin), expr.Col("points")},
		{"full join", join(quality.FullJoin), expr.Col("theirs").Times(expr.Col("day"))},
		{"join with itself", quality.Read("t").Join(quality.LeftJoin, days.Project(quality.Columns("player", "day")...).
			Aggregate(quality.Columns("player", "day"), quality.CountRows().Named("theirs")), quality.Equal("player", "day")...), expr.Col("theirs")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			terms := []quality.Term{quality.CountRows(), quality.SumOf(tt.sum), quality.CountWhere(tt.sum.IsNull())}
			sources := map[string]expr.Source{"t": games(t, 1, n), "u": games(t, 2, n)}
			want := tell(t, rows.NewEngine(sources), tt.of, terms)
			disk := &counted{}
			got := tell(t, rows.NewEngine(sources, rows.SpillAtOnce(), rows.SpillTo(disk)), tt.of, terms)
			require.Equal(t, want, got)
			require.Greater(t, disk.records, n/10)
			require.Zero(t, disk.open)
		})
	}
}

func TestKeysThatAreSpilledAreCountedOnce(t *testing.T) {
	const n = 30_000
	sources := map[string]expr.Source{"t": games(t, 1, n)}
	report := func(options ...rows.Option) *quality.Report {
		out, err := quality.Run(t.Context(), rows.NewEngine(sources, options...), time.Unix(0, 0), quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{
			{Check: checks.Unique{Columns: []string{"player", "day"}}},
			{Check: checks.Unique{Columns: []string{"player", "day"}}, By: []string{"tie"}},
		}})
		require.NoError(t, err)
		for _, c := range out.Suites[0].Checks {
			for _, f := range c.Findings {
				for _, row := range f.AtFault[0].Rows {
					require.Positive(t, row.Times)
				}
				for i := range f.AtFault[0].Rows {
					f.AtFault[0].Rows[i].Line = 0 // of what is on disk it is not known
				}
			}
		}
		return out
	}
	disk := &counted{}
	require.Equal(t, report().Suites[0].Checks, report(rows.SpillAtOnce(), rows.SpillTo(disk)).Suites[0].Checks)
	require.Greater(t, disk.records, n/10)
}

func tell(t *testing.T, engine quality.Engine, of quality.Relation, terms []quality.Term) []string {
	t.Helper()
	var got []string
	report, err := quality.Run(t.Context(), engine, time.Unix(0, 0), quality.Suite{Name: "s", Table: "t",
		Rules: []quality.Rule{{Check: relationProbe{of, terms, &got}}}})
	require.NoError(t, err)
	require.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	return got
}

func TestMemoryThatEndsMakesItsOwnChecksUnknown(t *testing.T) {
	sources := map[string]expr.Source{"t": games(t, 1, 30_000)}
	days := quality.Read("t").Aggregate(quality.Columns("player", "day"), quality.CountRows().Named("n"))
	var many, all []string
	report, err := quality.Run(t.Context(), rows.NewEngine(sources, rows.MemoryLimit(100_000)), time.Unix(0, 0), quality.Suite{Name: "s", Table: "t",
		Rules: []quality.Rule{
			{Check: relationProbe{days, []quality.Term{quality.CountRows()}, &many}},
			{Check: checks.Unique{Columns: []string{"player", "day"}}},
			{Check: relationProbe{quality.Read("t"), []quality.Term{quality.CountRows()}, &all}},
			{Check: checks.Complete{Columns: []string{"player"}}, By: []string{"points"}},
		}})
	require.NoError(t, err)
	found := report.Suites[0].Checks
	require.Equal(t, quality.Unknown, found[0].Verdict)
	require.Contains(t, found[0].Reason, "the 0.1 MiB that a plan may keep in memory are too little for the groups of an aggregate by (player, day): raise rows.MemoryLimit, or let it go to disk with rows.SpillTo")
	require.Equal(t, quality.Unknown, found[1].Verdict)
	require.Contains(t, found[1].Reason, "are too little for the set of keys of unique")
	require.Equal(t, []string{"30000"}, all)
	require.Equal(t, quality.Fail, found[3].Verdict, found[3].Reason)
}

func TestADiskThatFailsMakesItsChecksUnknown(t *testing.T) {
	sources := map[string]expr.Source{"t": games(t, 1, 30_000)}
	report, err := quality.Run(t.Context(), rows.NewEngine(sources, rows.SpillAtOnce(), rows.SpillTo(full{})), time.Unix(0, 0), quality.Suite{Name: "s", Table: "t",
		Rules: []quality.Rule{{Check: checks.Unique{Columns: []string{"player", "day"}}}, {Check: checks.Complete{Columns: []string{"player"}}}}})
	require.NoError(t, err)
	require.Equal(t, quality.Unknown, report.Suites[0].Checks[0].Verdict)
	require.Contains(t, report.Suites[0].Checks[0].Reason, "no space left")
	require.Equal(t, quality.Fail, report.Suites[0].Checks[1].Verdict)
}

// full is a disk without space.
type full struct{}

func (full) Sort(context.Context, int) rows.Sorter { return full{} }
func (full) Add([]byte) error                      { return errNoSpace }
func (full) Sorted() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) { yield(nil, errNoSpace) }
}
func (full) Close() {}

var errNoSpace = errors.New("no space left")

func TestTheMemoryOfAPlanHasALimit(t *testing.T) {
	old := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(old)
	require.EqualValues(t, 1<<30, rows.Limit(rows.NewEngine(nil)))
	debug.SetMemoryLimit(8 << 30)
	require.EqualValues(t, 2<<30, rows.Limit(rows.NewEngine(nil)))
	require.EqualValues(t, 1000, rows.Limit(rows.NewEngine(nil, rows.MemoryLimit(1000))))
}
