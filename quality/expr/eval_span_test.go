package expr

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Many literals held against a column answer as each does by itself, whatever the batch
// before held: NULL where the column is.
func TestLiteralsBeyondTheSpanOfABatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		together := NewEvaluator([]string{"n"})
		var of []Computed
		for k := range 6 {
			e, err := Col("n").Eq(int64(k)).BindPredicate(Schema{{Name: "n", Type: Int64}})
			require.NoError(t, err)
			c, err := together.Prepare(e)
			require.NoError(t, err)
			of = append(of, c)
		}
		for range 3 {
			values := rapid.SliceOfN(rapid.Int64Range(-1, 6), 0, 70).Draw(t, "values")
			b := &Batch{Rows: len(values), Columns: make([]Vector, 1)}
			b.Columns[0].Reset(Int64, len(values))
			for i, v := range values {
				if b.Columns[0].Ints[i] = v; rapid.Bool().Draw(t, "valid") {
					b.Columns[0].Valid.Set(i)
				}
			}
			together.Next(b)
			for k, c := range of {
				v, err := c.Vector()
				require.NoError(t, err)
				for i, n := range values {
					there := b.Columns[0].Valid.Get(i)
					require.Equal(t, there, v.Valid.Get(i), fmt.Sprint(k, i))
					require.Equal(t, there && n == int64(k), v.Bools.Get(i), fmt.Sprint(k, i))
				}
			}
		}
	})
}
