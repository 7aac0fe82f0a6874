package mutation

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
)

// TestABoundLiesBetween: what was meets it, what is does not; what is nearer than 2 % of
// a count, or a point of a share, has none.
func TestABoundLiesBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := remedy{least: rapid.Bool().Draw(t, "least"), share: rapid.Bool().Draw(t, "share")}
		was, is := big.NewRat(rapid.Int64Range(1, 1000).Draw(t, "was"), 1), big.NewRat(rapid.Int64Range(0, 2000).Draw(t, "is"), 1)
		near := new(big.Rat).Quo(was, big.NewRat(50, 1))
		if r.share {
			was.Quo(was, big.NewRat(1000, 1))
			is.Quo(is, big.NewRat(2000, 1))
			near.SetFrac64(1, 100)
		}
		worse := new(big.Rat).Sub(is, was)
		if r.least {
			worse.Neg(worse)
		}
		text, ok := between(r, was, is)
		if worse.Cmp(near) < 0 {
			require.False(t, ok, "%s is too near to %s for %s", is, was, text)
			return
		}
		if !ok {
			return // a share of 0 or of all
		}
		bound := limit(t, text)
		if !r.least {
			was, is, bound = was.Neg(was), is.Neg(is), bound.Neg(bound)
		}
		require.GreaterOrEqual(t, was.Cmp(bound), 0, "%s passes", text)
		require.Negative(t, is.Cmp(bound), "%s fails", text)
	})
}

// limit is a bound as suites read it.
func limit(t *rapid.T, text string) *big.Rat {
	if strings.HasSuffix(text, "%") {
		_, err := quality.ParseShare(text)
		require.NoError(t, err)
	}
	out, ok := new(big.Rat).SetString(strings.TrimSuffix(text, "%"))
	require.True(t, ok, text)
	if strings.HasSuffix(text, "%") {
		out.Quo(out, big.NewRat(100, 1))
	}
	return out
}
