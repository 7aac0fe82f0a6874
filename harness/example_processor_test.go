package harness_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// What must be true of the table, in a file beside the code. The checks with a tag are
// true of each batch as well.
const boxScores = `
suite: box_scores
table: nba.box_scores
date: game_date
from: 2021-10-01
checks:
  - complete: points
    where: is_dnp IS NOT TRUE
    by: season
    tags: [batch]
  - unique: [game_date, player]
    tags: [batch]
  - cover: [game_date, player]
    of: {table: nba.sheet, where: status != 'inactive'}
    tags: [batch]
  - rows: {at_least: 3}
    by: season
`

type BoxScore struct {
	GameDate civil.Date `bigquery:"game_date"`
	Season   string     `bigquery:"season"`
	Player   string     `bigquery:"player"`
	IsDNP    bool       `bigquery:"is_dnp"`
	Points   *int64     `bigquery:"points"`
}

// OnSheet is a player whom a team named before a game.
type OnSheet struct {
	GameDate civil.Date `bigquery:"game_date"`
	Player   string     `bigquery:"player"`
	Status   string     `bigquery:"status"`
}

// judge looks at rows in memory, a batch or a table.
func judge(ctx context.Context, suite quality.Suite, scores []BoxScore, sheet []OnSheet) error {
	written, err := rows.Of(scores)
	if err != nil {
		return err
	}
	due, err := rows.Of(sheet)
	if err != nil {
		return err
	}
	engine := rows.NewEngine(map[string]expr.Source{"nba.box_scores": written, "nba.sheet": due})
	report, err := quality.Run(ctx, engine, time.Now(), suite)
	if err != nil {
		return err
	}
	return report.Err()
}

// A processor asserts on the rows that it is about to write with the suite that later
// runs on the table: on the days of the batch, without the checks of the whole.
func Example_processor() {
	files, err := suitefile.Parse("box_scores.yaml", []byte(boxScores), standard.Kinds()...)
	if err != nil {
		log.Fatal(err)
	}
	suite := files[0].Suite
	ofBatch, _ := suite.Only("batch")

	ctx, day := context.Background(), civil.Date{Year: 2026, Month: 1, Day: 5}
	before, points := day.AddDays(-1), int64(21)
	sheet := []OnSheet{
		{before, "ann", "played"}, {before, "bob", "dnp"},
		{day, "ann", "played"}, {day, "bob", "played"}, {day, "cid", "inactive"},
	}
	table := []BoxScore{{before, "2025-26", "ann", false, &points}, {before, "2025-26", "bob", true, nil}}
	batch := []BoxScore{{day, "2025-26", "ann", false, &points}}

	fmt.Println(judge(ctx, ofBatch.Between(day, day), batch, sheet))
	batch = append(batch, BoxScore{day, "2025-26", "bob", false, &points})
	fmt.Println(judge(ctx, ofBatch.Between(day, day), batch, sheet))
	fmt.Println(judge(ctx, suite, append(table, batch...), sheet))
	// Output:
	// nba.box_scores, cover:game_date,player: fail: 1 of 2 due keys have rows (50.0%), not at_least 100%: 1 key short
	// <nil>
	// <nil>
}
