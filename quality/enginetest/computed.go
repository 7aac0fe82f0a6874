package enginetest

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// computedCases group by columns that the table does not have, and ask about the
// clock of the run, which is noon of 2024-06-01 in UTC, in every place that has
// expressions.
func computedCases() ([]Table, []testCase) {
	every := tallyProbe{expr.Lit(true)}
	month := quality.As("month", expr.Col("game_date").DateTrunc(expr.Month))
	by := func(id string, computed ...quality.Column) quality.Rule {
		r := quality.Rule{ID: id, Check: every, Computed: computed}
		for _, c := range computed {
			r.By = append(r.By, c.Name)
		}
		return r
	}
	both := by("both", month)
	both.By = append(both.By, "team")
	return nil, []testCase{
		whole("segment/computed", quality.Suite{Table: "games", Where: parsed("season IS NOT NULL AND game_date IS NOT NULL"), Rules: []quality.Rule{
			by("month", month),
			by("month of another", quality.As("month", parsed("EXTRACT(MONTH FROM game_date)"))),
			by("over a column", quality.As("season", parsed("LOWER(season)"))),
			by("a column by another name", quality.As("league", expr.Col("season"))),
			both,
		}}, `
pass month
  pass [month=2024-01-01] true=6 false=0 null=0
  pass [month=2024-02-01] true=1 false=0 null=0
pass month of another
  pass [month=1] true=6 false=0 null=0
  pass [month=2] true=1 false=0 null=0
pass over a column
  pass [season=a] true=3 false=0 null=0
  pass [season=b] true=3 false=0 null=0
  pass [season=c] true=1 false=0 null=0
pass a column by another name
  pass [league=A] true=3 false=0 null=0
  pass [league=B] true=3 false=0 null=0
  pass [league=C] true=1 false=0 null=0
pass both
  pass [month=2024-01-01 team=BOS] true=3 false=0 null=0
  pass [month=2024-01-01 team=LAL] true=3 false=0 null=0
  pass [month=2024-02-01 team=BOS] true=1 false=0 null=0`),

		// 2024-02-01 is 121 days before the clock's day in UTC, and 122 before that
		// in Kiritimati, where it is the second of June already.
		whole("clock/filters", quality.Suite{Table: "games", Where: parsed("game_date >= today() - 121"), Rules: []quality.Rule{
			{ID: "suite", Check: every},
			{ID: "rule", Check: every, Where: parsed("today() = '2024-06-01' AND now() = TIMESTAMP '2024-06-01 12:00:00+00'")},
			{ID: "check", Check: tallyProbe{parsed("DATE_DIFF(today(), game_date, DAY) = 121")}},
			{ID: "by", Check: every, By: []string{"age"}, Computed: []quality.Column{quality.As("age", parsed("today() - game_date"))}},
		}}, `
pass suite
  pass true=1 false=0 null=0
pass rule where 1/0/0
  pass true=1 false=0 null=0
pass check
  pass true=1 false=0 null=0
pass by
  pass [age=121] true=1 false=0 null=0`),
		whole("clock/zone", quality.Suite{Table: "games", Zone: "Pacific/Kiritimati", Rules: []quality.Rule{
			{ID: "check", Check: tallyProbe{parsed("today() = '2024-06-02' AND game_date < today() - 121")}},
		}}, `
pass check
  pass true=8 false=0 null=1`),
		{id: "clock/relation", answer: reasons, want: "pass relation\n  pass 1 rows 152", suites: []quality.Suite{{Table: "games", Rules: []quality.Rule{
			{ID: "relation", Check: relationProbe{func(r read) quality.Relation {
				return r("games").Filter(parsed("game_date < today() - 121")).
					Project(quality.As("age", parsed("today() - game_date"))).
					Aggregate(nil, quality.MaxOf(parsed("age - DATE_DIFF(today(), today(), DAY)")).Named("oldest"))
			}, []quality.Term{quality.MaxOf(parsed("oldest"))}}},
		}}}},
	}
}
