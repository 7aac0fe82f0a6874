package calendar

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // not every machine has the zones

	"github.com/stretchr/testify/require"
)

// The days of a zone are those that its clock shows, but for what it shows of a day
// before it is put back to the one before; and each begins with its first instant.
func TestCalendarCountsTheDaysOfTheClock(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for _, c := range []struct{ zone, around string }{
		{"UTC", "2024-12-31"},
		{"America/New_York", "2024-11-03"},
		{"America/New_York", "2040-12-31"}, // the last day of a leap year
		{"America/Sao_Paulo", "2018-11-04"},
		{"America/Sao_Paulo", "2019-02-17"},
		{"Africa/Cairo", "2040-10-26"},
		{"America/Havana", "2024-11-03"},
		{"Australia/Lord_Howe", "2024-04-07"},
		{"Pacific/Apia", "2011-12-30"},      // no such day
		{"Pacific/Kwajalein", "1993-08-21"}, // no such day
		{"America/St_Johns", "2006-10-29"},  // at a minute past midnight it is put back by an hour
		{"America/Goose_Bay", "1988-10-30"}, // by two hours
		{"America/Juneau", "1867-10-19"},    // by a day
	} {
		t.Run(c.zone+" "+c.around, func(t *testing.T) {
			zone, err := time.LoadLocation(c.zone)
			require.NoError(t, err)
			noon, err := time.Parse(time.DateOnly, c.around)
			require.NoError(t, err)
			first := noon.Unix() - 5*86_400
			// What the clock shows at each minute, and later ones do not undercut.
			shown := make([]int64, 10*24*60)
			for i := len(shown) - 1; i >= 0; i-- {
				y, m, d := time.Unix(first+int64(i)*60, 0).In(zone).Date()
				shown[i] = time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86_400
				if i+1 < len(shown) {
					shown[i] = min(shown[i], shown[i+1])
				}
			}
			days := In(zone)
			for range 2_000 {
				i := r.IntN(len(shown))
				at := (first + int64(i)*60) * 1_000_000
				require.Equal(t, shown[i], days.Count(at+r.Int64N(1_000_000)), "at %s", time.UnixMicro(at).In(zone))
				day := shown[i] + r.Int64N(3) - 1
				begins := days.Begin(day)
				require.LessOrEqual(t, day, days.Count(begins), "day %d", day)
				require.Greater(t, day, days.Count(begins-1), "day %d", day)
			}
		})
	}
}
