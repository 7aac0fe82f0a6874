package lineage

import (
	"fmt"
	"maps"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// flow is an edge between tables that the gap can reach.
type flow struct {
	*Edge
	from, to *player
	bit      uint64 // among those of to
	// carriers are the flows into from that spoil what this one reads; counting those
	// that spoil what its predicate reads.
	carriers, counting uint64
	// rows: a row of from is a row of to, whose values are copied.
	rows   bool
	copied [][2]int
	// onFrom and onTo are the columns that agree.
	onFrom, onTo []int
	// Of a window.
	window        *Window
	atFrom, atTo  int
	order         []int
	predicate     int // which of the rows' truths, −1 for none
	lines         map[string]*timeline
	same, earlier bool
	// knows: where history begins is where its first row is; known are the groups that
	// had begun before.
	knows bool
	known map[string]bool
	due   map[day]map[string]*dueKey
	teams *teams // where the list knows only their games
}

// newFlow resolves the columns of an edge.
func newFlow(e *Edge, from, to *player) (*flow, error) {
	f := &flow{Edge: e, from: from, to: to, predicate: -1, lines: map[string]*timeline{}, known: map[string]bool{}}
	if err := f.checkColumns(); err != nil {
		return nil, err
	}
	on := e.On
	switch r := e.Reach.(type) {
	case Same:
		f.same, f.rows = true, e.Makes == nil && e.makesRows(to.Table)
	case Earlier:
		f.earlier = true
		f.atFrom, f.atTo = from.date, to.date
	case Window:
		f.window = &r
		f.knows = r.Days > 0 && !r.HistoryFrom.IsValid()
		if r.Reset != "" {
			on = append(slices.Clone(on), r.Reset)
		}
		f.rows = r.Points == "" && e.From != e.To && e.makesRows(to.Table)
		if err := f.resolveWindow(r); err != nil {
			return nil, err
		}
	}
	for _, own := range on {
		there, err := from.need(f.there(own))
		if err != nil {
			return nil, err
		}
		here, err := to.need(own)
		if err != nil {
			return nil, err
		}
		if err := f.alike(there, here); err != nil {
			return nil, err
		}
		f.onFrom, f.onTo = append(f.onFrom, there), append(f.onTo, here)
	}
	if f.window == nil || f.window.Due == nil || f.window.Due.By == "" {
		return f, nil
	}
	team, err := from.need(f.there(f.window.Due.By))
	f.teams = newTeams(team, f.onFrom[len(e.On):])
	return f, err
}

func (f *flow) resolveWindow(w Window) (err error) {
	if f.atFrom, err = f.from.need(f.there(w.At)); err != nil {
		return err
	}
	if f.atTo, err = f.to.need(w.At); err != nil {
		return err
	}
	if err := f.alike(f.atFrom, f.atTo); err != nil {
		return err
	}
	for _, c := range w.Order {
		at, err := f.from.need(f.there(c))
		if err != nil {
			return err
		}
		f.order = append(f.order, at)
	}
	if !w.Counted.IsZero() {
		if f.predicate, err = f.from.ask(w.Counted); err != nil {
			return fmt.Errorf("counted: %w", err)
		}
	}
	return nil
}

// there is what a column of the made table is called in the other one: its date column
// is that of the other's, unless the edge says otherwise.
func (f *flow) there(own string) string {
	name := f.theirs(own)
	if name == own && expr.SameColumn(own, f.to.Date) && !slices.ContainsFunc(slices.Collect(maps.Keys(f.Map)), func(c string) bool { return expr.SameColumn(c, own) }) {
		return f.from.Date
	}
	return name
}

// checkColumns refuses columns that are not there: what is misspelt would carry nothing.
func (f *flow) checkColumns() error {
	for _, c := range f.Reads {
		if field, err := f.from.schema.Field(c); err != nil && field.Err == nil {
			return fmt.Errorf("reads: table %s: %w", f.From, err)
		}
	}
	for _, c := range f.Makes {
		if field, err := f.to.schema.Field(c); err != nil && field.Err == nil {
			return fmt.Errorf("makes: table %s: %w", f.To, err)
		}
	}
	for own, name := range f.Map {
		if field, err := f.from.schema.Field(name); err != nil && field.Err == nil {
			return fmt.Errorf("map: table %s: %w", f.From, err)
		}
		if field, err := f.to.schema.Field(own); err != nil && field.Err == nil && !expr.Named(f.told(), own) {
			return fmt.Errorf("map: table %s: %w", f.To, err)
		}
	}
	return nil
}

// told are columns of the other table alone that the edge calls as the made one would.
func (e *Edge) told() []string {
	w, ok := e.Reach.(Window)
	if !ok {
		return nil
	}
	out := slices.Clone(w.Order)
	if w.Due != nil {
		out = append(out, w.Due.By)
	}
	return out
}

// alike refuses columns of unlike types, which would agree in no row.
func (f *flow) alike(there, here int) error {
	a, b := f.from.typ(there), f.to.typ(here)
	if a != b && a != expr.Null && b != expr.Null {
		return fmt.Errorf("%s of %s is %s and %s of %s is %s: values of unlike types never agree, declare them as one", f.from.columns[there], f.From, a, f.to.columns[here], f.To, b)
	}
	return nil
}

// makesRows reports whether rows of the other table tell the key of a made one: they agree
// in all of it.
func (e *Edge) makesRows(to *Table) bool {
	return !slices.ContainsFunc(to.Entity(), func(c string) bool { return !expr.Named(e.On, c) })
}

// copyColumns has the other table read what it tells of the made rows.
func (f *flow) copyColumns() error {
	f.copied = nil
	for here, own := range f.to.columns {
		name := f.there(own)
		if field, err := f.from.schema.Field(name); err != nil || here != f.to.date && field.Type != f.to.typ(here) {
			continue // nobody tells
		}
		there, err := f.from.need(name)
		if err != nil {
			return err
		}
		f.copied = append(f.copied, [2]int{there, here})
	}
	return nil
}

// counts are the columns that say whether a row counts.
func (e *Edge) counts() []string {
	if w, ok := e.Reach.(Window); ok {
		return w.Counted.Columns()
	}
	return nil
}

// looksAt are the columns that are looked at, nil for all.
func (e *Edge) looksAt() []string {
	if e.Reads == nil {
		return nil
	}
	return slices.Concat(e.Reads, e.counts())
}

// settle says what the flow takes on from those into its table.
func (f *flow) settle() {
	for _, in := range f.from.in {
		if reads := f.looksAt(); reads == nil || meet(in.Makes, reads) {
			f.carriers |= in.bit
		}
		if meet(in.Makes, f.counts()) {
			f.counting |= in.bit
		}
	}
}

// meet reports whether one of the columns made is among some; made are all where there
// is no list of them.
func meet(makes, of []string) bool {
	return makes == nil && len(of) > 0 || slices.ContainsFunc(makes, func(c string) bool { return expr.Named(of, c) })
}

// carries reports whether what spoils a row is seen along the flow.
func (f *flow) carries(r *row) bool { return r.absent || r.by&f.carriers != 0 }

// truth is whether a row counts, as far as that is certain.
func (f *flow) truth(r *row) (is truth, certain bool) {
	if f.predicate < 0 {
		return isTrue, true
	}
	if r.absent || r.by&f.counting != 0 {
		return isNull, false
	}
	return r.truths[f.predicate], true
}

// key is what a row of one of the tables agrees in, "" where a part is NULL.
func keyOf(r *row, columns []int) string {
	out := make([]byte, 0, 4*len(columns)+1)
	for _, c := range columns {
		n := r.values[c]
		if n == 0 {
			return ""
		}
		out = append(out, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	return string(append(out, '.')) // no columns are a key as well
}
