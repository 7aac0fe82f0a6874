package league

import "slices"

// playGame returns the sheet and the box score of a game, each sorted by team
// and player.
func playGame(seed uint64, g Game, squads map[string][]*player, out func(*player) bool) ([]SheetRow, []Line) {
	r := stream(seed, "game", g.GameID)
	var sheet []SheetRow
	var lines []Line
	list := func(team, status string, players []*player) {
		for _, p := range players {
			sheet = append(sheet, SheetRow{
				GameID: g.GameID, GameDate: g.GameDate, Season: g.Season,
				Team: team, PlayerLookup: p.lookup, Status: status,
			})
		}
	}
	line := func(team, opponent string, p *player) Line {
		return Line{
			GameID: g.GameID, GameDate: g.GameDate, Season: g.Season,
			Team: team, Opponent: opponent, PlayerLookup: p.lookup,
		}
	}

	teams := [2]string{g.HomeTeam, g.AwayTeam}
	var sides [2]*side
	for i, team := range teams {
		play, bench, inactive := dress(r, squads[team], out)
		list(team, StatusPlayed, play)
		list(team, StatusDNP, bench)
		list(team, StatusInactive, inactive)
		for _, p := range bench {
			l := line(team, teams[1-i], p)
			l.DNP = true
			lines = append(lines, l)
		}
		sides[i] = newSide(r, play)
	}
	decide(r, sides[0], sides[1])
	for i, team := range teams {
		for j, p := range sides[i].players {
			l := line(team, teams[1-i], p)
			l.Tenths = int64(sides[i].minutes[j])
			l.Stats = sides[i].stats[j]
			lines = append(lines, l)
		}
	}
	slices.SortFunc(sheet, compareSheetRows)
	slices.SortFunc(lines, compareLines)
	return sheet, lines
}
