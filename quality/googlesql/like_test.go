package googlesql

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

// likeRegexp means what LIKE means in memory.
func TestLikeAsARegularExpression(t *testing.T) {
	letters := rapid.SampledFrom([]rune(`ab%_\.*+?()[]{}^$|é` + "\n"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letters, 0, 6, -1).Draw(t, "text")
		pattern := rapid.StringOfN(letters, 0, 6, -1).Draw(t, "pattern")
		schema := expr.Schema{{Name: "s", Type: expr.String}}
		like, err := expr.Col("s").Like(pattern).Bind(schema)
		if err != nil {
			t.Skip("no pattern") // it ends in a backslash
		}
		value, err := expr.ValueOf(text)
		require.NoError(t, err)
		batch := &expr.Batch{Rows: 1, Columns: make([]expr.Vector, 1)}
		batch.Columns[0].Reset(expr.String, 1)
		require.NoError(t, batch.Columns[0].SetValue(0, value))
		ev := expr.NewEvaluator([]string{"s"})
		computed, err := ev.Prepare(like)
		require.NoError(t, err)
		ev.Next(batch)
		v, err := computed.Vector()
		require.NoError(t, err)
		re, err := regexp.Compile(likeRegexp(pattern))
		require.NoError(t, err)
		require.Equal(t, v.Bools.Get(0), re.MatchString(text))
	})
}
