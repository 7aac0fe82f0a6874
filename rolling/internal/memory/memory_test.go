package memory

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Memory that is asked for a little larger each time, as for the run behind a wide
// window, is not made anew each time.
func TestMemoryGrowsAhead(t *testing.T) {
	var s []int64
	made := 0
	for n := range 10_000 {
		if cap(s) < n {
			made++
		}
		s = Resized(s, n)
		require.Len(t, s, n)
	}
	require.Less(t, made, 50)
}
