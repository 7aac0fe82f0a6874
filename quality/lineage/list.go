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

// list reads a list of what was due: a key for each of several names of a column. Where
// is a predicate by the names of the rows.
func (p *play) list(ctx context.Context, l *List, keys panel.Spec, want []wanted, where expr.Expr, from civil.Date, each func(values []expr.Value, due, where truth) error) error {
	schema, err := p.rows.Schema(ctx, l.Table)
	if err != nil {
		return err
	}
	several := 1
	for _, w := range want {
		several = max(several, len(inList(l, keys, w.column)))
	}
	listWhere, err := l.Where.BindPredicate(schema)
	if err != nil && !l.Where.IsZero() {
		return fmt.Errorf("expected: where: table %s: %w", l.Table, err)
	}
	var read []string
	place := func(name string) (int, expr.Field, error) {
		f, err := schema.Field(name)
		if err != nil {
			return -1, f, fmt.Errorf("table %s: %w", l.Table, err)
		}
		if i := slices.Index(read, f.Name); i >= 0 {
			return i, f, nil
		}
		read = append(read, f.Name)
		return len(read) - 1, f, nil
	}
	reading := Reading{Table: l.Table, From: from}
	views := make([][]int, several) // of the columns wanted, where they are read
	var rows expr.Schema            // as the rows name them
	for i := range several {
		for _, w := range want {
			names := inList(l, keys, w.column)
			at, f, err := place(names[min(i, len(names)-1)])
			switch {
			case err != nil && w.required:
				return fmt.Errorf("expected: %w: say in map what it calls %s", err, w.column)
			case err == nil && f.Type != w.typ && f.Type != expr.Null && w.typ != expr.Null:
				return fmt.Errorf("expected: %s of %s is %s where the rows have %s: declare them as one type", f.Name, l.Table, f.Type, w.typ)
			case err == nil && i == 0:
				rows = append(rows, expr.Field{Name: w.column, Type: f.Type})
			}
			if expr.SameColumn(w.column, keys.At) {
				reading.Date = f.Name
			}
			views[i] = append(views[i], at)
		}
	}
	if !l.Where.IsZero() {
		for _, c := range listWhere.Columns() {
			if _, _, err := place(c); err != nil {
				return err
			}
		}
	}
	reading.Columns = read
	src, err := p.rows.Read(ctx, reading)
	if err != nil {
		return err
	}
	due, err := newPredicate(l.Where, schema, read)
	if err != nil {
		return fmt.Errorf("expected: where: %w", err)
	}
	if !where.IsZero() {
		if _, err := where.BindPredicate(rows); err != nil {
			return fmt.Errorf("table %s, which lists what was due: %w: give the lost rows as keys", l.Table, err)
		}
	}
	wheres := make([]*predicate, several)
	for i := range wheres {
		if wheres[i], err = newPredicate(where, rows, rows.Names()); err != nil {
			return err
		}
	}
	for b, err := range expr.ScanWhole(ctx, src, read) {
		if err != nil {
			return fmt.Errorf("table %s: %w", l.Table, err)
		}
		is, err := due.truths(b)
		if err != nil {
			return fmt.Errorf("table %s: %w", l.Table, err)
		}
		for v, view := range views {
			as := &expr.Batch{Rows: b.Rows}
			for _, at := range view {
				if at >= 0 {
					as.Columns = append(as.Columns, b.Columns[at])
				}
			}
			chosen, err := wheres[v].truths(as)
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
				if err := each(values, is[i], chosen[i]); err != nil {
					return fmt.Errorf("table %s: %w", l.Table, err)
				}
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
	for i, own := range f.on() {
		want = append(want, wanted{own, f.from.typ(f.onFrom[i]), true})
	}
	want = append(want, wanted{w.At, f.from.typ(f.atFrom), true})
	bound := dateOf(from)
	if f.knows {
		bound = civil.Date{}
	}
	return p.list(ctx, w.Due, w.Spec, want, expr.Expr{}, bound, func(values []expr.Value, is, _ truth) error {
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
			if is != isFalse {
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
