package rows_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// An id to group by is given up before it takes the memory: one MiB is far too
// little for all of them. The other checks have their verdicts.
func TestTooManySegmentsTakeNoMemory(t *testing.T) {
	const n = 300_000
	ids, teams := make([]string, n), make([]int64, n)
	for i := range n {
		ids[i], teams[i] = "player "+strconv.Itoa(i), int64(i%30)
	}
	src, err := rows.Columns(rows.Column{Name: "id", Values: ids}, rows.Column{Name: "team", Values: teams})
	require.NoError(t, err)
	complete := checks.Complete{Columns: []string{"team"}}
	suite := quality.Suite{Name: "s", Table: "t", MaxSegments: 1000, Rules: []quality.Rule{
		{Check: complete}, {Check: complete, By: []string{"team"}}, {Check: complete, By: []string{"id"}},
		{Check: checks.Unique{Columns: []string{"id", "team"}}, By: []string{"id"}},
	}}
	engine := rows.NewEngine(map[string]expr.Source{"t": src}, rows.MemoryLimit(1<<20))
	report, err := quality.Run(t.Context(), engine, time.Time{}, suite)
	require.NoError(t, err)
	found := report.Suites[0].Checks
	assert.Equal(t, quality.Pass, found[0].Verdict, found[0].Reason)
	assert.Equal(t, quality.Pass, found[1].Verdict, found[1].Reason)
	for _, c := range found[2:] {
		assert.Equal(t, quality.Unknown, c.Verdict, c.ID)
		assert.Contains(t, c.Reason, "there are more than 1,000 segments by id: group by what has fewer values, or raise max_segments", c.ID)
	}
}
