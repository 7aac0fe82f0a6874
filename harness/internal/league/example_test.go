package league_test

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/harness/internal/league"
)

// One evening, with a team row lost: its players stay without a usage rate.
func Example() {
	opening := civil.Date{Year: 2023, Month: time.October, Day: 24}
	l, err := league.Generate(league.Config{Seed: 1, From: opening, Through: opening})
	if err != nil {
		fmt.Println(err)
		return
	}
	offense := league.TeamOffense(l.Lines)
	missing := map[string]bool{}
	for _, p := range league.PlayerGames(l.Lines, offense[1:]) {
		if p.MinutesPlayed != nil && p.UsageRate == nil {
			missing[p.Team] = true
		}
	}
	fmt.Println(len(l.Schedule), "games,", len(offense), "teams, without a usage rate:", len(missing))
	// Output: 2 games, 4 teams, without a usage rate: 1
}
