package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

// A row that is damaged is told without its text, and so are keys and comparisons that
// FLOAT64 does not tell apart.
func TestWhatIsWrongWithRedactedRowsIsToldWithoutThem(t *testing.T) {
	unique := checks.Unique{Columns: []string{"email"}}
	for text, c := range map[string]struct {
		check  quality.Check
		secret string
		told   string
	}{
		"id,email\n1,x\"secret\n":                                {unique, "secret", `games.csv:2: cell 2: `},
		"id,email\n1,\"secret\"x\n":                              {unique, "secret", `games.csv:2: cell 2: `},
		"id,email\n1,secret\r2,x\n":                              {unique, "secret", `games.csv:2: a lone CR stands behind `},
		"id,email\n1,\xffsecret\n":                               {unique, "secret", `is not UTF-8`},
		"id,email\n1,9007199254740993\n2,9007199254740992\n3,.5": {unique, "900719", `games.csv:2: column "email": two keys of a redacted column are one FLOAT64`},
		"id,email\n1,9007199254740993\n2,2.5\n": {
			checks.Assert{Of: expr.Col("email").Gt(int64(9007199254740992))}, "0993", "a redacted value is compared with another",
		},
	} {
		dir, suites := games(t)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte(text), 0o600))
		s := &suites[0]
		s.Suite.Rules = []quality.Rule{{Check: c.check}}
		for _, redact := range [][]string{nil, {"email"}} {
			s.Tables = []suitefile.Table{{Table: quality.Table{Name: "nba.games", Redact: redact}}}
			sources, err := sourcesOf(suites, nil, "", nil)
			require.NoError(t, err)
			var j job
			openRows(&j, sources)
			got := checked(t, j.engine, suites)
			require.Equal(t, quality.Unknown, got.Verdict, text)
			require.Equal(t, redact == nil, strings.Contains(got.Reason, c.secret), got.Reason)
			if redact != nil {
				require.Contains(t, got.Reason, c.told)
			}
		}
	}
}

func TestMissingDatesOfARedactedColumnAreNotNamed(t *testing.T) {
	dir, suites := games(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "due.csv"), []byte("held\n2025-10-22\n2025-10-31\n"), 0o600))
	s := &suites[0]
	for _, redact := range [][]string{nil, {"held"}} {
		s.Tables = []suitefile.Table{{Table: quality.Table{Name: "nba.due", Redact: redact}, Local: suitefile.Local{Path: s.Path, Sources: []string{"due.csv"}}}}
		s.Suite.Tables = []quality.Table{s.Tables[0].Table}
		s.Suite.Rules = []quality.Rule{{Check: checks.Grid{Column: "day", Every: checks.Every{Of: checks.Against{Table: "nba.due", Map: []checks.Mapping{{Column: "day", To: []expr.Expr{expr.Col("held")}}}}}}}}
		sources, err := sourcesOf(suites, nil, "", nil)
		require.NoError(t, err)
		var j job
		openRows(&j, sources)
		report, err := quality.Run(t.Context(), j.engine, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), s.Suite)
		require.NoError(t, err)
		got := report.Suites[0].Checks[0]
		require.Equal(t, quality.Fail, got.Verdict, got.Reason)
		require.Equal(t, redact == nil, strings.Contains(got.Reason, "2025-10-31"), got.Reason)
	}
}
