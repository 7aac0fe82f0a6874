package league

import "cmp"

// Rows are sorted by game date, game id, team and player, as far as they have
// them.

func compareGames(a, b Game) int {
	return cmp.Or(a.GameDate.Compare(b.GameDate), cmp.Compare(a.GameID, b.GameID))
}

func compareSheetRows(a, b SheetRow) int {
	return cmp.Or(
		a.GameDate.Compare(b.GameDate),
		cmp.Compare(a.GameID, b.GameID),
		cmp.Compare(a.Team, b.Team),
		cmp.Compare(a.PlayerLookup, b.PlayerLookup),
	)
}

func compareLines(a, b Line) int {
	return cmp.Or(
		a.GameDate.Compare(b.GameDate),
		cmp.Compare(a.GameID, b.GameID),
		cmp.Compare(a.Team, b.Team),
		cmp.Compare(a.PlayerLookup, b.PlayerLookup),
	)
}

func compareTeamGames(a, b TeamGame) int {
	return cmp.Or(a.GameDate.Compare(b.GameDate), cmp.Compare(a.GameID, b.GameID), cmp.Compare(a.Team, b.Team))
}
