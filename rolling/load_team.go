package rolling

import "github.com/intactdata/intact/rolling/internal/schedule"

// ByTeam makes expected keys for the entities of rows out of the games of their
// teams, where only games are known and not who was on the sheet. team says the
// team of each row; the entity of a key of games is its team. The rows' order may
// be unknown to the schedule: then any row of a team at a time is its game.
//
// A game of which no row of the team exists is missing for every entity whose
// newest earlier row of the game's own reset carries that team, unless the entity
// has a row of its own at that key: a team is not carried from one season into the
// next. Where the game is there and the entity's row is not, the entity was not on
// the sheet: the key is excused.
//
// This finds lost games, not lost rows of a game that is there, and not the lost
// game of an entity's debut, of its first in a season or for another team, for no
// earlier row carries that team: hold the rows of each game against its sheet as well.
func ByTeam(rows Rows, team []int32, games Expected) (Expected, error) {
	made, err := schedule.ByTeam(rows.columns(), team, games.keys())
	if err != nil {
		return Expected{}, err
	}
	return Expected{
		Keys:    Keys{Entity: Entities{made.Entity}, At: Times{made.At}, Order: made.Order, Reset: made.Reset},
		Excused: made.Excused, Due: made.Due,
	}, nil
}
