package rolling

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Null places spread over the widest windows in a few steps, not in one for every
// word of them.
func TestNullPlacesSpreadInFewSteps(t *testing.T) {
	const rows = 1_000_000
	r := reach{Rows: rows, Behind: rows, spans: spans{Reason: make([]finding, chunkPoints)}}
	r.fillBegins(nil, 0)
	require.LessOrEqual(t, len(r.steps), 20, "of 2^20 > %d rows", rows)
}
