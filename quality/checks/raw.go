package checks

import (
	"context"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/rawsql"
)

// RawSQL claims something of what a GoogleSQL query answers, which nobody here reads:
// that it gives no offending rows or so many at most, or a number within bounds. It
// shares its statement with nothing, reads tables at an instant of its own, and is
// bounded only by what it says itself. Rows in memory cannot answer it: it is unknown
// of them.
type RawSQL struct {
	// SQL is one SELECT. @from and @to are the suite's first and last day, @today that
	// of the run's clock in the suite's zone, each a DATE.
	SQL string
	// Rows are bounds on how many rows it gives. Defaults to AtMost(Count(0)).
	Rows []quality.Bound
	// Number are bounds on the one value that it gives, instead.
	Number []quality.Bound
}

// shownRows is how many of the offending rows are shown.
const shownRows = 3

func (c RawSQL) rows() []quality.Bound {
	if len(c.Rows) == 0 {
		return []quality.Bound{quality.AtMost(quality.Count(0))}
	}
	return c.Rows
}

// Validate reports what is wrong without looking at data.
func (c RawSQL) Validate() error {
	if _, err := c.named(); err != nil {
		return err
	}
	if len(c.Rows) > 0 && len(c.Number) > 0 {
		return fmt.Errorf("its rows are bounded, and the number that it gives: leave one out")
	}
	for _, b := range c.Number {
		if !b.Limit().OfType(expr.Float64) {
			return fmt.Errorf("%s is no bound on a number: of a day or a time have the query give the seconds", b.Human())
		}
	}
	if len(c.Number) > 0 {
		return quality.CheckNumbers(c.Number)
	}
	return quality.CheckCounts(c.rows())
}

// In refuses what is about rows of the table, and days that the suite has not.
func (c RawSQL) In(s quality.Suite, r quality.Rule) (quality.Check, error) {
	names, err := c.named()
	if err != nil {
		return nil, err
	}
	has := map[string]bool{"from": s.From.IsValid() || s.FromToday != nil, "to": s.To.IsValid() || s.ToToday != nil, "today": true}
	for _, name := range names {
		if name := strings.ToLower(name); !has[name] {
			return nil, fmt.Errorf("@%s has no value: the suite has no %s", name, name)
		}
	}
	return c, whole(r)
}

// named are the parameters that the query has.
func (c RawSQL) named() ([]string, error) {
	names, err := rawsql.Query(c.SQL)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if !slices.Contains([]string{"from", "to", "today"}, strings.ToLower(name)) {
			return nil, fmt.Errorf("there is no parameter @%s: there are @from, @to and @today", name)
		}
	}
	return names, nil
}

// Describe shows the query.
func (c RawSQL) Describe() quality.Description {
	what, bounds := "rows", c.rows()
	if len(c.Number) > 0 {
		what, bounds = "number", c.Number
	}
	return quality.Description{
		Kind: "sql", JudgesZero: true,
		Claim: fmt.Sprintf("%s of {%s} %s", what, strings.Join(strings.Fields(c.SQL), " "), quality.Claim(bounds)),
	}
}

// Requests asks for what the query answers.
func (c RawSQL) Requests(s quality.Scope) ([]quality.Request, error) {
	q, err := c.answer(s)
	return []quality.Request{q}, err
}

func (c RawSQL) answer(s quality.Scope) (quality.Request, error) {
	d := rawAnswer{sql: c.SQL, number: len(c.Number) > 0, parameters: map[string]expr.Value{}}
	names, err := c.named()
	if err != nil {
		return quality.Request{}, err
	}
	for _, name := range names {
		day := map[string]civil.Date{"from": s.From, "to": s.To, "today": s.Today()}[strings.ToLower(name)]
		if d.parameters[name], err = expr.ValueOf(day); err != nil {
			return quality.Request{}, err
		}
	}
	return quality.Request{Of: quality.Derived(d), Metric: d}, nil
}

// Judge holds what the query answered against the bounds.
func (c RawSQL) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	q, err := c.answer(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	return quality.EachSegment(m, q, func(seg quality.Segment, got []expr.Value) quality.Finding {
		n, ok := got[0].Go().(int64)
		switch {
		case !ok:
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: fmt.Sprintf("%s was measured where a count was expected", got[0].SQL())}
		case len(c.Number) > 0:
			return c.judgeNumber(s, seg, n, got[1])
		}
		return c.judgeRows(s, seg, n, got[1:])
	})
}

func (c RawSQL) judgeNumber(s quality.Scope, seg quality.Segment, rows int64, v expr.Value) quality.Finding {
	number, ok := v.Go().(*big.Rat)
	if rows != 1 || !ok {
		reason := fmt.Sprintf("nothing to judge: the query gives %s, and not one number", quality.Plural(rows, "row", "rows"))
		if rows == 1 {
			reason = "nothing to judge: the query gives no number, but NULL or what is none"
		}
		return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: reason, Bounds: c.Number}
	}
	return s.JudgeNumber(seg, "the number", quality.ObservedNumber(number), c.Number)
}

func (c RawSQL) judgeRows(s quality.Scope, seg quality.Segment, n int64, first []expr.Value) quality.Finding {
	f := s.JudgeCount(seg, n, c.rows())
	if s.Redacts() { // under whatever name
		return f
	}
	var shown []string
	for _, v := range first {
		if !v.IsNull() {
			shown = append(shown, v.String())
		}
	}
	if len(shown) > 0 {
		f.Reason += ": " + strings.Join(shown, ", ")
	}
	if more := n - int64(len(shown)); more > 0 && len(shown) > 0 {
		f.Reason += fmt.Sprintf(" and %s more", quality.Grouped(more))
	}
	return f
}

// rawAnswer is one row: how many rows a query gives, and the first of them by their
// text, or the number that it gives. It is its own metric.
type rawAnswer struct {
	sql        string
	number     bool
	parameters map[string]expr.Value
}

// answered are the columns of the row.
func (d rawAnswer) answered() expr.Schema {
	out := expr.Schema{{Name: "n", Type: expr.Int64}}
	if d.number {
		return append(out, expr.Field{Name: "number", Type: expr.BigNumeric})
	}
	for i := range shownRows {
		out = append(out, expr.Field{Name: "row_" + strconv.Itoa(i+1), Type: expr.String})
	}
	return out
}

func (d rawAnswer) Key() string {
	return fmt.Sprintf("raw SQL {%s} %v number %v", d.sql, d.parameters, d.number)
}

func (d rawAnswer) Inputs() []quality.Relation { return nil }

func (d rawAnswer) Schema([]expr.Schema) (expr.Schema, error) { return d.answered(), nil }

func (d rawAnswer) Raw() bool { return true }

// SQL puts the query where only one statement can stand; it may end in a comment.
func (d rawAnswer) SQL([]string) (quality.Query, error) {
	text := "SELECT ARRAY_LENGTH(given) AS n, SAFE_CAST(given[SAFE_OFFSET(0)] AS BIGNUMERIC) AS number\nFROM (SELECT ARRAY(\n" + d.sql + "\n) AS given)"
	if !d.number {
		text = "SELECT n"
		for i := range shownRows {
			text += fmt.Sprintf(", shown[SAFE_OFFSET(%d)] AS row_%d", i, i+1)
		}
		text += fmt.Sprintf("\nFROM (SELECT COUNT(*) AS n, ARRAY_AGG(TO_JSON_STRING(offending) ORDER BY TO_JSON_STRING(offending) LIMIT %d) AS shown\nFROM (\n%s\n) AS offending)", shownRows, d.sql)
	}
	return quality.Query{Text: text, Parameters: d.parameters}, nil
}

// Rows are none: nobody here reads SQL.
func (d rawAnswer) Rows([]expr.Source) expr.Source { return unreadable{d} }

// Terms are the columns of the only row.
func (d rawAnswer) Terms() []quality.Term {
	var out []quality.Term
	for _, f := range d.answered() {
		out = append(out, quality.MaxOf(expr.Col(f.Name)))
	}
	return out
}

// Read gives the values of the row.
func (d rawAnswer) Read(rows int64, values []expr.Value) (any, error) {
	if rows != 1 {
		return nil, fmt.Errorf("the query was answered with %d rows where one was expected", rows)
	}
	return values, nil
}

// unreadable is the answer of a query where there is no engine that runs SQL.
type unreadable struct{ of rawAnswer }

func (u unreadable) Schema(context.Context) (expr.Schema, error) { return u.of.answered(), nil }

func (u unreadable) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		yield(nil, fmt.Errorf("raw SQL {%s} needs an engine that runs SQL; rows in memory cannot answer it", u.of.sql))
	}
}
