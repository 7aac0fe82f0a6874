package league

import (
	"regexp"
	"testing"
	"time"

	"cloud.google.com/go/civil"
)

func TestPairingsAreThoseOfTheSport(t *testing.T) {
	for i := range seasons {
		games, home, met := map[string]int{}, map[string]int{}, map[[2]string]int{}
		for _, p := range pairings(i) {
			games[p.away]++
			games[p.home]++
			home[p.home]++
			met[[2]string{min(p.away, p.home), max(p.away, p.home)}]++
		}
		for _, team := range Teams() {
			if games[team] != 82 || home[team] != 41 {
				t.Errorf("%s: %s plays %d games, %d at home; want 82 and 41", seasons[i].name, team, games[team], home[team])
			}
		}
		if len(met) != 30*29/2 {
			t.Errorf("%s: %d pairs of teams meet, want all %d", seasons[i].name, len(met), 30*29/2)
		}
	}
}

func TestEveryTeamPlays82Games(t *testing.T) {
	type key struct{ season, team string }
	played := map[key]int{}
	for _, g := range wholeLeague(t).Schedule {
		if g.Status == StatusFinal {
			played[key{g.Season, g.AwayTeam}]++
			played[key{g.Season, g.HomeTeam}]++
		}
	}
	for _, s := range Seasons() {
		for _, team := range Teams() {
			if n := played[key{s, team}]; n != 82 {
				t.Errorf("%s: %s played %d games, want 82", s, team, n)
			}
		}
	}
}

func TestSeasonsStartAndPauseOnTheirRealDays(t *testing.T) {
	first, last, onDate := map[string]civil.Date{}, map[string]civil.Date{}, map[civil.Date]bool{}
	for _, g := range wholeLeague(t).Schedule {
		if _, ok := first[g.Season]; !ok {
			first[g.Season] = g.GameDate
		}
		last[g.Season] = g.GameDate
		onDate[g.GameDate] = true
	}
	for season, want := range map[string][2]civil.Date{
		"2021-22": {date(2021, time.October, 19), date(2022, time.April, 10)},
		"2022-23": {date(2022, time.October, 18), date(2023, time.April, 9)},
		"2023-24": {date(2023, time.October, 24), date(2024, time.April, 14)},
		"2024-25": {date(2024, time.October, 22), date(2025, time.April, 13)},
		"2025-26": {date(2025, time.October, 21), date(2026, time.April, 12)},
	} {
		if got := [2]civil.Date{first[season], last[season]}; got != want {
			t.Errorf("%s lasts from %v through %v, want %v through %v", season, got[0], got[1], want[0], want[1])
		}
	}
	for _, empty := range [][2]civil.Date{
		{date(2023, time.February, 17), date(2023, time.February, 22)},
		{date(2024, time.February, 16), date(2024, time.February, 21)},
		{date(2025, time.February, 14), date(2025, time.February, 18)},
		{date(2026, time.February, 13), date(2026, time.February, 18)},
		{date(2023, time.November, 23), date(2023, time.November, 23)}, // Thanksgiving
		{date(2025, time.December, 24), date(2025, time.December, 24)},
	} {
		for d := empty[0]; !d.After(empty[1]); d = d.AddDays(1) {
			if onDate[d] {
				t.Errorf("a game on %v, a day of rest", d)
			}
		}
	}
	if !onDate[date(2026, time.February, 12)] || !onDate[date(2026, time.February, 19)] {
		t.Error("no game on 2026-02-12 or 2026-02-19, the days around the All-Star break")
	}
}

func TestNoTeamTwiceOnADate(t *testing.T) {
	type key struct {
		date civil.Date
		team string
	}
	seen := map[key]string{}
	for _, g := range wholeLeague(t).Schedule {
		if g.Status != StatusFinal {
			continue
		}
		for _, team := range []string{g.AwayTeam, g.HomeTeam} {
			k := key{g.GameDate, team}
			if other, ok := seen[k]; ok {
				t.Errorf("%s plays %s and %s on %v", team, other, g.GameID, g.GameDate)
			}
			seen[k] = g.GameID
		}
	}
}

func TestPostponedGameKeepsItsID(t *testing.T) {
	byID, postponed := map[string][]Game{}, map[string]int{}
	for _, g := range wholeLeague(t).Schedule {
		byID[g.GameID] = append(byID[g.GameID], g)
	}
	for id, rows := range byID {
		switch {
		case len(rows) == 1:
			if rows[0].Status != StatusFinal || id != GameID(rows[0].GameDate, rows[0].AwayTeam, rows[0].HomeTeam) {
				t.Errorf("game with one row is not final under its own id: %+v", rows[0])
			}
		case len(rows) == 2:
			first, played := rows[0], rows[1]
			if first.Status != StatusPostponed || played.Status != StatusFinal || !first.GameDate.Before(played.GameDate) ||
				id != GameID(first.GameDate, first.AwayTeam, first.HomeTeam) {
				t.Errorf("rows are not first postponed, then final, under the id of the first date: %+v", rows)
			}
			postponed[first.Season]++
		default:
			t.Errorf("%s occurs %d times: %+v", id, len(rows), rows)
		}
	}
	for _, s := range Seasons() {
		if postponed[s] != postponements {
			t.Errorf("%s has %d postponed games, want %d", s, postponed[s], postponements)
		}
	}
}

func TestGameID(t *testing.T) {
	if got, want := GameID(date(2023, time.October, 24), "LAL", "DEN"), "20231024_LAL_DEN"; got != want {
		t.Errorf("GameID is %q, want %q", got, want)
	}
	form := regexp.MustCompile(`^\d{8}_[A-Z]{3}_[A-Z]{3}$`)
	for _, g := range wholeLeague(t).Schedule {
		if !form.MatchString(g.GameID) {
			t.Errorf("game id %q is not YYYYMMDD_AWAY_HOME", g.GameID)
		}
	}
}

func TestScheduleIsFoundForOtherSeeds(t *testing.T) {
	for seed := range uint64(10) {
		games, err := schedule(seed, 2)
		if err != nil {
			t.Error(err)
		} else if want := 30*82/2 + postponements; len(games) != want {
			t.Errorf("seed %d: the schedule has %d rows, want %d", seed, len(games), want)
		}
	}
}
