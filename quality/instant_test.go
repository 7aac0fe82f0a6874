package quality_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Clocks went back at 2024-11-03 06:00 UTC in New York, over an hour that was shown
// twice, and forward at 2024-09-08 04:00 UTC in Santiago, over midnight.
func TestAgeWhereClocksChange(t *testing.T) {
	now := time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		zone string
		of   any
		at   time.Time
	}{
		{"America/New_York", civil.DateTime{Date: day(2024, 11, 3), Time: civil.Time{Hour: 1, Minute: 30}}, time.Date(2024, 11, 3, 5, 30, 0, 0, time.UTC)},
		{"America/New_York", civil.DateTime{Date: day(2024, 11, 3), Time: civil.Time{Hour: 2}}, time.Date(2024, 11, 3, 7, 0, 0, 0, time.UTC)},
		{"America/New_York", day(2024, 11, 3), time.Date(2024, 11, 4, 5, 0, 0, 0, time.UTC)},
		{"America/New_York", day(2024, 11, 2), time.Date(2024, 11, 3, 4, 0, 0, 0, time.UTC)},
		{"America/Santiago", day(2024, 9, 7), time.Date(2024, 9, 8, 4, 0, 0, 0, time.UTC)},
		{"America/Santiago", time.Date(2024, 9, 8, 3, 59, 0, 0, time.UTC), time.Date(2024, 9, 8, 3, 59, 0, 0, time.UTC)},
	} {
		zone, err := time.LoadLocation(test.zone)
		require.NoError(t, err)
		v, err := expr.ValueOf(test.of)
		require.NoError(t, err)
		age, err := quality.Scope{Now: now, Zone: zone}.Age(v)
		require.NoError(t, err)
		assert.Equal(t, test.at, now.Add(-age), "%v in %s", test.of, test.zone)
	}
}

// An age that is over its limit is not shown as the limit.
func TestAgesAreRoundedUp(t *testing.T) {
	assert.Equal(t, "24h0m1s", quality.ObservedAge(24*time.Hour+time.Nanosecond).String())
	assert.Equal(t, "24h", quality.ObservedAge(24*time.Hour).String())
	assert.Equal(t, "1.5s", quality.ObservedAge(1500*time.Millisecond).String())
}
