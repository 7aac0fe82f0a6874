package quality_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
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
			Check:  checks.Complete{Columns: []string{"usage_rate"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(95))}},
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
	// season=2024-25 pass: 1 of 1 row where minutes_played > 0 (100.0%)
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

func (w Winners) won() quality.Request {
	return quality.Request{Metric: quality.Tally{Of: expr.Col(w.Column)}}
}

func (w Winners) Describe() quality.Description {
	return quality.Description{Kind: "winners", Columns: []string{w.Column}, Claim: "as many rows won as lost"}
}

func (w Winners) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{w.won()}, nil
}

func (w Winners) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, w.won(), func(segment quality.Segment, n quality.Counts) quality.Finding {
		f := quality.Finding{Segment: segment, Verdict: quality.Fail, Reason: fmt.Sprintf("%d won, %d lost, %d not known", n.True, n.False, n.Null)}
		if n.True == n.False && n.Null == 0 {
			f.Verdict = quality.Pass
		}
		return f
	})
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

// Rested is a kind of check of one's own on rows that are made from rows: a team plays
// again after so many days. It writes neither SQL nor a loop over rows.
type Rested struct {
	Team, Date string
	Days       int
}

// games is a row for each team and day, with the day of its game before.
func (r Rested) games(s quality.Scope) quality.Relation {
	return s.Judged().
		Aggregate(quality.Columns(r.Team, r.Date)).
		Previous([]string{r.Team}, []string{r.Date}, quality.As("before", expr.Col(r.Date)))
}

func (r Rested) rested(s quality.Scope) quality.Request {
	return quality.Request{Of: r.games(s), Metric: quality.Tally{Of: expr.Col(r.Date).Minus(expr.Col("before")).Gt(r.Days)}}
}

func (r Rested) Describe() quality.Description {
	return quality.Description{Kind: "rested", Columns: []string{r.Team, r.Date}, Claim: fmt.Sprintf("more than %d days between games of a team", r.Days)}
}

func (r Rested) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{r.rested(s)}, nil
}

func (r Rested) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, r.rested(s), func(segment quality.Segment, n quality.Counts) quality.Finding {
		text := fmt.Sprintf("%d of %d games after a rest, beside %d first ones", n.True, n.True+n.False, n.Null)
		return quality.Hold(segment, quality.ObservedShare(n.True, n.True+n.False).Of("game"), quality.OrAll(nil), text)
	})
}

// A kind composes relations; what passes through them is the operators' affair: here
// the segments are of a key.
func Example_composedCheck() {
	day := func(d int) civil.Date { return civil.Date{Year: 2025, Month: 10, Day: d} }
	games, err := rows.Columns(
		rows.Column{Name: "team", Values: []string{"BOS", "BOS", "BOS", "LAL", "LAL"}},
		rows.Column{Name: "game_date", Values: []civil.Date{day(21), day(23), day(24), day(21), day(24)}},
	)
	if err != nil {
		log.Fatal(err)
	}
	engine := rows.NewEngine(map[string]expr.Source{"nba.team_game": games})
	report, err := quality.Run(context.Background(), engine, time.Now(), quality.Suite{
		Name:  "team games",
		Table: "nba.team_game",
		Rules: []quality.Rule{{Check: Rested{"team", "game_date", 1}, By: []string{"team"}}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Suites[0].Checks[0].Findings {
		fmt.Printf("%s %s: %s\n", f.Segment, f.Verdict, f.Reason)
	}
	// Output:
	// team=BOS fail: 1 of 2 games after a rest, beside 1 first ones, not at_least 100%: 1 game short
	// team=LAL pass: 1 of 1 games after a rest, beside 1 first ones
}
