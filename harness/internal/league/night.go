package league

import (
	"fmt"
	"slices"
	"time"

	"cloud.google.com/go/civil"
)

// Backfill is a run of dates of team_offense written by one job. It deletes a
// date's rows before it writes them, so of two backfills of a date the later
// one is all that is left.
type Backfill struct {
	From, To civil.Date // both inclusive

	// Reversed writes game ids as YYYYMMDD_HOME_AWAY: the code before it was
	// mended.
	Reversed bool

	// Lost is how many of 1000 team rows were never saved, though the job
	// reported success.
	Lost int

	// Truncated are dates of which only the first two team rows were saved.
	Truncated []civil.Date
}

// firstSaved is what was left of a truncated date.
const firstSaved = 2

// NightBackfills are the writes of one night in the order in which they landed.
//
// A long backfill ran on old code that reverses game ids, and a shorter one, on
// mended code, ran at the same time over a part of the same dates. The shorter
// one came later on most dates they share; the stretches on which the long one
// was the last to write follow it. Nothing mended ever touched the newest
// season.
//
// In the league of [TestdataConfig] this leaves usage_rate populated on 47.9 %,
// 47.7 % and 0.0 % of the rows with minutes_played > 0 in the seasons 2022-23,
// 2023-24 and 2025-26. Where the stretches end was chosen for that.
func NightBackfills() []Backfill {
	const lost = 45
	return []Backfill{
		{From: date(2021, time.October, 19), To: date(2026, time.January, 2), Reversed: true, Lost: lost},
		{
			From: date(2021, time.October, 1), To: date(2024, time.May, 1), Lost: lost,
			Truncated: []civil.Date{date(2023, time.March, 13), date(2024, time.March, 10)},
		},
		{From: date(2021, time.October, 19), To: date(2022, time.January, 9), Reversed: true, Lost: lost},
		{From: date(2022, time.October, 18), To: date(2023, time.January, 10), Reversed: true, Lost: lost},
		{From: date(2023, time.October, 24), To: date(2024, time.January, 15), Reversed: true, Lost: lost},
	}
}

// Overwrite returns what is left of team_offense after backfills have landed
// one after another. Rows of dates that none of them covers stay as they are.
func Overwrite(seed uint64, offense []TeamGame, landed []Backfill) []TeamGame {
	var left []TeamGame
	saved := map[civil.Date]int{}
	for _, row := range offense {
		b, ok := lastOn(row.GameDate, landed)
		if !ok {
			left = append(left, row)
			continue
		}
		if slices.Contains(b.Truncated, row.GameDate) && saved[row.GameDate] == firstSaved {
			continue
		}
		if chance(stream(seed, "lost", row.GameID, row.Team), b.Lost) {
			continue
		}
		if b.Reversed {
			row.GameID = reverse(row.GameID)
		}
		saved[row.GameDate]++
		left = append(left, row)
	}
	slices.SortFunc(left, compareTeamGames)
	return left
}

// lastOn returns the last backfill that wrote a date.
func lastOn(d civil.Date, landed []Backfill) (Backfill, bool) {
	for _, b := range slices.Backward(landed) {
		if !d.Before(b.From) && !d.After(b.To) {
			return b, true
		}
	}
	return Backfill{}, false
}

// reverse writes an id of [GameID] the wrong way round.
func reverse(id string) string {
	day, away, home := id[:8], id[9:12], id[13:]
	return fmt.Sprintf("%s_%s_%s", day, home, away)
}
