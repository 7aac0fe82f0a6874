package files

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// table is a relation of text files.
type table struct {
	relation
	chunk int // bytes that are read together

	allKeys bool // no object has a key that is not among the columns
	notes   []string
}

func newTable(found []*file, s settled) *table {
	t := &table{relation: newRelation(found, s), chunk: chunkSize}
	t.look = t.sample
	return t
}

// Notes are worth telling of the rows that have been read, beside their errors.
func (t *table) Notes() []string {
	t.turn <- struct{}{}
	defer func() { <-t.turn }()
	return slices.Clone(t.notes)
}

// planOf is how a column is read next.
func (t *table) planOf(at int, looking bool) *plan {
	c := t.columns[at]
	p := &plan{
		Field: expr.Field{Name: c.name, Type: c.typ}, at: at, how: howOf(c.typ), declared: c.declared, final: c.final, looking: looking,
		numerals: t.numerals, array: -1, nulls: newTexts(t.Nulls), odd: c.odd,
	}
	if how, ok := t.times[strings.ToLower(c.name)]; ok {
		p.time, p.zone = how.format, how.zone
	}
	return p
}

// Scan reads the columns that are asked for, and of the others only where they end.
func (t *table) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		plans, err := t.ask(ctx, columns)
		if err != nil {
			yield(nil, err)
			return
		}
		stopped := false
		err = t.pass(ctx, plans, func(b *expr.Batch) bool {
			stopped = !yield(b, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
}

func (t *table) ask(ctx context.Context, columns []string) ([]*plan, error) {
	if err := t.lock(ctx); err != nil {
		return nil, err
	}
	defer t.unlock()
	if err := t.begin(ctx); err != nil {
		return nil, err
	}
	plans := make([]*plan, len(columns))
	for i, name := range columns {
		f, err := findField(t.columns, name)
		if err != nil {
			return nil, err
		}
		at, array := findPart(t.columns, f)
		plans[i] = t.planOf(at, false)
		if plans[i].array = array; array >= 0 || f.Part != nil {
			plans[i].Name = f.Name
		}
	}
	return plans, nil
}

// Settle reads the rows as far as it must for the types of all columns to be no
// guess.
func (t *table) Settle(ctx context.Context) error {
	if err := t.lock(ctx); err != nil {
		return err
	}
	defer t.unlock()
	if err := t.begin(ctx); err != nil {
		return err
	}
	err := t.settleAll(ctx)
	if ctx.Err() != nil {
		return quality.Ended(ctx, nil)
	}
	t.broken = err
	return err
}

// settleAll: a pass over objects can meet keys that were not known.
func (t *table) settleAll(ctx context.Context) error {
	for {
		var plans []*plan
		for i, c := range t.columns {
			if !c.final {
				plans = append(plans, t.planOf(i, true))
			}
		}
		if len(plans) == 0 && t.allKeys {
			return nil
		}
		p := newPass(ctx, t, plans)
		p.discover = true
		if err := p.run(func(*expr.Batch) bool { return true }); err != nil {
			return err
		}
		t.learn(p)
	}
}

// pass reads all files once. ErrRevised is its error where the rows contradict what
// was a guess; what they said is known then.
func (t *table) pass(ctx context.Context, plans []*plan, yield func(*expr.Batch) bool) error {
	if err := t.lock(ctx); err != nil {
		return err
	}
	p := newPass(ctx, t, plans)
	t.unlock()
	if err := p.run(yield); err != nil || p.stopped {
		return err
	}
	if err := t.lock(ctx); err != nil {
		return err
	}
	defer t.unlock()
	revised := t.learn(p)
	for _, plan := range plans {
		t.note(t.columns[plan.at].remark)
	}
	if revised {
		return expr.ErrRevised
	}
	return nil
}

// learn takes from a pass over all rows what they say. It reports whether a guess was
// wrong.
func (t *table) learn(p *pass) (revised bool) {
	for i, plan := range p.plans {
		c := &t.columns[plan.at]
		if plan.final {
			continue
		}
		d := p.found[i].decide()
		if d.typ == expr.DateTime && plan.zone != nil {
			d.typ = expr.Timestamp
		}
		if d.why != isDecided || d.typ != plan.Type {
			revised = true
		}
		if c.final {
			continue // another pass was faster
		}
		c.typ, c.err, c.final = d.typ, p.found[i].explain(c.name, d), true
		c.odd = oddOf(c.err)
		c.remark = p.found[i].note(c.name, d)
	}
	t.addColumns(p.keys)
	t.allKeys = true
	for _, o := range p.read {
		if o.rows == 0 && o.file.format == csvFormat {
			t.note(o.file.path + ": it has a header and no row")
		}
	}
	return revised
}

// addColumns adds those of new keys.
func (t *table) addColumns(keys []jsonKey) {
	if len(keys) == 0 {
		return
	}
	there := map[jsonKey]bool{}
	for _, c := range t.columns {
		there[c.key().folded()] = true
	}
	for _, key := range keys {
		if there[key.folded()] {
			continue // another pass was faster
		}
		c := column{name: key.name, typ: expr.Null}
		if key.in > 0 {
			of := t.columns[key.in-1].name
			if c.within, c.name = key, of+"."+key.name; key.items {
				c.name = of
			}
		}
		t.columns = append(t.columns, c)
	}
}

// note keeps what is worth telling, once.
func (t *table) note(text string) {
	if text != "" && !slices.Contains(t.notes, text) {
		t.notes = append(t.notes, text)
	}
}

func oddOf(err error) map[string]bool {
	var cells *expr.OddCellsError
	if !errors.As(err, &cells) || len(cells.Odd) == 0 {
		return nil
	}
	out := map[string]bool{}
	for _, text := range cells.Odd {
		out[text] = true
	}
	return out
}
