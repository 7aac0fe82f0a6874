package engines_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// Google's own lexer judges ours, on lists of literals that quotes, backslashes,
// comments and ends of lines are sprinkled over: it accepts no expression that we
// refuse, and finds nothing open in one that we accept.
func TestOneExpressionIsOneToGoogleToo(t *testing.T) {
	ev := reference.Require(t)
	db, err := ev.Load(t.Context(), reference.Table{Name: "t", Columns: []reference.Column{{Name: "x", Type: "INT64"}}})
	require.NoError(t, err)
	prefix := rapid.SampledFrom([]string{"", "", "r", "R"})
	quote := rapid.SampledFrom([]string{"'", `"`, "'''", `"""`})
	content := rapid.SampledFrom([]string{"'", `"`, "''", `""`, "'''", `"""`, `\`, `\\`, `\'`, `\"`, "\n", "\r\n", "--", "#", "/*", "*/", ";", "(", ")", "`", "a"})
	between := rapid.SampledFrom([]string{"", " ", "-- ' (\n", "# \"\n", "/* ' ; */", "/* -- */", "--\r\n"})
	whole, closed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var literals []string
		for range rapid.IntRange(1, 3).Draw(t, "literals") {
			q := quote.Draw(t, "quote")
			literals = append(literals, between.Draw(t, "before")+prefix.Draw(t, "prefix")+q+
				strings.Join(rapid.SliceOfN(content, 0, 3).Draw(t, "content"), "")+q+between.Draw(t, "after"))
		}
		sql := "ARRAY_LENGTH([" + strings.Join(literals, ",") + "]) > 0"
		_, refused := expr.ParseRawSQL(sql)
		_, err := db.Query(t.Context(), "SELECT ("+sql+"\n)")
		if err == nil {
			whole++
			require.NoError(t, refused, sql)
		}
		if refused == nil {
			closed++
			if err != nil {
				require.NotContains(t, err.Error(), "Unclosed", sql)
			}
		}
	})
	t.Logf("%d are expressions, %d of which we know no better", whole, closed)
	require.NotZero(t, whole)
}

// A filter that would end the statement and go on never gets to the service.
func TestAFilterCannotBeginAnotherStatement(t *testing.T) {
	ds := emulator.NewDataset(t)
	open, _, err := engines.LoadEmulator(t.Context(), ds, []enginetest.Table{stats()})
	require.NoError(t, err)
	engine, err := open()
	require.NoError(t, err)
	suite := quality.Suite{Name: "stats", Table: ds.ID + ".stats", Rules: []quality.Rule{{
		Check: quality.Complete{Columns: []string{"stat_01"}},
		Where: expr.RawSQL("TRUE))); SELECT (((1"),
	}}}
	_, err = quality.Run(t.Context(), engine, now, suite)
	require.ErrorContains(t, err, ") closes nothing")
	suite.Rules[0].Where = expr.RawSQL("stat_01 >= 0 -- of all ; rows")
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	assert.Equal(t, quality.ObservedShare(40, 40), report.Suites[0].Checks[0].Findings[0].Observed)
}
