package claim

import (
	"math/rand/v2"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func day(t testing.TB, text string) civil.Date {
	t.Helper()
	if text == "" {
		return civil.Date{}
	}
	d, err := civil.ParseDate(text)
	require.NoError(t, err)
	return d
}

func dates(t testing.TB, from, to string) Dates {
	t.Helper()
	return Dates{day(t, from), day(t, to)}
}

func TestDatesInCommon(t *testing.T) {
	for _, c := range []struct {
		a, b   [2]string
		common string
		days   int // -1 is without number
	}{
		// 18 days are left of October 2021, and 2022, 2023, 2024 to April have
		// 61+365+365+121 days more, and one is of May.
		{[2]string{"2021-10-19", "2026-01-02"}, [2]string{"2021-10-01", "2024-05-01"}, "2021-10-19..2024-05-01", 13 + 61 + 365 + 365 + 121 + 1},
		{[2]string{"2026-01-01", "2026-01-02"}, [2]string{"2026-01-02", "2026-01-03"}, "2026-01-02", 1},
		{[2]string{"2026-01-01", "2026-01-02"}, [2]string{"2026-01-03", "2026-01-04"}, "", 0},
		{[2]string{"2026-01-01", "2026-01-04"}, [2]string{"2026-01-02", "2026-01-03"}, "2026-01-02..2026-01-03", 2},
		{[2]string{"", ""}, [2]string{"2026-01-01", "2026-01-03"}, "2026-01-01..2026-01-03", 3},
		{[2]string{"", ""}, [2]string{"", ""}, "all dates", -1},
		{[2]string{"", "2026-01-01"}, [2]string{"2026-01-01", ""}, "2026-01-01", 1},
		{[2]string{"", "2026-01-01"}, [2]string{"2026-01-02", ""}, "", 0},
		{[2]string{"2026-01-05", ""}, [2]string{"2026-01-01", ""}, "all dates from 2026-01-05", -1},
		{[2]string{"", "2026-01-05"}, [2]string{"", "2026-01-01"}, "all dates to 2026-01-01", -1},
		{[2]string{"2024-02-28", "2024-03-01"}, [2]string{"", ""}, "2024-02-28..2024-03-01", 3}, // a leap year
	} {
		a, b := dates(t, c.a[0], c.a[1]), dates(t, c.b[0], c.b[1])
		for range 2 {
			common, ok := a.Common(b)
			assert.Equal(t, c.common != "", ok, "%s and %s", a, b)
			if ok {
				assert.Equal(t, c.common, common.String())
				days, known := common.Days()
				assert.Equal(t, c.days >= 0, known)
				if known {
					assert.Equal(t, c.days, days, "%s", common)
				}
				assert.True(t, a.Covers(common) && b.Covers(common))
			}
			assert.Equal(t, ok && common == b, a.Covers(b))
			a, b = b, a
		}
	}
}

func TestDatesThatAreNone(t *testing.T) {
	assert.ErrorContains(t, dates(t, "2026-01-02", "2026-01-01").Check(), "2026-01-02..2026-01-01")
	assert.ErrorContains(t, Dates{From: civil.Date{Year: 2026, Month: 2, Day: 30}}.Check(), "2026-02-30 is no date")
	assert.NoError(t, Dates{}.Check())
	assert.NoError(t, dates(t, "2026-01-01", "").Check())
}

// world is a clock that tests move, and claims by it.
type world struct {
	t   *testing.T
	now time.Time
	log Log
	ids byte // how many managers there were, each with ids of its own
}

func newWorld(t *testing.T) *world {
	return &world{t, time.Date(2026, 1, 2, 22, 0, 0, 0, time.UTC), &Memory{}, 0}
}

func (w *world) manager() *Manager {
	w.ids++
	m, err := NewManager(w.log, Options{Now: func() time.Time { return w.now }, Rand: rand.NewChaCha8([32]byte{w.ids})})
	require.NoError(w.t, err)
	return m
}

// The two backfills of one night, the second of which began earlier and ended earlier.
func TestASecondBackfillIsRefused(t *testing.T) {
	w := newWorld(t)
	m := w.manager()
	first, err := m.Acquire(t.Context(), Request{Table: "nba.team_offense", Dates: dates(t, "2021-10-19", "2026-01-02"), Owner: "ann", Purpose: "the bug fix"})
	require.NoError(t, err)
	assert.Equal(t, int64(1), first.Token())
	w.now = w.now.Add(time.Minute)
	_, err = m.Acquire(t.Context(), Request{Table: "nba.team_offense", Dates: dates(t, "2021-10-01", "2024-05-01"), Owner: "bob"})
	var conflict *ConflictError
	require.ErrorAs(t, err, &conflict)
	assert.Equal(t, first.Claim(), conflict.Holder)
	assert.EqualError(t, err, `nba.team_offense is claimed: ann holds 2021-10-19..2026-01-02 since 2026-01-02T22:00:00Z for "the bug fix", `+
		"926 days of the 944 days asked for (2021-10-01..2024-05-01) in common: 2021-10-19..2024-05-01; "+
		"it expires at 2026-01-02T22:10:00Z unless renewed: --wait for its end, or take other dates")
	require.NoError(t, first.Release(t.Context()))
	second, err := m.Acquire(t.Context(), Request{Table: "nba.team_offense", Dates: dates(t, "2021-10-01", "2024-05-01"), Owner: "bob"})
	require.NoError(t, err)
	assert.Equal(t, int64(2), second.Token())
}
