package suitefile_test

import (
	"encoding/json"
	"fmt"
	"log"
	"testing/fstest"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

func ExampleLoad() {
	fsys := fstest.MapFS{"player_game.yaml": &fstest.MapFile{Data: []byte(`
suite: player_game_summary
table: nba_analytics.player_game_summary
date: game_date
source: player_game.csv.gz
checks:
  - complete: usage_rate
    where: minutes_played > 0
    by: season
    at_least: 95%
  - unique: [game_date, player_lookup]
`)}}
	files, err := suitefile.Load(fsys, "player_game.yaml", standard.Kinds()...)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range files {
		fmt.Println(f.Suite.Name, "from", f.Sources)
		for _, r := range f.Suite.Rules {
			fmt.Println("-", r.Describe().Claim)
		}
	}
	// Output:
	// player_game_summary from [player_game.csv.gz]
	// - usage_rate populated at_least 95%
	// - (game_date, player_lookup) is unique
}

func ExampleParse_mistakes() {
	_, err := suitefile.Parse("player_game.yaml", []byte(`
suite: player_game_summary
table: nba_analytics.player_game_summary
checks:
  - complete: usage_rate
    where: minutes_played >
    atleast: 95%
  - rows: {at_least: 95%}
`), standard.Kinds()...)
	fmt.Println(err)
	// Output:
	// suite player_game.yaml:6:28: where: a value is expected, but the text ends
	// suite player_game.yaml:7:5: unknown key "atleast" (did you mean "at_least"?)
	// suite player_game.yaml:8:22: at_least: a whole number of 0 or more is expected, not the text "95%"
}

func ExampleSchema() {
	schema, err := suitefile.Schema(standard.Kinds()...)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(schema.Properties["from"])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	// Output:
	// {"description":"The first day of the scope: YYYY-MM-DD, or by the run's clock today, yesterday or today-14d.","anyOf":[{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$","format":"date"},{"type":"string","pattern":"^(today|yesterday|tomorrow)([+-]\\d{1,5}d)?$"},{"type":"string","pattern":"\\$\\{[A-Za-z_]"}]}
}
