package mutation

import (
	"context"
	"iter"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// look finds out what the suite reads, and which segments and dates there are.
func (b *bench) look(ctx context.Context) error {
	if err := b.findScope(ctx); err != nil {
		return err
	}
	if !b.scope.Rows.IsZero() {
		var err error
		if b.table, err = b.table.Within(b.scope.Rows); err != nil {
			return err
		}
	}
	for _, r := range b.suite.Rules {
		seen := &recorder{Source: b.table, read: map[string]bool{}}
		if _, err := b.run(ctx, seen, []quality.Rule{r}); err != nil {
			return err
		}
		b.reads = append(b.reads, seen.read)
	}
	if err := b.findGroupings(ctx); err != nil {
		return err
	}
	if err := b.findShapes(ctx); err != nil {
		return err
	}
	return b.findDays(ctx)
}

// recorder is a source that knows which columns were read of it.
type recorder struct {
	expr.Source
	read map[string]bool
}

func (r *recorder) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	for _, c := range columns {
		r.read[foldName(c)] = true
	}
	return r.Source.Scan(ctx, columns)
}

// foldName: columns are compared without regard to case.
func foldName(name string) string { return strings.ToLower(name) }

// probe is a check that claims nothing, and is told the scope.
type probe struct{ scope *quality.Scope }

func (probe) Describe() quality.Description {
	return quality.Description{Kind: "scope", Claim: "nothing"}
}

func (p probe) Requests(s quality.Scope) ([]quality.Request, error) {
	*p.scope = s
	return []quality.Request{{Metric: quality.Tally{Of: expr.Lit(true)}}}, nil
}

func (probe) Judge(quality.Scope, quality.Measured) []quality.Finding { return nil }

// findScope asks which rows the suite looks at.
func (b *bench) findScope(ctx context.Context) error {
	s := b.suite
	s.Rules = []quality.Rule{{Check: probe{&b.scope}}}
	_, err := quality.NewPlan(ctx, b.engine(b.table), b.Now, s)
	return err
}

// dated: rows have a date, which may be shown.
func (b *bench) dated() bool { return b.scope.Date != "" && !b.scope.Redacted(b.scope.Date) }

// day is the date of a row.
func (b *bench) day() expr.Expr {
	date := expr.Col(b.scope.Date)
	if f, err := b.scope.Schema.Field(b.scope.Date); err == nil && f.Type == expr.Timestamp {
		return date.DateOf(b.scope.Zone.String())
	} else if f.Type == expr.DateTime {
		return date.Date()
	}
	return date
}

// someDays is how many dates are lost, each by itself.
const someDays = 3

// findDays chooses some dates, not the last: that one may be late.
func (b *bench) findDays(ctx context.Context) error {
	if !b.dated() {
		return nil
	}
	g := grouping{by: []string{"day()"}, computed: []quality.Column{quality.As("day()", b.day())}}
	days, err := b.segmentsOf(ctx, g)
	if err != nil || len(days) < 3 {
		return err
	}
	for _, d := range b.sample(days[:len(days)-1], someDays) {
		b.days = append(b.days, g.predicate(d))
	}
	return nil
}
