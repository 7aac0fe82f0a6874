package panel_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/panel"
)

// What the rows mean and which windows are asked for stands in a document of one's own.
// Ann's second game was lost: the averages over it are refused.
func Example() {
	const document = `
name: form
history:
  entity: player
  at: game_date
  counted: is_dnp IS NOT TRUE AND minutes > 0
windows:
  value: points
  last: 2
`
	var name string
	var spec panel.Spec
	var windows panel.Windows
	err := form.Read("feature", "form.yaml", []byte(document), func() form.Form {
		return form.Map(
			form.Key{Name: "name", Form: form.Text(&name)},
			form.Key{Name: "history", Form: form.Map(spec.Keys()...)},
			form.Key{Name: "windows", Form: form.Map(windows.Keys()...)},
		)
	})
	if err == nil {
		err = spec.Ask(windows)
	}
	if err != nil {
		log.Fatal(err)
	}

	type line struct {
		Player  string     `bigquery:"player"`
		Date    civil.Date `bigquery:"game_date"`
		DNP     bool       `bigquery:"is_dnp"`
		Minutes int        `bigquery:"minutes"`
		Points  int        `bigquery:"points"`
	}
	january := func(day int) civil.Date { return civil.Date{Year: 2026, Month: 1, Day: day} }
	games, err := rows.Of([]line{
		{"ann", january(1), false, 30, 10},
		{"ann", january(5), false, 28, 14},
		{"ann", january(7), false, 31, 18},
		{"ann", january(9), false, 33, 30},
	})
	if err != nil {
		log.Fatal(err)
	}
	type due struct {
		Player string     `bigquery:"player"`
		Date   civil.Date `bigquery:"game_date"`
	}
	sheets, err := rows.Of([]due{{"ann", january(1)}, {"ann", january(3)}, {"ann", january(5)}, {"ann", january(7)}, {"ann", january(9)}})
	if err != nil {
		log.Fatal(err)
	}

	loaded, err := panel.Load(context.Background(), spec, panel.Tables{
		Rows:     panel.Table{Name: "games", Source: games},
		Expected: panel.Table{Name: "sheets", Source: sheets},
	}, time.Now())
	if err != nil {
		log.Fatal(err)
	}
	answers, err := loaded.Compute()
	if err != nil {
		log.Fatal(err)
	}
	for i := range answers.Len() {
		mean, reason := answers.Windows(0).Float64(i)
		fmt.Println(answers.Point(i), mean, reason)
	}
	// Output:
	// ann as of 2026-01-01 (games, row 1) NaN warmup
	// ann as of 2026-01-05 (games, row 2) NaN gap
	// ann as of 2026-01-07 (games, row 3) NaN gap
	// ann as of 2026-01-09 (games, row 4) 16 whole
}
