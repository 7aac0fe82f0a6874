package rolling_test

import (
	"fmt"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/rolling"
)

// A player's last three games. The game of the 9th is on the sheet and has no row.
func ExampleCompute() {
	spec, err := rolling.Parse("points_avg_last_3")
	if err != nil {
		fmt.Println(err)
		return
	}
	var res rolling.Result
	err = rolling.Compute(&res, &rolling.Batch{
		Rows: rolling.Rows{Keys: rolling.Keys{
			Entity: rolling.Grouped([]int32{0, 6}),
			At:     rolling.Dates([]int32{20_001, 20_002, 20_003, 20_004, 20_006, 20_007}),
		}},
		Expected: &rolling.Expected{Keys: rolling.Keys{
			Entity: rolling.Grouped([]int32{0, 7}),
			At:     rolling.Dates([]int32{20_001, 20_002, 20_003, 20_004, 20_005, 20_006, 20_007}),
		}},
		Columns: []rolling.Column{rolling.Float64s("points", []float64{21, 28, 24, 33, 35, 26}, nil)},
		Specs:   []rolling.Spec{spec},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	w := res.Windows(0)
	for i := range w.Len() {
		if mean, reason := w.Float64(i); reason == rolling.Whole {
			fmt.Printf("%.2f\n", mean)
		} else {
			fmt.Println(w.Message(i))
		}
	}
	// Output:
	// warmup: 0 of 3 places back to the start of history: nothing is wrong, it is too early
	// warmup: 1 of 3 places back to the start of history: nothing is wrong, it is too early
	// warmup: 2 of 3 places back to the start of history: nothing is wrong, it is too early
	// 24.33
	// gap: 2024-10-09 expected and without a row (1 of 3 places missing): load what is lost and compute again
	// gap: 2024-10-09 expected and without a row (1 of 3 places missing): load what is lost and compute again
}

// Rows in any order as structs, games not played among them, and a window as of a
// game that is not played yet.
func ExampleRead() {
	type Game struct {
		Player string
		Date   civil.Date
		Played bool
		Points float64
	}
	day := func(d int) civil.Date { return civil.Date{Year: 2026, Month: 1, Day: d} }
	games := []Game{
		{"kawhi", day(29), true, 21}, {"kawhi", day(27), true, 28}, {"kawhi", day(25), true, 24},
		{"kawhi", day(23), false, 0}, {"kawhi", day(20), true, 33}, {"kawhi", day(18), true, 35},
	}
	fields := rolling.Fields[Game]{
		Entity: func(g Game) string { return g.Player },
		Date:   func(g Game) civil.Date { return g.Date },
		Counted: func(g Game) rolling.Truth {
			if g.Played {
				return rolling.True
			}
			return rolling.False
		},
		Values: map[string]func(Game) (float64, bool){
			"points": func(g Game) (float64, bool) { return g.Points, g.Played },
		},
	}
	var codes rolling.Dictionary
	rows, err := rolling.Read(&codes, games, fields)
	if err != nil {
		fmt.Println(err)
		return
	}
	tomorrow, err := rolling.Read(&codes, []Game{{Player: "kawhi", Date: day(30)}}, fields)
	if err != nil {
		fmt.Println(err)
		return
	}
	spec, err := rolling.Parse("points_avg_last_5")
	if err != nil {
		fmt.Println(err)
		return
	}
	var res rolling.Result
	if err := rolling.Compute(&res, &rolling.Batch{Rows: rows.Rows(), Points: tomorrow.Points(), Columns: rows.Values, Specs: []rolling.Spec{spec}}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Windows(0).Float64(0))
	// Output: 28.2 whole
}

// Where only games are known: the team's game of the 3rd has no row at all.
func ExampleByTeam() {
	rows := rolling.Rows{Keys: rolling.Keys{
		Entity: rolling.Coded([]int32{0, 1, 0, 1, 0}), // two players
		At:     rolling.Dates([]int32{1, 1, 2, 2, 4}),
	}}
	team := []int32{0, 0, 0, 0, 0}
	schedule := rolling.Expected{Keys: rolling.Keys{
		Entity: rolling.Coded([]int32{0, 0, 0, 0}), // their team
		At:     rolling.Dates([]int32{1, 2, 3, 4}),
	}}
	expected, err := rolling.ByTeam(rows, team, schedule)
	if err != nil {
		fmt.Println(err)
		return
	}
	spec, err := rolling.Parse("points_avg_last_2")
	if err != nil {
		fmt.Println(err)
		return
	}
	var res rolling.Result
	err = rolling.Compute(&res, &rolling.Batch{
		Rows: rows, Expected: &expected,
		Points:  &rolling.Keys{Entity: rolling.Coded([]int32{0, 1}), At: rolling.Dates([]int32{5, 3})},
		Columns: []rolling.Column{rolling.Float64s("points", []float64{10, 20, 30, 40, 50}, nil)},
		Specs:   []rolling.Spec{spec},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Windows(0).Reason(0), res.Windows(0).Faults(0, nil))
	fmt.Println(res.Windows(0).Float64(1))
	// Output:
	// gap [1970-01-04]
	// 30 whole
}

// A share that is rightly NULL without an attempt is averaged as a ratio of sums.
func ExampleRatioOfSums() {
	spec, err := rolling.New(rolling.RatioOfSums("ftm", "fta"), rolling.Last(3), rolling.Including(), rolling.Named("ft_pct_last_3"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var res rolling.Result
	err = rolling.Compute(&res, &rolling.Batch{
		Rows: rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 3}), At: rolling.Dates([]int32{1, 2, 3})}},
		Columns: []rolling.Column{
			rolling.Int64s("ftm", []int64{3, 0, 6}, nil),
			rolling.Int64s("fta", []int64{4, 0, 8}, nil),
		},
		Specs: []rolling.Spec{spec},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Windows(0).Float64(2))
	// Output: 0.75 whole
}

// What stands behind a refusal: the game of the 9th is on the sheet and has no row,
// and that of the 13th has no points.
func ExampleWindows_Detail() {
	october := func(days ...int) (at []int32) {
		for _, d := range days {
			at = append(at, rolling.Day(civil.Date{Year: 2024, Month: 10, Day: d}))
		}
		return at
	}
	spec, err := rolling.Parse("points_avg_last_4")
	if err != nil {
		fmt.Println(err)
		return
	}
	points := rolling.NewBitmap(4)
	for row := range 3 {
		points.Set(row) // the fourth stays NULL
	}
	var res rolling.Result
	err = rolling.Compute(&res, &rolling.Batch{
		Rows:     rolling.Rows{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 4}), At: rolling.Dates(october(5, 7, 11, 13))}},
		Expected: &rolling.Expected{Keys: rolling.Keys{Entity: rolling.Grouped([]int32{0, 5}), At: rolling.Dates(october(5, 7, 9, 11, 13))}},
		Points:   &rolling.Keys{Entity: rolling.Grouped([]int32{0, 1}), At: rolling.Dates(october(15))},
		Columns:  []rolling.Column{rolling.Float64s("points", []float64{21, 28, 24, 0}, points)},
		Specs:    []rolling.Spec{spec},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	w := res.Windows(0)
	d := w.Detail(0)
	fmt.Printf("%s from %s to %s\n", d.Reason, d.Oldest, d.Newest)
	fmt.Printf("%d of %d places observed, %d missing, %d null\n", d.Observed, d.Expected, d.Missing, d.Nulls)
	fmt.Println(w.Faults(0, nil))
	// Output:
	// gap from 2024-10-07 to 2024-10-13
	// 2 of 4 places observed, 1 missing, 1 null
	// [2024-10-09]
}

func ExampleParse() {
	spec, err := rolling.Parse("usage_rate_avg_7d", rolling.MaxAge(3))
	fmt.Println(spec, err)
	_, err = rolling.Parse("usage_rate_avg_7")
	fmt.Println(err)
	// Output:
	// usage_rate_avg_7d, age at most 3 days <nil>
	// window "usage_rate_avg_7": 7 of what? end it in _last_7 for rows or _7d for days
}
