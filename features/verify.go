package features

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Difference is where rows are no longer as they were certified. How many were altered
// cannot be said.
type Difference struct {
	Feature string `json:"feature"`
	// Segment is as people read it, and Month the first day of one.
	Segment string `json:"segment"`
	Month   string `json:"month"`
	// Before and After are nil where there was, or is, no row.
	Before *Entry `json:"before"`
	After  *Entry `json:"after"`
}

func (d Difference) String() string {
	at := strings.TrimSpace(d.Segment + " month=" + d.Month)
	told := func(e *Entry) string {
		if e == nil {
			return "no row"
		}
		return fmt.Sprintf("%s of %s populated", quality.Grouped(e.Populated), quality.Plural(e.Rows, "row", "rows"))
	}
	text := fmt.Sprintf("%s %s: %s, was %s", d.Feature, at, told(d.After), told(d.Before))
	if d.Before != nil && d.After != nil && d.Before.Rows == d.After.Rows && d.Before.Populated == d.After.Populated {
		text += ", with another checksum"
	}
	return text
}

// Verify measures what is certified again. There is no difference where every row that
// is trained on is as it was; the error says why that cannot be told.
func (c *Certificate) Verify(ctx context.Context, engine quality.Engine, now time.Time) ([]Difference, error) {
	suite, err := c.suite()
	if err != nil {
		return nil, fmt.Errorf("the certificate of %s: %w", c.content.Set, err)
	}
	report, err := quality.Run(ctx, engine, now, suite)
	if err != nil {
		return nil, err
	}
	check := report.Suites[0].Checks[0]
	if len(check.Findings) == 0 {
		return nil, errors.New(check.Reason)
	}
	for _, f := range check.Findings {
		if f.Subject == "" && (f.Observed == nil || f.Observed.Denominator != 0) {
			return nil, fmt.Errorf("%s: %s", f.Segment, f.Reason)
		}
	}
	return c.compare(entries(check.Findings)), nil
}

func (c *Certificate) compare(now []Entry) []Difference {
	var out []Difference
	after := map[string]*Entry{}
	for i := range now {
		after[now[i].place()] = &now[i]
	}
	add := func(e Entry, before, after *Entry) {
		out = append(out, Difference{e.Feature, c.segment(e), e.Month, before, after})
	}
	for i, before := range c.content.Entries {
		found := after[before.place()]
		delete(after, before.place())
		if found == nil || found.Rows != before.Rows || found.Populated != before.Populated || found.Checksum != before.Checksum {
			add(before, &c.content.Entries[i], found)
		}
	}
	for _, e := range after {
		add(*e, nil, e)
	}
	place := func(d Difference) string { return d.Month + "\x00" + d.Segment + "\x00" + d.Feature }
	slices.SortFunc(out, func(a, b Difference) int { return cmp.Compare(place(a), place(b)) })
	return out
}

// segment is that of an entry as people read it.
func (c *Certificate) segment(e Entry) string {
	parts := make([]string, 0, len(e.Segment))
	for i, v := range e.Segment {
		text := "null"
		if v != nil {
			text = *v
		}
		if i < len(c.content.Scope.By) {
			text = c.content.Scope.By[i].Name + "=" + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

// suite measures the accounts once more.
func (c *Certificate) suite() (quality.Suite, error) {
	s := c.content.Scope
	var errs []error
	parsed := func(text string) expr.Expr {
		if text == "" {
			return expr.Expr{}
		}
		e, err := expr.ParseExpr(text)
		errs = append(errs, err)
		return e
	}
	day := func(text string) civil.Date {
		if text == "" {
			return civil.Date{}
		}
		d, err := civil.ParseDate(text)
		errs = append(errs, err)
		return d
	}
	out := quality.Suite{
		Name: c.content.Set, Owner: c.content.Owner, Table: s.Table, Date: s.Date, Zone: s.Zone,
		From: day(s.From), To: day(s.To), Where: parsed(s.Eligible),
	}
	if l := s.Label; l != nil && len(s.Columns) > 0 {
		out.Beside = &quality.Beside{Table: l.Table, Where: parsed(l.Where), Columns: []quality.Column{quality.As(s.Columns[0].Name, parsed(l.Of))}}
		for _, k := range l.Keys {
			out.Beside.Keys = append(out.Beside.Keys, quality.As(k.Name, parsed(k.Of)))
		}
	}
	of := ledger{key: s.Key}
	for _, column := range s.Columns {
		of.columns = append(of.columns, accounted{column.Name, column.Column, column.Round})
	}
	var by []string
	var computed []quality.Column
	for _, b := range s.By {
		by = append(by, b.Name)
		if e := parsed(b.Of); e.String() != expr.Col(b.Name).String() {
			computed = append(computed, quality.As(b.Name, e))
		}
	}
	out.Rules = []quality.Rule{of.rule(by, computed, quality.As(s.Month.Name, parsed(s.Month.Of)), parsed(s.Training))}
	return out, errors.Join(errs...)
}
