package mutation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// remedies are the checks that may catch a fault, the best first.
func (b *bench) remedies(ctx context.Context, i injury) ([]remedy, error) {
	switch f := i.fault.(type) {
	case faults.Lose:
		rows := remedy{head: "rows: {%s}", least: true}
		if i.day {
			return append(slices.Concat(b.dueDates(), b.oracles()), rows), nil
		}
		out := []remedy{rows}
		if expect := i.expected(); f.OneIn <= 1 && expect != "" {
			out = slices.Insert(out, 0, remedy{head: "rows: {%s}", least: true, beside: []string{"expect: " + expect}})
		}
		return out, nil
	case faults.Delay:
		return append(slices.Concat(b.fresh(), b.dueDates(), b.oracles()), remedy{head: "rows: {%s}", least: true}), nil
	case faults.Duplicate:
		key, err := b.unique(ctx)
		if err != nil || len(key) == 0 {
			return []remedy{{head: "rows: {%s}"}}, err
		}
		return []remedy{{head: "unique: " + form.QuoteAll(key), exact: true, whole: true}}, nil
	case faults.Null:
		return b.populated(f.Column), nil
	case faults.Zero:
		out := []remedy{
			{head: fmt.Sprintf("defaults: {%s: [0]}", form.Quote(f.Column)), share: true},
			{head: "min: " + form.Quote(f.Column), least: true, whole: true},
		}
		return append(out, still(f.Column)...), nil
	case faults.Freeze:
		return still(f.Column), nil
	case faults.Shift:
		if pattern := b.shapes[f.Column].Pattern(); pattern != "" {
			return []remedy{{head: fmt.Sprintf("pattern: {%s: %s}", form.Quote(f.Column), form.Quote(pattern)), exact: true, whole: true}}, nil
		}
	case faults.Leak:
		audits, err := b.audits(ctx, f)
		claim := expr.Col(f.Column).Ne(expr.Col(f.Of)).String()
		return append(audits, remedy{head: "assert: " + form.Quote(claim), least: true, share: true, beside: []string{"null: ok"}}), err
	}
	return nil, nil
}

// populated are for all rows, or for those of a filter that the suite has: minutes > 0.
func (b *bench) populated(column string) []remedy {
	all := remedy{head: "complete: " + form.Quote(column), least: true, share: true}
	var out []remedy
	for _, filter := range append([]expr.Expr{{}}, b.filters()...) {
		some := all
		some.filter, some.most = filter, true
		out = append(out, some)
	}
	return append(out, all)
}

// filters are those that the suite's checks have, each once.
func (b *bench) filters() []expr.Expr {
	var out []expr.Expr
	for _, r := range b.suite.Rules {
		if !r.Where.IsZero() && !r.Where.Raw() && !slices.ContainsFunc(out, func(f expr.Expr) bool { return f.String() == r.Where.String() }) {
			out = append(out, r.Where)
		}
	}
	return out
}

// audits compute windows again, where the column's name says which they are. Whose they
// are is what the key has beside the date; they may begin anew with each segment, and be
// over the rows of a filter that the suite has.
func (b *bench) audits(ctx context.Context, f faults.Leak) ([]remedy, error) {
	key, err := b.unique(ctx)
	entity := slices.DeleteFunc(slices.Clone(key), func(c string) bool { return foldName(c) == foldName(b.scope.Date) })
	if err != nil || len(entity) != 1 || len(key) != 2 {
		return nil, err
	}
	one := remedy{head: "window: " + form.Quote(f.Column), least: true, share: true, whole: true, beside: []string{
		"entity: " + form.Quote(entity[0]), "at: " + form.Quote(b.scope.Date),
	}}
	resets := [][]string{nil}
	for _, g := range b.groupings {
		if len(g.by) == 1 && len(g.computed) == 0 {
			resets = append(resets, []string{"reset: " + form.Quote(g.by[0])})
		}
	}
	counted := [][]string{nil}
	for _, filter := range b.filters() {
		counted = append(counted, []string{"counted: " + form.Quote(filter.String())})
	}
	var out []remedy
	for _, c := range counted {
		for _, r := range resets {
			some := one
			some.beside = slices.Concat(one.beside, r, c)
			out = append(out, some)
		}
	}
	return out, nil
}

// still catch a column that no longer moves.
func still(column string) []remedy {
	return []remedy{
		{head: "top_share: " + form.Quote(column), share: true},
		{head: "distinct: " + form.Quote(column), least: true},
	}
}

// fresh are ages of the newest row, the oldest first; where that is older than a week
// nobody waits for it.
func (b *bench) fresh() []remedy {
	var out []remedy
	for _, within := range []string{"168h", "120h", "72h", "48h", "36h", "24h", "12h"} {
		out = append(out, remedy{head: "fresh: " + form.Quote(b.scope.Date), exact: true, whole: true, beside: []string{"within: " + within}})
	}
	return out
}

// dueDates know of a date that there should be rows of.
func (b *bench) dueDates() []remedy {
	grid := remedy{head: "grid: " + form.Quote(b.scope.Date), exact: true, whole: true}
	var out []remedy
	if b.suite.Calendar != nil {
		out = append(out, grid)
	}
	for _, every := range []string{"day", "weekday"} {
		g := grid
		g.beside = []string{"every: " + every}
		out = append(out, g)
	}
	return out
}

// oracles hold the keys of the table against those of others that the suite knows.
func (b *bench) oracles() []remedy {
	var out []remedy
	for _, name := range b.others {
		var key []string
		for _, f := range b.schemas[name] {
			own, err := b.scope.Schema.Field(f.Name)
			if err == nil && own.Type == f.Type && f.Type != expr.Float64 && f.Type.Computable() {
				key = append(key, own.Name)
			}
		}
		if expr.Named(key, b.scope.Date) {
			out = append(out, remedy{head: "cover: " + form.QuoteAll(key), exact: true, whole: true, beside: []string{"of: {table: " + form.Quote(name) + "}"}})
		}
	}
	return out
}

// expected are the segments of a grouping as expect: has them, "" where they are many.
func (i injury) expected() string {
	const most = 40
	if i.of == nil || len(i.of.all) > most {
		return ""
	}
	var out []string
	for _, s := range i.of.all {
		var values []string
		for _, v := range s.Values() {
			values = append(values, value(v))
		}
		text := strings.Join(values, ", ")
		if len(values) > 1 {
			text = "[" + text + "]"
		}
		out = append(out, text)
	}
	return "[" + strings.Join(out, ", ") + "]"
}
