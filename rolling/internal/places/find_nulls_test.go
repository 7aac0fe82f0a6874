package places

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Null places spread over the widest windows in a few steps, not in one for every
// word of them.
func TestNullPlacesSpreadInFewSteps(t *testing.T) {
	const rows = 1_000_000
	r := Reach{Rows: rows, Behind: rows, spans: spans{Reason: make([]Reason, ChunkPoints)}}
	r.fillBegins(nil, 0)
	require.LessOrEqual(t, len(r.steps), 20, "of 2^20 > %d rows", rows)
}
