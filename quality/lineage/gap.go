package lineage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
)

// Gap is rows of a table that are lost or wrong.
type Gap struct {
	Table string
	// From and To are the first and last date of it.
	From, To civil.Date
	// Where is a predicate on the rows, and Match the values, as text, that columns have.
	Where expr.Expr
	Match map[string][]string
	// Lost: of the rows that were due only those that are not there.
	Lost bool
	// Keys are lost rows where no list tells them: the values, as text, of columns.
	Keys []map[string]string
	// Columns are those that are wrong in rows that are there; none are all.
	Columns []string
}

// lay finds the rows of a gap, and adds those that are lost.
func (p *play) lay(ctx context.Context, g Gap) (*player, error) {
	t := p.order[slices.IndexFunc(p.order, func(t *player) bool { return t.Name == g.Table })]
	where := -1
	var err error
	if !g.Where.IsZero() {
		if where, err = t.ask(g.Where); err != nil {
			return nil, err
		}
	}
	match, err := p.matching(t, g.Match)
	if err != nil {
		return nil, err
	}
	for _, k := range g.Keys {
		for c := range k {
			if _, err := t.need(c); err != nil {
				return nil, err
			}
		}
	}
	if err := p.carryColumns(); err != nil {
		return nil, err
	}
	if len(g.Columns) > 0 {
		for _, c := range g.Columns {
			if f, err := t.schema.Field(c); err != nil && f.Err == nil {
				return nil, fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
	}
	for _, f := range t.out {
		f.startWith(g.Columns)
	}
	from, to := dayOf(g.From), dayOf(g.To)
	if err := p.load(ctx, t, from); err != nil {
		return nil, err
	}
	there := map[day]map[string]bool{}
	for d := from; d <= to; d++ {
		there[d] = map[string]bool{}
		for _, r := range t.byDay[d] {
			there[d][t.within(r)] = true
			if !g.Lost && len(g.Keys) == 0 && (where < 0 || r.truths[where] == isTrue) && match(r) {
				if r.by |= ofGap; t.within(r) == "" && (len(g.Columns) == 0 || meet(g.Columns, t.Entity())) {
					return nil, p.nameless(t, r)
				}
			}
		}
	}
	lose := func(r *row) error {
		if r.day < from || r.day > to {
			return fmt.Errorf("table %s: a lost row is of %s, and the gap from %s to %s", t.Name, dateOf(r.day), g.From, g.To)
		}
		key := t.within(r)
		switch {
		case key == "":
			return unknownOf(t, r, t.key)
		case t.timed && r.values[t.date] == 0:
			return unknownOf(t, r, []int{t.date})
		case !there[r.day][key]:
			there[r.day][key] = true
			r.by, r.absent = ofGap, true
			t.add(r)
		case len(g.Keys) > 0:
			return fmt.Errorf("table %s: the row %s of %s is there, and keys are of rows that are lost: choose rows that are wrong by their values", t.Name, p.named(t, r), dateOf(r.day))
		}
		return nil
	}
	if len(g.Keys) > 0 {
		return t, p.given(t, g, lose)
	}
	return t, p.due(ctx, t, g, match, lose)
}

// matching reports whether rows have one of the values in each of the columns.
func (p *play) matching(t *player, match map[string][]string) (func(*row) bool, error) {
	type one struct {
		column int
		codes  []int32
	}
	var all []one
	for column, texts := range match {
		at, err := t.need(column)
		if err != nil {
			return nil, err
		}
		m := one{column: at}
		for _, text := range texts {
			v, err := expr.ParseValue(t.typ(at), text)
			if err != nil {
				return nil, fmt.Errorf("table %s: %s: %w", t.Name, column, err)
			}
			m.codes = append(m.codes, p.codes.code(v))
		}
		all = append(all, m)
	}
	return func(r *row) bool {
		return !slices.ContainsFunc(all, func(m one) bool { return !slices.Contains(m.codes, r.values[m.column]) })
	}, nil
}

// given are the lost rows that keys say.
func (p *play) given(t *player, g Gap, lose func(*row) error) error {
	for _, k := range g.Keys {
		r := &row{day: dayOf(g.From), values: make([]int32, len(t.columns))}
		dated := false
		for column, text := range k {
			at, err := t.need(column)
			if err != nil {
				return err
			}
			v, err := expr.ParseValue(t.typ(at), text)
			if err != nil {
				return fmt.Errorf("table %s: %s: %w", t.Name, column, err)
			}
			if r.values[at] = p.codes.code(v); at == t.date {
				dated = true
				if r.day, err = dayIn(v, t.zone); err != nil {
					return err
				}
			}
		}
		if !dated {
			if g.From != g.To {
				return fmt.Errorf("table %s: a key says no %s, and the gap is of several dates", t.Name, t.Date)
			}
			if t.typ(t.date) == expr.Date {
				v, err := expr.ValueOf(g.From)
				if err != nil {
					return err
				}
				r.values[t.date] = p.codes.code(v)
			}
		}
		if err := lose(r); err != nil {
			return err
		}
	}
	return nil
}

// due are the lost rows that the table's own list says.
func (p *play) due(ctx context.Context, t *player, g Gap, match func(*row) bool, lose func(*row) error) error {
	if t.Expected == nil {
		return nil
	}
	var want []wanted
	for i, c := range t.columns {
		want = append(want, wanted{c, t.typ(i), i == t.date || slices.Contains(t.key, i)})
	}
	keys := panel.Spec{Entity: t.Entity(), At: t.Date}
	from, to := dayOf(g.From), dayOf(g.To)
	x, err := p.listing(ctx, t.Expected, keys, want)
	if err != nil {
		return fmt.Errorf("%s: %w", t.Place, err)
	}
	return p.each(ctx, x, g.From, g.Where, func(values []expr.Value, due, where truth) error {
		if values[t.date].IsNull() || due != isTrue || where != isTrue {
			return nil
		}
		d, err := dayIn(values[t.date], t.zone)
		if err != nil || d < from || d > to {
			return err
		}
		r := &row{day: d}
		for _, v := range values {
			r.values = append(r.values, p.codes.code(v))
		}
		if !match(r) {
			return nil
		}
		return lose(r)
	})
}

// nameless is the error of a row whose key is wrong for being NULL.
func (p *play) nameless(t *player, r *row) error {
	return fmt.Errorf("table %s: a row of %s has the key %s, and nothing tells whose it should be: leave it out by a predicate and give the lost row's key, or say which columns are wrong", t.Name, dateOf(r.day), p.named(t, r))
}

// named is a row's key in words.
func (p *play) named(t *player, r *row) string {
	var out []string
	for i, v := range p.values(r, t.key) {
		out = append(out, t.columns[t.key[i]]+"="+v.String())
	}
	return strings.Join(out, ",")
}

// startWith says whether the gap itself is seen along the flow.
func (f *flow) startWith(columns []string) {
	if len(columns) == 0 {
		f.carriers |= ofGap
		f.counting |= ofGap
		return
	}
	if f.looksAt() == nil || meet(columns, f.looksAt()) {
		f.carriers |= ofGap
	}
	if meet(columns, f.counts()) {
		f.counting |= ofGap
	}
}

// String says it in words.
func (g Gap) String() string {
	out := g.Table + " on " + g.From.String()
	if g.To != g.From {
		out = fmt.Sprintf("%s from %s to %s", g.Table, g.From, g.To)
	}
	var parts []string
	if !g.Where.IsZero() {
		parts = append(parts, "where "+g.Where.String())
	}
	for c, values := range g.Match {
		parts = append(parts, c+" = "+strings.Join(values, ", "))
	}
	slices.Sort(parts)
	return strings.Join(append([]string{out}, parts...), ", ")
}
