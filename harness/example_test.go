package harness_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/harness"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

type PlayerGame struct {
	GameDate      civil.Date `bigquery:"game_date"`
	Season        string     `bigquery:"season"`
	PlayerLookup  string     `bigquery:"player_lookup"`
	IsDNP         *bool      `bigquery:"is_dnp"`
	MinutesPlayed *float64   `bigquery:"minutes_played"`
	UsageRate     *float64   `bigquery:"usage_rate"`
}

var playerGames = quality.Suite{
	Name:  "player_game_summary",
	Owner: "analytics",
	Table: "nba_analytics.player_game_summary",
	Date:  "game_date",
	Rules: []quality.Rule{
		{
			Check: checks.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
			Where: expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0)),
			By:    []string{"season"},
		},
		{Check: checks.Unique{Columns: []string{"game_date", "player_lookup"}}},
	},
}

func checkBatch(ctx context.Context, batch []PlayerGame) error {
	src, err := rows.Of(batch)
	if err != nil {
		return err
	}
	engine := rows.NewEngine(map[string]expr.Source{playerGames.Table: src})
	report, err := quality.Run(ctx, engine, time.Now(), playerGames)
	if err != nil {
		return err
	}
	return report.Err() // nil: the batch may be written
}

func loadBatch() []PlayerGame {
	yes, no, minutes, usage := true, false, 31.5, 24.1
	opening := civil.Date{Year: 2025, Month: 10, Day: 21}
	return []PlayerGame{
		{GameDate: opening, Season: "2025-26", PlayerLookup: "annhill", IsDNP: &no, MinutesPlayed: &minutes, UsageRate: &usage},
		{GameDate: opening, Season: "2025-26", PlayerLookup: "bobreed", IsDNP: &yes},
	}
}

func Example_beforeWriting() {
	batch := loadBatch()
	fmt.Println(checkBatch(context.Background(), batch))
	batch[0].UsageRate = nil
	fmt.Println(checkBatch(context.Background(), batch))
	// Output:
	// <nil>
	// nba_analytics.player_game_summary, complete:usage_rate by season: fail: season=2025-26: 0 of 1 row where is_dnp IS NOT TRUE AND minutes_played > 0 (0.0%), not at_least 95%: 1 row short
}

// A deployment is tested by the suites that guard its tables, here on files of theirs.
func TestDeployment(t *testing.T) {
	suites, err := suitefile.Load(os.DirFS("../testdata"), "player_game_summary.yaml", standard.Kinds()...)
	if err != nil {
		t.Fatal(err)
	}
	games := harness.Files("nba_analytics.player_game_summary", "../testdata/clean/player_game.csv.gz")
	harness.Run(t, harness.Load(t, games), suites[0].Suite)
}

func TestPlayerGamesAreHeldBackOnceBroken(t *testing.T) {
	src, err := rows.Of(loadBatch())
	if err != nil {
		t.Fatal(err)
	}
	broken := harness.Break(t, src, faults.Null{Column: "usage_rate", Where: expr.Col("season").Eq("2025-26")})
	harness.Fails(t, rows.NewEngine(map[string]expr.Source{playerGames.Table: broken}), playerGames)
}
