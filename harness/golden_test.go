package harness

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
)

// failing is a test that goes on, and keeps how it failed.
type failing struct {
	testing.TB
	said *string
}

func (f failing) Errorf(format string, args ...any) { *f.said = fmt.Sprintf(format, args...) }

// judgedOn is a report of two seasons, of which one is short of a value.
func judgedOn(t *testing.T, engine string, missing *float64) *quality.Report {
	t.Helper()
	t.Setenv(EnvEngine, engine)
	b := 11.0
	return Judge(t, Load(t, Rows("d.games", []game{{"2022-23", missing}, {"2023-24", &b}})), games(quality.Rule{Check: usage, By: []string{"season"}}))
}

func TestGoldenIsOneFileForAllEngines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "games.golden")
	require.Contains(t, given(t, func(tb testing.TB) { Golden(tb, judgedOn(t, "rows", nil), path) }), "fails: there is no "+path)

	*update = true
	Golden(t, judgedOn(t, "rows", nil), path)
	*update = false
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, `games on d.games (owner: ann): fail
complete:usage by season
  fail season=2022-23: 0 of 1 row (0.0%), not at_least 100%: 1 row short
  pass season=2023-24: 1 of 1 row (100.0%)
FAIL: 1 of 1 check blocks: nothing that needs this data goes on.
`, string(text))
	Golden(t, judgedOn(t, "rows", nil), path)

	whole, said := 20.5, ""
	Golden(failing{t, &said}, judgedOn(t, "rows", &whole), path)
	require.Contains(t, said, "the report is not that of "+path)
	require.Contains(t, said, "0 of 1 row (0.0%)")

	emulator.Require(t)
	Golden(t, judgedOn(t, "emulator", nil), path)
}

func TestTheClockIsHandedIn(t *testing.T) {
	t.Setenv(EnvEngine, "rows")
	engine := Load(t, Rows("d.games", []game{{Season: "2022-23"}}))
	known := games(quality.Rule{Check: usage, Waiver: &quality.Waiver{Owner: "bob", Reason: "source is dead", Until: civil.Date{Year: 2026, Month: 2, Day: 1}}})
	for month, want := range map[time.Month]quality.Verdict{time.January: quality.Waived, time.March: quality.Fail} {
		on := Options{Now: func() time.Time { return time.Date(2026, month, 15, 0, 0, 0, 0, time.UTC) }}
		require.Equal(t, want, on.Judge(t, engine, known).Verdict)
	}
}
