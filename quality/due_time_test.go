package quality_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
)

func TestDueTimesAreWrittenAsTheyAreRead(t *testing.T) {
	for text, want := range map[string]quality.DueTime{
		"06:00 America/New_York + 36h": {Clock: 6 * time.Hour, Zone: "America/New_York", After: 36 * time.Hour},
		"23:59 UTC":                    {Clock: 23*time.Hour + 59*time.Minute, Zone: "UTC"},
		"00:00":                        {},
		"12:30 + 1h30m":                {Clock: 12*time.Hour + 30*time.Minute, After: 90 * time.Minute},
		"08:00 Etc/GMT+5 + 2h":         {Clock: 8 * time.Hour, Zone: "Etc/GMT+5", After: 2 * time.Hour},
	} {
		got, err := quality.ParseDueTime(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
		require.Equal(t, text, got.String())
	}
	for text, after := range map[string]time.Duration{"1d": 24 * time.Hour, "1d12h": 36 * time.Hour} {
		got, err := quality.ParseDueTime("06:00 UTC + " + text)
		require.NoError(t, err, text)
		require.Equal(t, after, got.After)
	}
	for text, says := range map[string]string{
		"6:00":                `"6:00" is no due time: write a time of the day, a zone and how long after, such as 06:00 America/New_York + 36h`,
		"25:00 UTC":           "25:00 is no time of the day",
		"06:00 Mars/Olympus":  `due: zone "Mars/Olympus" is no time zone`,
		"06:00 UTC + 2 days":  "is no due time",
		"06:00 UTC + 2w":      `"2w" is no length of time: write one such as 36h, 90m or 1d12h`,
		"06:00 UTC + 0h":      `"0h" is no length of time`,
		"06:00 UTC + -2h":     `"-2h" is no length of time`,
		"06:00 UTC + 100000h": "after is not between 0 and ten years",
		"":                    "is no due time",
	} {
		_, err := quality.ParseDueTime(text)
		require.ErrorContains(t, err, says, text)
	}
}

// The last day that is due is so, and the one after it is not: whatever the clocks do.
func TestTheLastDayThatIsDue(t *testing.T) {
	zones := []string{"UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu"}
	rapid.Check(t, func(t *rapid.T) {
		due := quality.DueTime{
			Clock: time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minutes")) * time.Minute,
			Zone:  rapid.SampledFrom(zones).Draw(t, "zone"),
			After: time.Duration(rapid.IntRange(0, 100).Draw(t, "after")) * time.Hour,
		}
		zone, err := time.LoadLocation(due.Zone)
		require.NoError(t, err)
		now := time.Date(2005, 1, 1, 0, 0, rapid.IntRange(0, 20*365*24*3600).Draw(t, "now"), 0, time.UTC)
		last := due.Last(now, zone)
		require.False(t, due.Of(last, zone).After(now))
		require.True(t, due.Of(last.AddDays(1), zone).After(now))
	})
}

// By the clock of New York, which shows no 02:30 on 10 March 2024, and 01:30 twice on 3
// November.
func TestDueTimesOverAChangeOfClocks(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	for _, c := range []struct {
		day  civil.Date
		due  string
		want string
	}{
		{day(2024, 3, 9), "02:30", "2024-03-09T07:30:00Z"},
		{day(2024, 3, 10), "02:30", "2024-03-10T07:00:00Z"}, // when they go forward
		{day(2024, 3, 11), "02:30", "2024-03-11T06:30:00Z"},
		{day(2024, 11, 3), "01:30", "2024-11-03T05:30:00Z"}, // the first time
		{day(2024, 3, 9), "06:00 + 36h", "2024-03-10T23:00:00Z"},
	} {
		due, err := quality.ParseDueTime(c.due)
		require.NoError(t, err)
		require.Equal(t, c.want, due.Of(c.day, zone).UTC().Format(time.RFC3339), "%s of %s", c.due, c.day)
	}
}
