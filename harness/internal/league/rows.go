package league

import "cloud.google.com/go/civil"

// Statuses of a game in the schedule.
const (
	StatusFinal     = "final"
	StatusPostponed = "postponed" // played later, under the same id
)

// Statuses of a player on a game's sheet.
const (
	StatusPlayed   = "played"
	StatusDNP      = "dnp"      // dressed, did not play
	StatusInactive = "inactive" // not dressed: no row in the box score
)

// Game is a row of the schedule. Its key is (game_id, game_date): a postponed
// game keeps the id of its first date and occurs again on the date it is played.
type Game struct {
	GameID   string     `bigquery:"game_id"` // YYYYMMDD_AWAY_HOME
	GameDate civil.Date `bigquery:"game_date"`
	Season   string     `bigquery:"season"`
	AwayTeam string     `bigquery:"away_team"`
	HomeTeam string     `bigquery:"home_team"`
	Status   string     `bigquery:"status"`
}

// SheetRow is a player on the sheet of a game: the list, independent of the
// box score, of who was due.
type SheetRow struct {
	GameID       string     `bigquery:"game_id"`
	GameDate     civil.Date `bigquery:"game_date"`
	Season       string     `bigquery:"season"`
	Team         string     `bigquery:"team"`
	PlayerLookup string     `bigquery:"player_lookup"`
	Status       string     `bigquery:"status"`
}

// Line is a player's line of the raw box score. Of a player who did not play
// the numbers are 0 and mean nothing.
type Line struct {
	GameID       string
	GameDate     civil.Date
	Season       string
	Team         string
	Opponent     string
	PlayerLookup string
	DNP          bool
	Tenths       int64 // time on court in tenths of a minute
	Stats
}

// Stats are the counts of a box score, a player's or a team's.
type Stats struct {
	FieldGoalsMade    int64 // three-pointers included
	FieldGoalAttempts int64
	ThreePointersMade int64
	FreeThrowsMade    int64
	FreeThrowAttempts int64
	OffensiveRebounds int64
	Rebounds          int64
	Assists           int64
	Turnovers         int64
}

// Points are what the made shots are worth.
func (s Stats) Points() int64 {
	return 2*(s.FieldGoalsMade-s.ThreePointersMade) + 3*s.ThreePointersMade + s.FreeThrowsMade
}

func (s *Stats) add(o Stats) {
	s.FieldGoalsMade += o.FieldGoalsMade
	s.FieldGoalAttempts += o.FieldGoalAttempts
	s.ThreePointersMade += o.ThreePointersMade
	s.FreeThrowsMade += o.FreeThrowsMade
	s.FreeThrowAttempts += o.FreeThrowAttempts
	s.OffensiveRebounds += o.OffensiveRebounds
	s.Rebounds += o.Rebounds
	s.Assists += o.Assists
	s.Turnovers += o.Turnovers
}

// TeamGame is a row of team_offense: a team's totals in a game.
type TeamGame struct {
	GameID            string     `bigquery:"game_id"`
	GameDate          civil.Date `bigquery:"game_date"`
	Season            string     `bigquery:"season"`
	Team              string     `bigquery:"team"`
	Opponent          string     `bigquery:"opponent"`
	WinFlag           bool       `bigquery:"win_flag"`
	Minutes           int64      `bigquery:"minutes"` // of all players: 240, and 25 more for each overtime
	Points            int64      `bigquery:"points"`
	FieldGoalsMade    int64      `bigquery:"field_goals_made"`
	FieldGoalAttempts int64      `bigquery:"field_goal_attempts"`
	ThreePointersMade int64      `bigquery:"three_pointers_made"`
	FreeThrowsMade    int64      `bigquery:"free_throws_made"`
	FreeThrowAttempts int64      `bigquery:"free_throw_attempts"`
	OffensiveRebounds int64      `bigquery:"offensive_rebounds"`
	Rebounds          int64      `bigquery:"rebounds"`
	Assists           int64      `bigquery:"assists"`
	Turnovers         int64      `bigquery:"turnovers"`
	Pace              float64    `bigquery:"pace"` // possessions in 48 minutes
}

// PlayerGame is a row of player_game: a player's numbers in a game, with what
// is derived from them. A nil pointer is NULL; no two fields share a pointer.
type PlayerGame struct {
	GameID            string     `bigquery:"game_id"`
	GameDate          civil.Date `bigquery:"game_date"`
	Season            string     `bigquery:"season"`
	Team              string     `bigquery:"team"`
	Opponent          string     `bigquery:"opponent"`
	PlayerLookup      string     `bigquery:"player_lookup"`
	IsDNP             *bool      `bigquery:"is_dnp"`
	MinutesPlayed     *float64   `bigquery:"minutes_played"`
	Points            *int64     `bigquery:"points"`
	FieldGoalsMade    *int64     `bigquery:"field_goals_made"`
	FieldGoalAttempts *int64     `bigquery:"field_goal_attempts"`
	ThreePointersMade *int64     `bigquery:"three_pointers_made"`
	FreeThrowsMade    *int64     `bigquery:"free_throws_made"`
	FreeThrowAttempts *int64     `bigquery:"free_throw_attempts"`
	OffensiveRebounds *int64     `bigquery:"offensive_rebounds"`
	Rebounds          *int64     `bigquery:"rebounds"`
	Assists           *int64     `bigquery:"assists"`
	Turnovers         *int64     `bigquery:"turnovers"`
	UsageRate         *float64   `bigquery:"usage_rate"` // share of the team's plays while on court, in percent
}
