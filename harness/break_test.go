package harness

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
)

// saidOfBroken is what Fails says of a suite that wants usage to be populated, on rows
// with some usage, and broken if there is a fault.
func saidOfBroken(t *testing.T, by ...faults.Fault) []string {
	t.Helper()
	src, err := rows.Columns(
		rows.Column{Name: "season", Values: []string{"2022-23", "2022-23", "2023-24"}},
		rows.Column{Name: "usage", Values: []float64{20.5, 14, 11}},
	)
	require.NoError(t, err)
	if len(by) > 0 {
		src = Break(t, src, by...)
	}
	var out []string
	engine := rows.NewEngine(map[string]expr.Source{"d.games": src})
	suite := games(quality.Rule{Check: checks.Complete{Columns: []string{"usage"}}, By: []string{"season"}})
	fails(recorder{"T", &out}, engine, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), []quality.Suite{suite})
	return out
}

func TestFailsLogsWhatASuiteSaysOfBrokenRows(t *testing.T) {
	got := saidOfBroken(t, faults.Null{Column: "usage", Where: expr.Col("season").Eq("2023-24")})
	require.Equal(t, []string{"T/games logs fail: complete:usage by season: season=2023-24: 0 of 1 row (0.0%), not at_least 100%: 1 row short"}, got)
}

func TestFailsFailsWhereASuitePasses(t *testing.T) {
	require.Equal(t, []string{"T/games fails pass: the suite lets d.games go on, none of its checks blocks"}, saidOfBroken(t))
}

// fatal stands in for a test, and keeps why it was given up.
type fatal struct {
	testing.TB
	why *string
}

func (f fatal) Fatalf(format string, args ...any) {
	*f.why = format
	panic(f)
}

func TestBreakGivesUpWhereAFaultDoesNotApply(t *testing.T) {
	src, err := rows.Columns(rows.Column{Name: "usage", Values: []float64{0, 0}})
	require.NoError(t, err)
	var why string
	require.Panics(t, func() { Break(fatal{t, &why}, src, faults.Zero{Column: "usage"}) })
	require.NotEmpty(t, why)
}
