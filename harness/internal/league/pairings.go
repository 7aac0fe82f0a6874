package league

// pairing is a game that has no date yet.
type pairing struct {
	away, home string
}

// pairings returns the 1,230 games of a season. Every team plays 82, 41 of them
// at home: 4 against each team of its division, 4 or 3 against the other teams
// of its conference, 2 against each team of the other conference. Who is met
// only 3 times goes round with the season.
func pairings(seasonIndex int) []pairing {
	var games []pairing
	host := func(home, away string, times int) {
		for range times {
			games = append(games, pairing{away: away, home: home})
		}
	}
	for a := range divisions {
		for b := a; b < len(divisions); b++ {
			sameConference := a/divisionsPerConference == b/divisionsPerConference
			for i, home := range divisions[a] {
				for j, away := range divisions[b] {
					if a == b && j <= i {
						continue // each pair of a division once
					}
					atFirst, atSecond := 2, 2
					if !sameConference {
						atFirst, atSecond = 1, 1
					} else if a != b {
						// Of the five offsets two are met 3 times; one has the
						// second game at home, the other one away.
						switch (j - i + len(divisions[b]) + seasonIndex) % len(divisions[b]) {
						case 0:
							atFirst = 1
						case 1:
							atSecond = 1
						}
					}
					host(home, away, atFirst)
					host(away, home, atSecond)
				}
			}
		}
	}
	return games
}
