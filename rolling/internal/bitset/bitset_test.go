package bitset

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Bits are set behind others at any distance, and never where they must not be.
func TestBitsBehindOthers(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for range 3_000 {
		b, without := make(Set, 1+r.IntN(9)), Set(nil)
		for i := range b {
			b[i] = r.Uint64() & r.Uint64() & r.Uint64()
		}
		if r.IntN(2) == 0 {
			without = make(Set, len(b))
			for i := range without {
				without[i] = r.Uint64()
			}
		}
		by := 1 + r.IntN(64*len(b)+64)
		want := append(Set(nil), b...)
		for i := by; i < 64*len(b); i++ {
			if b.Has(i-by) && (without == nil || !without.Has(i)) {
				want.Add(i)
			}
		}
		b.OrBehind(by, without)
		require.Equal(t, want, b, "by %d", by)
	}
}
