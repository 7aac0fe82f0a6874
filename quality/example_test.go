package quality_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// A suite says what must be true of a table, in each season by itself.
func Example_suite() {
	type game struct {
		Season    string   `bigquery:"season"`
		Minutes   int64    `bigquery:"minutes_played"`
		UsageRate *float64 `bigquery:"usage_rate"`
	}
	rate := 24.5
	games, err := rows.Of([]game{
		{"2023-24", 31, &rate},
		{"2023-24", 36, nil}, // played, and has no usage rate
		{"2024-25", 28, &rate},
		{"2024-25", 0, nil}, // did not play
	})
	if err != nil {
		log.Fatal(err)
	}

	suite := quality.Suite{
		Name:  "player games",
		Table: "nba.player_game",
		Rules: []quality.Rule{{
			Check:  quality.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
			Where:  expr.Col("minutes_played").Gt(0),
			By:     []string{"season"},
			Expect: [][]any{{"2023-24"}, {"2024-25"}, {"2025-26"}},
		}},
	}
	engine := rows.NewEngine(map[string]expr.Source{"nba.player_game": games})
	report, err := quality.Run(context.Background(), engine, time.Now(), suite)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict)
	for _, f := range report.Suites[0].Checks[0].Findings {
		fmt.Printf("%s %s: %s\n", f.Segment, f.Verdict, f.Reason)
	}
	// Output:
	// fail
	// season=2023-24 fail: 1 of 2 rows where minutes_played > 0 (50.0%), not at_least 95%: 1 row short
	// season=2024-25 pass: 1 of 1 rows where minutes_played > 0 (100.0%)
	// season=2025-26 unknown: nothing to judge: the segment is expected, and there is no row of it
}

// The same filter in Go and as text. TRUE AND NULL stays unknown, and a row that
// is known not to have been played is out whatever its minutes are.
func Example_expression() {
	built := expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0))
	read, err := expr.ParseExpr("is_dnp is not true and minutes_played > 0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(built)
	fmt.Println(read.String() == built.String())

	_, err = expr.ParseExpr("minutes_played > 0 && is_dnp")
	fmt.Println(err)
	// Output:
	// is_dnp IS NOT TRUE AND minutes_played > 0
	// true
	// expression "minutes_played > 0 && is_dnp", column 20: '&' is not known; write AND, OR
}

// Winners is a kind of check of one's own: as many rows are won as are lost.
type Winners struct{ Column string }

func (w Winners) won() quality.Tally { return quality.Tally{Of: expr.Col(w.Column)} }

func (w Winners) Describe() quality.Description {
	return quality.Description{Kind: "winners", Columns: []string{w.Column}, Claim: "as many rows won as lost"}
}

func (w Winners) Metrics(quality.Scope) ([]quality.Metric, error) {
	return []quality.Metric{w.won()}, nil
}

func (w Winners) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for segment := range m.Segments() {
		n, err := w.won().In(m, segment)
		f := quality.Finding{Segment: segment, Reason: fmt.Sprintf("%d won, %d lost, %d not known", n.True, n.False, n.Null)}
		switch {
		case err != nil:
			f.Verdict, f.Reason = quality.Unknown, err.Error()
		case n.True == n.False && n.Null == 0:
			f.Verdict = quality.Pass
		default:
			f.Verdict = quality.Fail
		}
		out = append(out, f)
	}
	return out
}

// A check says what it must have measured and judges it; it never reads rows. So
// a kind of one's own shares the statement of all the others.
func Example_customCheck() {
	games, err := rows.Columns(
		rows.Column{Name: "game_date", Values: []civil.Date{{Year: 2025, Month: 10, Day: 21}, {Year: 2025, Month: 10, Day: 21}}},
		rows.Column{Name: "win_flag", Values: []bool{false, false}},
	)
	if err != nil {
		log.Fatal(err)
	}
	engine := rows.NewEngine(map[string]expr.Source{"nba.team_game": games})
	report, err := quality.Run(context.Background(), engine, time.Now(), quality.Suite{
		Name:  "team games",
		Table: "nba.team_game",
		Rules: []quality.Rule{{Check: Winners{"win_flag"}, By: []string{"game_date"}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	check := report.Suites[0].Checks[0]
	fmt.Printf("%s %s: %s\n", check.ID, check.Verdict, check.Reason)
	// Output:
	// winners:win_flag by game_date fail: game_date=2025-10-21: 0 won, 2 lost, 0 not known
}
