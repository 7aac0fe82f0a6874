package rolling_test

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // not every machine has the zones

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// changes are days around which the clock of a zone does something, or is a
// fraction of an hour off.
var changes = []struct{ zone, day string }{
	{"UTC", "2024-01-10"},
	{"America/New_York", "2024-03-10"}, // summer time begins
	{"America/New_York", "2024-11-03"}, // and ends
	{"America/New_York", "2051-11-05"}, // by a rule for all years to come
	{"Australia/Sydney", "2024-04-07"},
	{"America/Sao_Paulo", "2018-11-04"}, // midnight does not exist
	{"America/Sao_Paulo", "2019-02-17"}, // at midnight the clock is put back by an hour
	{"Africa/Cairo", "2023-04-28"},      // midnight does not exist
	{"Africa/Cairo", "2023-10-27"},
	{"America/Havana", "2024-11-03"}, // midnight comes twice on one day
	{"Asia/Beirut", "2022-03-27"},    // midnight does not exist
	{"Asia/Kolkata", "2024-05-05"},
	{"Asia/Kathmandu", "2024-05-05"},
	{"Australia/Adelaide", "2024-10-06"},
	{"Australia/Lord_Howe", "2024-04-07"}, // half an hour of summer time
	{"America/St_Johns", "2024-11-03"},
	{"Pacific/Chatham", "2024-09-29"},
	{"Pacific/Apia", "2011-12-30"},      // the day does not exist
	{"Pacific/Kwajalein", "1969-09-30"}, // the day has 47 hours
	{"Antarctica/Troll", "2024-03-31"},  // two hours of summer time
	{"America/New_York", "1883-11-18"},  // four minutes come twice
}

func zoneNamed(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// randomZone is a zone and a day a while before something happens there.
func randomZone(r *rand.Rand) (zone *time.Location, firstDay int64) {
	c := changes[r.IntN(len(changes))]
	return zoneNamed(c.zone), int64(rolling.Day(date(c.day))) - r.Int64N(12)
}

// time is a time on a day of the history. On the days of a zone it is often close to
// midnight there.
func (h *randomHistory) time(r *rand.Rand, day int64) int64 {
	switch n := &h.naive; {
	case n.zone != nil:
		y, m, d := time.Unix((h.firstDay+day)*86_400, 0).UTC().Date()
		t := time.Date(y, m, d, []int{0, 0, 0, 1, 13, 20, 23}[r.IntN(7)], 15*r.IntN(4), 0, 0, n.zone)
		return t.UnixMicro() - r.Int64N(2)
	case n.perDay > 1:
		return day*n.perDay + r.Int64N(3)*n.perDay/4
	}
	return day
}

// What a range of days needs is kept, whenever the calculator drops what it needs no
// more.
func TestCalculatorKeepsTheDaysOfAZone(t *testing.T) {
	zone := zoneNamed("America/New_York")
	spec, err := rolling.New(rolling.Count("x"), rolling.Days(3))
	require.NoError(t, err)
	stream, err := rolling.NewStream(rolling.StreamConfig{
		Columns: []rolling.Column{rolling.Float64s("x", nil, nil)}, Specs: []rolling.Spec{spec}, Timestamps: true, Zone: zone,
	})
	require.NoError(t, err)
	c := stream.Calculator()
	pushed := map[int32]int64{} // rows of each day
	for at := time.Date(2024, 10, 1, 0, 0, 0, 0, zone); at.Month() < 12; at = at.Add(5 * time.Hour) {
		require.NoError(t, c.Push(rolling.Observation{At: at.UnixMicro(), Counted: rolling.True, Values: []rolling.Value{rolling.Float64(1)}}))
		day := rolling.Day(civil.DateOf(at))
		pushed[day]++
		a, err := c.Window(0, rolling.Point{At: at.UnixMicro()}, 0)
		require.NoError(t, err)
		if n, reason := a.Int64(); reason != rolling.Warmup {
			require.Equal(t, rolling.Whole, reason)
			require.Equal(t, pushed[day-1]+pushed[day-2]+pushed[day-3], n, "as of %s", at)
		}
	}
}

// A double-header is of one day: neither game sees the other, and both see the days
// before, as dates would.
func TestDaysOfAZoneAndOf24Hours(t *testing.T) {
	at := func(text string) int64 {
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return at.UnixMicro()
	}
	games := []int64{
		at("2024-11-01T20:00:00-04:00"), at("2024-11-02T13:00:00-04:00"), at("2024-11-02T20:00:00-04:00"),
		at("2024-11-03T12:00:00-05:00"), // the day has 25 hours
	}
	yesterday, err := rolling.New(rolling.Count("x"), rolling.Days(1))
	require.NoError(t, err)
	today, err := rolling.New(rolling.Count("x"), rolling.Days(1), rolling.Including())
	require.NoError(t, err)
	for name, c := range map[string]struct {
		zone             *time.Location
		yesterday, today []int64
	}{
		"New York": {zoneNamed("America/New_York"), []int64{0, 1, 1, 2}, []int64{1, 1, 2, 1}},
		"UTC":      {time.UTC, []int64{0, 0, 2, 2}, []int64{1, 2, 1, 2}}, // 20:00 in New York is the next day
		"24 hours": {nil, []int64{0, 1, 2, 2}, []int64{1, 2, 2, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			from := int64(0) // long before
			var res rolling.Result
			require.NoError(t, rolling.Compute(&res, &rolling.Batch{
				Rows:    rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 4}), At: rolling.Timestamps(games)}},
				Columns: []rolling.Column{rolling.Float64s("x", make([]float64, 4), nil)},
				Specs:   []rolling.Spec{yesterday, today}, Zone: c.zone, HistoryFrom: &from,
			}))
			for spec, want := range [][]int64{c.yesterday, c.today} {
				for i := range games {
					n, reason := res.Windows(spec).Int64(i)
					require.Equal(t, rolling.Whole, reason)
					require.Equal(t, want[i], n, "%s as of game %d", res.Windows(spec).Spec(), i)
				}
			}
		})
	}
}

// What a clock on the wall shows has days of its own, and its keys no zone.
func TestDatetimesHaveTheDaysOfTheirClock(t *testing.T) {
	const hour = 3_600_000_000
	spec, err := rolling.New(rolling.Count("x"), rolling.Days(1))
	require.NoError(t, err)
	from := int64(-1)
	b := rolling.Batch{
		Rows:     rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 2}), At: rolling.Datetimes([]int64{13 * hour, 24 * hour})}},
		Expected: &rolling.Expected{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 2}), At: rolling.Datetimes([]int64{13 * hour, 23*hour + 1})}},
		Columns:  []rolling.Column{rolling.Float64s("x", make([]float64, 2), nil)},
		Specs:    []rolling.Spec{spec}, Zone: zoneNamed("America/New_York"), HistoryFrom: &from,
	}
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &b))
	require.Equal(t, "gap: 1970-01-01 23:00:00.000001 expected and without a row (1 of 2 places missing): load what is lost and compute again", res.Windows(0).Message(1))
	b.Expected.At = rolling.Timestamps([]int64{13 * hour, 23 * hour})
	require.ErrorContains(t, rolling.Compute(&res, &b), "these times are timestamps and the rows' are datetimes")
}

// What was kept by the days of one zone is not gone on with by those of another.
func TestSnapshotOfAnotherZoneIsRefused(t *testing.T) {
	spec, err := rolling.Parse("x_sum_3d")
	require.NoError(t, err)
	in := func(zone *time.Location) *rolling.Stream {
		s, err := rolling.NewStream(rolling.StreamConfig{
			Columns: []rolling.Column{rolling.Float64s("x", nil, nil)}, Specs: []rolling.Spec{spec}, Timestamps: true, Zone: zone,
		})
		require.NoError(t, err)
		return s
	}
	kept := in(zoneNamed("America/New_York")).Calculator().Snapshot(nil)
	_, err = in(zoneNamed("America/New_York")).Restore(kept)
	require.NoError(t, err)
	for _, zone := range []*time.Location{nil, time.UTC} {
		_, err = in(zone).Restore(kept)
		require.ErrorIs(t, err, rolling.ErrSnapshot)
		require.ErrorContains(t, err, "days of America/New_York")
	}
}

// A zone that another machine knows as another, or not at all, is none.
func TestZonesNeedAName(t *testing.T) {
	b := soundBatch(t)
	for _, zone := range []*time.Location{time.FixedZone("Local", 3600), time.FixedZone("", 3600)} {
		b.Zone = zone
		require.ErrorContains(t, rolling.Compute(new(rolling.Result), b), "no name that means the same everywhere")
		_, err := rolling.NewStream(rolling.StreamConfig{Columns: b.Columns, Specs: b.Specs, Timestamps: true, Zone: zone})
		require.ErrorContains(t, err, "no name that means the same everywhere")
	}
	micros := int64(1_700_000_000_000_000)
	b.Zone, b.HistoryFrom = time.UTC, &micros
	require.ErrorContains(t, rolling.Compute(new(rolling.Result), b), "with a zone it is counted in days, and 1700000000000000 days")
}
