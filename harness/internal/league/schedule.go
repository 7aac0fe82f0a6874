package league

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"cloud.google.com/go/civil"
)

const (
	openingDayGames = 2
	mostGamesADay   = 15
	postponements   = 6 // a season
)

// gamesOnWeekday is how many games a day of the week draws.
var gamesOnWeekday = [7]int{
	time.Sunday: 7, time.Monday: 8, time.Tuesday: 6, time.Wednesday: 11,
	time.Thursday: 4, time.Friday: 11, time.Saturday: 7,
}

// schedule returns a season's games sorted by date and id, postponed dates
// included.
func schedule(seed uint64, seasonIndex int) ([]Game, error) {
	s := seasons[seasonIndex]
	r := stream(seed, "schedule", s.name)
	games := pairings(seasonIndex)
	r.Shuffle(len(games), func(i, j int) { games[i], games[j] = games[j], games[i] })

	days := newCalendar(s)
	rows := make([]Game, 0, len(games)+postponements)
	for _, p := range games {
		d, ok := days.choose(r, p)
		if !ok {
			return nil, fmt.Errorf("league: season %s with seed %d: no day is left for %s at %s; use another seed", s.name, seed, p.away, p.home)
		}
		days.take(p, d)
		rows = append(rows, Game{
			GameID:   GameID(days.date(d), p.away, p.home),
			GameDate: days.date(d),
			Season:   s.name,
			AwayTeam: p.away,
			HomeTeam: p.home,
			Status:   StatusFinal,
		})
	}
	rows = postpone(r, days, rows)
	slices.SortFunc(rows, compareGames)
	return rows, nil
}

// GameID writes the id of a game: YYYYMMDD_AWAY_HOME.
func GameID(d civil.Date, away, home string) string {
	return fmt.Sprintf("%04d%02d%02d_%s_%s", d.Year, d.Month, d.Day, away, home)
}

// postpone moves some games to a later date. The game keeps its id: its row
// stays on the first date as postponed, and a second row is the game played.
func postpone(r *rand.Rand, days *calendar, rows []Game) []Game {
	moved := 0
	for _, i := range r.Perm(len(rows)) {
		if moved == postponements {
			break
		}
		p := pairing{away: rows[i].AwayTeam, home: rows[i].HomeTeam}
		first := days.index(rows[i].GameDate)
		days.release(p, first)
		later, ok := days.nextFree(p, first+between(r, 4, 30))
		if !ok {
			days.take(p, first)
			continue
		}
		days.take(p, later)
		played := rows[i]
		played.GameDate = days.date(later)
		rows[i].Status = StatusPostponed
		rows = append(rows, played)
		moved++
	}
	return rows
}
