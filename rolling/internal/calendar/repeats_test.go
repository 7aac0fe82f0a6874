package calendar

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The clocks of St. John's were put back an hour one minute after midnight, from 1987
// to 2010: for a minute they showed the next day, and then the day before again.
func TestRepeats(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	require.Empty(t, Repeats(newYork))
	require.Empty(t, Repeats(time.UTC))
	stJohns, err := time.LoadLocation("America/St_Johns")
	require.NoError(t, err)
	back := time.Date(2010, time.November, 7, 2, 31, 0, 0, time.UTC) // 00:01 of the 7th by the clock of summer
	require.Contains(t, Repeats(stJohns), Repeat{
		From: back.Add(-time.Minute).UnixMicro(), To: back.UnixMicro(),
		Day: time.Date(2010, time.November, 6, 0, 0, 0, 0, time.UTC).Unix() / 86_400,
	})
}

// A time counts to the day that the clock shows, but for repeats.
func TestRepeatsAreAllThatACalendarDiffersByFromTheClock(t *testing.T) {
	for _, name := range []string{"America/St_Johns", "America/New_York", "Pacific/Kwajalein", "Africa/Cairo"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		repeats := Repeats(zone)
		rapid.Check(t, func(t *rapid.T) {
			at := rapid.Int64Range(leastTimestamp, mostTimestamp).Draw(t, "at")
			if len(repeats) > 0 && rapid.Bool().Draw(t, "near") {
				r := rapid.SampledFrom(repeats).Draw(t, "repeat")
				at = rapid.Int64Range(r.From-dayMicros, r.To+dayMicros).Draw(t, "at it")
			}
			_, offset := time.UnixMicro(at).In(zone).Zone()
			want := dayOf(at + int64(offset)*1_000_000)
			for _, r := range repeats {
				if r.From <= at && at < r.To {
					want = r.Day
				}
			}
			c := In(zone)
			require.Equal(t, want, c.Count(at))
		})
	}
}
