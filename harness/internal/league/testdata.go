package league

import (
	"fmt"
	"time"
)

// TestdataConfig is the league below testdata: two whole seasons, and one up to
// the evening of the night.
func TestdataConfig() Config {
	return Config{
		Seed:    1,
		Seasons: []string{"2022-23", "2023-24", "2025-26"},
		Through: date(2026, time.January, 2),
	}
}

// Testdata generates the files below testdata: the clean state, and the state
// after the night's backfills, for which only the tables that differ are
// written.
func Testdata() ([]File, error) {
	c := TestdataConfig()
	l, err := Generate(c)
	if err != nil {
		return nil, err
	}
	clean := TeamOffense(l.Lines)
	night := Overwrite(c.Seed, clean, NightBackfills())

	var files []File
	for _, f := range []struct {
		name   string
		encode func() ([]byte, error)
	}{
		{"clean/schedule.csv", func() ([]byte, error) { return encodeCSV(l.Schedule) }},
		{"clean/sheet.csv.gz", func() ([]byte, error) { return encodeCSV(l.Sheet) }},
		{"clean/team_offense.csv.gz", func() ([]byte, error) { return encodeCSV(clean) }},
		{"clean/player_game.csv.gz", func() ([]byte, error) { return encodeCSV(PlayerGames(l.Lines, clean)) }},
		{"night/team_offense.csv.gz", func() ([]byte, error) { return encodeCSV(night) }},
		{"night/player_game.csv.gz", func() ([]byte, error) { return encodeCSV(PlayerGames(l.Lines, night)) }},
	} {
		data, err := f.encode()
		if err != nil {
			return nil, fmt.Errorf("league: %s: %w", f.name, err)
		}
		files = append(files, File{Name: f.name, Data: data})
	}
	return files, nil
}
