package rolling_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

func TestDayBegins(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2024-11-03", "2024-11-03T00:00:00Z"},
		{"America/New_York", "2024-11-03", "2024-11-03T00:00:00-04:00"},
		{"America/New_York", "2024-11-04", "2024-11-04T00:00:00-05:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		{"America/Havana", "2024-11-03", "2024-11-03T00:00:00-04:00"},
		{"America/St_Johns", "2006-10-29", "2006-10-29T00:00:00-03:30"},
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
	} {
		zone, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		day, err := time.Parse(time.DateOnly, c.day)
		require.NoError(t, err)
		begins := time.UnixMicro(rolling.DayBegins(int32(day.Unix()/86_400), zone)).In(zone)
		require.Equal(t, c.want, begins.Format(time.RFC3339), c.zone)
	}
}
