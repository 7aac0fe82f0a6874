package faults_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
)

// ragged is a source whose batches are of any size, and whose memory is used again.
type ragged struct {
	expr.Source
	size int
}

func (r ragged) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		var mine expr.Batch
		for b, err := range r.Source.Scan(ctx, columns) {
			if err != nil {
				yield(nil, err)
				return
			}
			for low := 0; low < b.Rows; low += r.size {
				var rows []int32
				for i := low; i < min(low+r.size, b.Rows); i++ {
					rows = append(rows, int32(i))
				}
				mine.Rows, mine.Columns = len(rows), make([]expr.Vector, len(b.Columns))
				for c := range b.Columns {
					mine.Columns[c].Gather(&b.Columns[c], rows)
				}
				if !yield(&mine, nil) {
					return
				}
				for c := range mine.Columns {
					clear(mine.Columns[c].Texts)
					clear(mine.Columns[c].Ints)
				}
			}
		}
	}
}

func anyRows(t *rapid.T) expr.Source {
	n := rapid.IntRange(1, 200).Draw(t, "rows")
	valid := func(name string) []bool {
		return rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, name)
	}
	src, err := rows.Columns(
		rows.Column{Name: "s", Values: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "01", "x_1", ""}), n, n).Draw(t, "s"), Valid: valid("s is")},
		rows.Column{Name: "i", Values: rapid.SliceOfN(rapid.Int64Range(0, 2), n, n).Draw(t, "i"), Valid: valid("i is")},
		rows.Column{Name: "f", Values: rapid.SliceOfN(rapid.SampledFrom([]float64{0, 1.5, 2}), n, n).Draw(t, "f"), Valid: valid("f is")},
		rows.Column{Name: "b", Values: rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "b"), Valid: valid("b is")},
	)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func anyFault(t *rapid.T) faults.Fault {
	where := rapid.SampledFrom([]expr.Expr{{}, expr.Col("i").Eq(1), expr.Col("s").IsNull(), expr.Col("b").IsTrue()}).Draw(t, "where")
	column := rapid.SampledFrom([]string{"s", "i", "f", "b"}).Draw(t, "column")
	oneIn := rapid.IntRange(0, 4).Draw(t, "one in")
	return rapid.SampledFrom([]faults.Fault{
		faults.Lose{Where: where, OneIn: oneIn},
		faults.Duplicate{Where: where, OneIn: oneIn},
		faults.Null{Column: column, Where: where, OneIn: oneIn},
		faults.Zero{Column: column, Where: where, OneIn: oneIn},
		faults.Freeze{Column: column, Where: where, OneIn: oneIn},
		faults.Shift{Column: column, Where: where, OneIn: oneIn},
		faults.Leak{Column: "f", Of: "i", Where: where, OneIn: oneIn},
	}).Draw(t, "fault")
}

// TestAnyFault: a fault changes as many rows as it says, and nothing else; the same seed
// gives the same; and what follows a fault sees what it has made.
func TestAnyFault(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		src := anyRows(rt)
		table, err := faults.Hold(t.Context(), ragged{src, rapid.IntRange(1, 70).Draw(rt, "batch")})
		require.NoError(rt, err)
		require.Equal(rt, cells(t, src), cells(t, table))
		for step := range rapid.IntRange(1, 3).Draw(rt, "faults") {
			f := anyFault(rt)
			before := cells(t, table)
			broken, effects, err := table.Break(3, f)
			if idle := new(*faults.NoEffectError); errors.As(err, idle) {
				continue
			}
			require.NoError(rt, err)
			again, _, err := table.Break(3, f)
			require.NoError(rt, err)
			after := cells(t, broken)
			require.Equal(rt, after, cells(t, again), "step %d", step)
			require.Equal(rt, before, cells(t, table))
			switch n := int(effects[0].Rows); f.(type) {
			case faults.Lose:
				require.Len(rt, after, len(before)-n)
				require.True(rt, within(after, before), "%s: what is left is in its order", f)
			case faults.Duplicate:
				require.Equal(rt, before, after[:len(before)])
				require.Len(rt, after[len(before):], n)
			default:
				require.Len(rt, after, len(before))
				changed := 0
				for i := range before {
					if before[i] != after[i] {
						changed++
						require.Equal(rt, others(before[i], f.Writes()), others(after[i], f.Writes()))
					}
				}
				require.Equal(rt, n, changed, "%s", f)
			}
			table = broken
		}
	})
}

// others are the cells of a row but for one column.
func others(row, column string) string {
	parts := strings.Split(row, " ")
	parts[strings.Index("sifb", column)] = "-"
	return fmt.Sprint(parts)
}

// within reports whether some rows are those of all, in their order.
func within(some, all []string) bool {
	for _, row := range all {
		if len(some) > 0 && some[0] == row {
			some = some[1:]
		}
	}
	return len(some) == 0
}
