package lineage

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
)

// dueKey is a key that a list says was due.
type dueKey struct {
	group string
	at    int64
	is    truth
}

func dueKeyOf(group string, at int64) string {
	return string(binary.BigEndian.AppendUint64([]byte(group), uint64(at)))
}

// wanted is a column of a table that is looked for in a list.
type wanted struct {
	column   string
	typ      expr.Type
	required bool
}

// inList are the names in a list of a column of the rows.
func inList(l *List, keys panel.Spec, column string) []string {
	for name, names := range l.Map {
		if expr.SameColumn(name, column) {
			return names
		}
	}
	keys.Expected = l.Expected
	return keys.InExpected(column)
}

// listing is how a list is read: by the names of the rows that it lists.
type listing struct {
	list   *List
	schema expr.Schema
	read   []string
	// views are where the columns wanted are among those read, −1 for none: several, where
	// a column has several names. named are those that are there, as the rows name them.
	views [][]int
	named expr.Schema
	date  string
}

// listing finds the columns wanted in a list.
func (p *play) listing(ctx context.Context, l *List, keys panel.Spec, want []wanted) (*listing, error) {
	schema, err := p.rows.Schema(ctx, l.Table)
	if err != nil {
		return nil, err
	}
	x := &listing{list: l, schema: schema}
	several := 1
	for _, w := range want {
		several = max(several, len(inList(l, keys, w.column)))
	}
	for i := range several {
		var view []int
		for _, w := range want {
			names := inList(l, keys, w.column)
			at, f, err := x.place(names[min(i, len(names)-1)])
			switch {
			case err != nil && w.required:
				return nil, fmt.Errorf("expected: %w: say in map what it calls %s", err, w.column)
			case err == nil && f.Type != w.typ && f.Type != expr.Null && w.typ != expr.Null:
				return nil, fmt.Errorf("expected: %s of %s is %s where the rows have %s: declare them as one type", f.Name, l.Table, f.Type, w.typ)
			case err == nil && i == 0:
				x.named = append(x.named, expr.Field{Name: w.column, Type: f.Type})
			}
			if err == nil && expr.SameColumn(w.column, keys.At) {
				x.date = f.Name
			}
			view = append(view, at)
		}
		x.views = append(x.views, view)
	}
	if l.Where.IsZero() {
		return x, nil
	}
	bound, err := l.Where.BindPredicate(schema)
	if err != nil {
		return nil, fmt.Errorf("expected: where: table %s: %w", l.Table, err)
	}
	for _, c := range bound.Columns() {
		if _, _, err := x.place(c); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// place is where a column is among those read.
func (x *listing) place(name string) (int, expr.Field, error) {
	f, err := x.schema.Field(name)
	if err != nil {
		return -1, f, fmt.Errorf("table %s: %w", x.list.Table, err)
	}
	if i := slices.Index(x.read, f.Name); i >= 0 {
		return i, f, nil
	}
	x.read = append(x.read, f.Name)
	return len(x.read) - 1, f, nil
}

// viewed are the columns of a view of a batch that are there.
func viewed(b *expr.Batch, view []int) *expr.Batch {
	out := &expr.Batch{Rows: b.Rows}
	for _, at := range view {
		if at >= 0 {
			out.Columns = append(out.Columns, b.Columns[at])
		}
	}
	return out
}

// each reads a list from a day on: what is wanted of each key, NULL where the list does
// not tell it, whether it was due, and what where is for it, a predicate by the names of
// the rows.
func (p *play) each(ctx context.Context, x *listing, from civil.Date, where expr.Expr, do func(values []expr.Value, due, where truth) error) error {
	l := x.list
	due, err := newPredicate(l.Where, x.schema, x.read)
	if err != nil {
		return fmt.Errorf("expected: where: table %s: %w", l.Table, err)
	}
	chosen := make([]*predicate, len(x.views))
	for i := range chosen {
		if chosen[i], err = newPredicate(where, x.named, x.named.Names()); err != nil {
			return fmt.Errorf("table %s, which lists what was due: %w: give the lost rows as keys", l.Table, err)
		}
	}
	src, err := p.rows.Read(ctx, Reading{Table: l.Table, Columns: x.read, Date: x.date, From: from})
	if err != nil {
		return err
	}
	for b, err := range expr.ScanWhole(ctx, src, x.read) {
		if err == nil {
			err = x.batch(b, due, chosen, do)
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", l.Table, err)
		}
	}
	return nil
}

func (x *listing) batch(b *expr.Batch, due *predicate, chosen []*predicate, do func(values []expr.Value, due, where truth) error) error {
	is, err := due.truths(b)
	if err != nil {
		return err
	}
	for v, view := range x.views {
		where, err := chosen[v].truths(viewed(b, view))
		if err != nil {
			return err
		}
		for i := range b.Rows {
			values := make([]expr.Value, len(view))
			for c, at := range view {
				if at >= 0 {
					values[c] = b.Columns[at].Value(i)
				}
			}
			if err := do(values, is[i], where[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// loadDue reads the keys that a window knows holes by, from a day on.
func (p *play) loadDue(ctx context.Context, f *flow, from day) error {
	w := f.window
	if w == nil || w.Due == nil {
		return nil
	}
	f.due = map[day]map[string]*dueKey{}
	var want []wanted
	owners, columns := f.on(), f.onFrom
	if f.teams != nil {
		owners, columns = append([]string{w.Due.By}, owners[len(f.On):]...), append([]int{f.teams.column}, f.teams.reset...)
	}
	for i, own := range owners {
		want = append(want, wanted{own, f.from.typ(columns[i]), true})
	}
	want = append(want, wanted{w.At, f.from.typ(f.atFrom), true})
	bound := dateOf(from)
	if f.knows && f.teams == nil {
		bound = civil.Date{}
	}
	x, err := p.listing(ctx, w.Due, w.Spec, want)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Place, err)
	}
	return p.each(ctx, x, bound, expr.Expr{}, func(values []expr.Value, is, _ truth) error {
		at := values[len(values)-1]
		one := &row{}
		columns := []int{}
		for i, v := range values[:len(values)-1] {
			one.values, columns = append(one.values, p.codes.code(v)), append(columns, i)
		}
		group := keyOf(one, columns)
		if at.IsNull() || group == "" {
			return nil // of no place
		}
		us, err := instant(at)
		if err != nil {
			return err
		}
		d, err := dayIn(at, f.from.zone)
		if err != nil {
			return err
		}
		if d < from {
			if is != isFalse && f.teams == nil {
				f.known[group] = true
			}
			return nil
		}
		if f.due[d] == nil {
			f.due[d] = map[string]*dueKey{}
		}
		f.due[d][dueKeyOf(group, us)] = &dueKey{group, us, is}
		return nil
	})
}

// on are the columns of the made table that rows of a flow agree in.
func (f *flow) on() []string {
	var out []string
	for _, i := range f.onTo {
		out = append(out, f.to.columns[i])
	}
	return out
}
