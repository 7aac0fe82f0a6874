package lineage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// row is a row of a table that a gap can reach: its values by the columns needed.
type row struct {
	values []int32
	day    day
	// absent: it is not in the table, but should be; dropped: it is not there for a reason
	// that is not known yet.
	absent, dropped bool
	// by are the edges that spoil it, as bits of the flows into the table; 0 is none.
	by uint64
	// truths are what the predicates that are asked of the table are for it.
	truths []truth
}

// ofGap is the bit of rows that are the gap itself.
const ofGap = 1 << 63

// player is a table that the gap can reach, with its rows.
type player struct {
	*Table
	schema  expr.Schema
	zone    *time.Location
	columns []string // that are needed, as the schema spells them
	key     []int    // which of them are the key without the date
	date    int
	timed   bool        // the key has a time, of which there are several on a day
	asked   []expr.Expr // predicates on its rows
	in, out []*flow
	byDay   map[day][]*row
	last    day
	// beside: the gap does not reach it, and it tells which rows another one should have.
	beside bool
}

// need is where a column is among those that are read; the error names the table.
func (p *player) need(column string) (int, error) {
	f, err := p.schema.Field(column)
	if err != nil {
		return 0, fmt.Errorf("table %s: %w", p.Name, err)
	}
	if i := slices.Index(p.columns, f.Name); i >= 0 {
		return i, nil
	}
	p.columns = append(p.columns, f.Name)
	return len(p.columns) - 1, nil
}

func (p *player) needAll(columns []string) ([]int, error) {
	var out []int
	for _, c := range columns {
		i, err := p.need(c)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

// ask has a predicate evaluated for each row, and says where among the truths.
func (p *player) ask(e expr.Expr) (int, error) {
	bound, err := e.BindPredicate(p.schema)
	if err != nil {
		return 0, fmt.Errorf("table %s: %w", p.Name, err)
	}
	if _, err := p.needAll(bound.Columns()); err != nil {
		return 0, err
	}
	p.asked = append(p.asked, e)
	return len(p.asked) - 1, nil
}

// typ is the type of a column that is read.
func (p *player) typ(i int) expr.Type {
	f, _ := p.schema.Field(p.columns[i])
	return f.Type
}

// play is the tables that a gap can reach, and how it gets from one to the other.
type play struct {
	graph  *Graph
	rows   Rows
	codes  *codes
	order  []*player // within a date
	flows  []*flow
	limits Limits
	read   int
}

// Limits bound what is kept in memory.
type Limits struct {
	// Rows is how many rows are kept of all tables; 0 is 20 million.
	Rows int
}

func (l Limits) rows() int {
	if l.Rows == 0 {
		return 20_000_000
	}
	return l.Rows
}

// newPlay sets the tables up that come of one.
func newPlay(ctx context.Context, g *Graph, rows Rows, table string) (*play, error) {
	p := &play{graph: g, rows: rows, codes: newCodes()}
	steps, err := g.downstream(table)
	if err != nil {
		return nil, err
	}
	of := map[string]*player{}
	for _, s := range steps {
		for _, name := range s.Tables {
			t, err := p.player(ctx, name)
			if err != nil {
				return nil, err
			}
			of[name] = t
			p.order = append(p.order, t)
		}
	}
	for _, t := range p.order {
		for i := range t.From {
			if from := of[t.From[i].From]; from != nil {
				if err := p.connect(&t.From[i], from, t); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, f := range p.flows {
		if err := p.checkTimes(f); err != nil {
			return nil, err
		}
	}
	for _, t := range slices.Clone(p.order) {
		if err := p.addBeside(ctx, t, of); err != nil {
			return nil, err
		}
	}
	return p, p.carryColumns()
}

// addBeside adds the tables that a table has its rows from and that the gap does not
// reach: a row can be dropped where what it is joined with is missing, and only they
// know of it.
func (p *play) addBeside(ctx context.Context, t *player, of map[string]*player) error {
	if !slices.ContainsFunc(t.in, func(f *flow) bool { return f.Makes == nil && !(f.same && f.rows) }) {
		return nil
	}
	for i := range t.From {
		e := &t.From[i]
		_, same := e.Reach.(Same)
		from := of[e.From]
		if from != nil && !from.beside || !same || e.Makes != nil || !e.makesRows(t.Table) {
			continue
		}
		if from == nil {
			var err error
			if from, err = p.player(ctx, e.From); err != nil {
				return err
			}
			from.beside = true
			of[e.From] = from
			p.order = append([]*player{from}, p.order...)
		}
		if err := p.connect(e, from, t); err != nil {
			return err
		}
	}
	return nil
}

// checkTimes refuses windows that see rows of their own date, by its times, of a table
// that is settled after their own.
func (p *play) checkTimes(f *flow) error {
	if f.window == nil || f.from.typ(f.atFrom) == expr.Date || slices.Index(p.order, f.from) < slices.Index(p.order, f.to) {
		return nil
	}
	return fmt.Errorf("%s: %s is made from %s in turns, date by date, and its windows tell times of one date apart: such are not followed", f.Place, f.To, f.From)
}

func (p *play) player(ctx context.Context, name string) (*player, error) {
	t := p.graph.Table(name)
	out := &player{Table: t, byDay: map[day][]*row{}, zone: time.UTC}
	if t.Date == "" || len(t.Key) == 0 {
		return nil, fmt.Errorf("table %s: what its rows are is not known: say date and key", name)
	}
	for _, c := range t.Key {
		if expr.Named(t.Redact, c) {
			return nil, fmt.Errorf("table %s: its rows are named by %s, which is redacted: they cannot be told", name, c)
		}
	}
	if t.Zone != "" {
		zone, err := expr.LoadZone(t.Zone)
		if err != nil {
			return nil, err
		}
		out.zone = zone
	}
	var err error
	if out.schema, err = p.rows.Schema(ctx, name); err != nil {
		return nil, err
	}
	if out.date, err = out.need(t.Date); err != nil {
		return nil, err
	}
	if typ := out.typ(out.date); typ != expr.Date && typ != expr.Timestamp && typ != expr.DateTime {
		return nil, fmt.Errorf("table %s: the date column %s is %s and no DATE, TIMESTAMP or DATETIME", name, t.Date, typ)
	}
	out.timed = out.typ(out.date) != expr.Date && expr.Named(t.Key, t.Date)
	out.key, err = out.needAll(t.Entity())
	return out, err
}

// within tells a row from others of its day, "" where a part is NULL: by its time as well,
// where that is of the key and known.
func (p *player) within(r *row) string {
	key := keyOf(r, p.key)
	if key != "" && p.timed && r.values[p.date] != 0 {
		key += keyOf(r, []int{p.date})
	}
	return key
}

// connect adds the flow along an edge.
func (p *play) connect(e *Edge, from, to *player) error {
	if len(to.in) == 62 {
		return fmt.Errorf("%s: %s is made along more than 62 edges", e.Place, to.Name)
	}
	f, err := newFlow(e, from, to)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Place, err)
	}
	if from.typ(from.date) == expr.Timestamp && to.typ(to.date) == expr.Timestamp && from.zone.String() != to.zone.String() {
		return fmt.Errorf("%s: %s tells its days in the zone %s and %s in %s, so that a time is of two dates: give both one zone", e.Place, to.Name, to.zone, from.Name, from.zone)
	}
	f.bit = 1 << len(to.in)
	to.in, from.out = append(to.in, f), append(from.out, f)
	p.flows = append(p.flows, f)
	return nil
}

// carryColumns has tables read what their rows tell of rows downstream that are not
// there, and settles what passes from flow to flow.
func (p *play) carryColumns() error {
	for grown := true; grown; {
		grown = false
		for _, f := range p.flows {
			before := len(f.from.columns)
			if f.rows {
				if err := f.copyColumns(); err != nil {
					return err
				}
			}
			grown = grown || len(f.from.columns) > before
		}
	}
	for _, f := range p.flows {
		f.settle()
	}
	return nil
}
