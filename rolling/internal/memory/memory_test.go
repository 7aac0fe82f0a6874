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

// Room keeps what there is and grows by as much.
func TestRoomGrowsByAsMuch(t *testing.T) {
	s, made := []int64{7}, 0
	for range 10_000 {
		if cap(s) == len(s) {
			made++
		}
		s = append(Room(s, 1), 1)
	}
	require.Len(t, s, 10_001)
	require.EqualValues(t, 7, s[0])
	require.LessOrEqual(t, made, 14) // 2¹³ < 10 001 < 2¹⁴
	require.GreaterOrEqual(t, cap(Room(s, 50_000)), 60_001)
}
