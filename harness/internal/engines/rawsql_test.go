package engines_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/harness/internal/reference"
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
