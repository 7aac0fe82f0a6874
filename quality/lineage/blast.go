package lineage

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Blast is what a gap spoils.
type Blast struct {
	Gap Gap
	// Tables are those that come of the gap's, itself first, in the order of builds; also
	// those of which it spoils nothing.
	Tables []Spoilt
	// Rebuild is what mends them, in order, once the gap's own rows are as they should be.
	Rebuild []Rebuild
}

// Spoilt is rows of a table.
type Spoilt struct {
	Table string
	// Key are the columns of the keys, without the date.
	Key  []string
	Rows []Row // by date and key
}

// Row is one that differs from what it should be.
type Row struct {
	Date civil.Date
	Key  []expr.Value
	// Absent: it is not there.
	Absent bool
}

// NothingError is a gap of no rows.
type NothingError struct{ Gap Gap }

func (e *NothingError) Error() string {
	return fmt.Sprintf("%s: no row is there and none is known to be lost: name the list of what was due (expected), or give the lost rows as keys", e.Gap)
}

// Follow finds what a gap spoils.
func Follow(ctx context.Context, g *Graph, rows Rows, gap Gap, limits Limits) (*Blast, error) {
	p, of, err := followed(ctx, g, rows, gap, limits)
	if err != nil {
		return nil, err
	}
	if !of.someSpoilt() {
		return nil, &NothingError{gap}
	}
	if err := p.loadAll(ctx, of, dayOf(gap.From)); err != nil {
		return nil, err
	}
	if err := p.follow(ctx, dayOf(gap.From)); err != nil {
		return nil, err
	}
	out := &Blast{Gap: gap, Tables: []Spoilt{p.spoiltOf(of)}}
	for _, t := range p.order {
		if t != of && !t.beside {
			out.Tables = append(out.Tables, p.spoiltOf(t))
		}
	}
	out.Rebuild, err = p.rebuild(of.Name)
	return out, err
}

// followed are the tables that a gap can reach, with its own rows laid out.
func followed(ctx context.Context, g *Graph, rows Rows, gap Gap, limits Limits) (*play, *player, error) {
	if g.Table(gap.Table) == nil {
		return nil, nil, fmt.Errorf("there is no table %s in the file", gap.Table)
	}
	p, err := newPlay(ctx, g, rows, gap.Table)
	if err != nil {
		return nil, nil, err
	}
	p.limits = limits
	of, err := p.lay(ctx, gap)
	return p, of, err
}

// loadAll reads the other tables, and the lists that windows know holes by.
func (p *play) loadAll(ctx context.Context, but *player, from day) error {
	for _, t := range p.order {
		if t != but {
			if err := p.load(ctx, t, from); err != nil {
				return err
			}
		}
	}
	for _, f := range p.flows {
		if err := p.loadDue(ctx, f, from); err != nil {
			return err
		}
	}
	return nil
}

// Readings are what Follow would read. Of the rows it asks for the columns alone.
func Readings(ctx context.Context, g *Graph, rows Rows, gap Gap) ([]Reading, error) {
	r := &readings{Rows: rows}
	p, of, err := followed(ctx, g, r, gap, Limits{})
	if err == nil {
		err = p.loadAll(ctx, of, dayOf(gap.From))
	}
	return r.all, err
}

// readings notes what is read, and reads nothing.
type readings struct {
	Rows
	all []Reading
}

func (r *readings) Read(_ context.Context, one Reading) (expr.Source, error) {
	r.all = append(r.all, one)
	return noRows{}, nil
}

type noRows struct{}

func (noRows) Schema(context.Context) (expr.Schema, error) { return nil, nil }

func (noRows) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(func(*expr.Batch, error) bool) {}
}

func (t *player) someSpoilt() bool {
	for _, rows := range t.byDay {
		if slices.ContainsFunc(rows, (*row).spoilt) {
			return true
		}
	}
	return false
}

func (r *row) spoilt() bool { return r.by != 0 }

func (p *play) spoiltOf(t *player) Spoilt {
	out := Spoilt{Table: t.Name}
	for _, i := range t.key {
		out.Key = append(out.Key, t.columns[i])
	}
	for _, rows := range t.byDay {
		for _, r := range rows {
			if r.spoilt() {
				out.Rows = append(out.Rows, Row{dateOf(r.day), p.values(r, t.key), r.absent})
			}
		}
	}
	slices.SortFunc(out.Rows, func(a, b Row) int {
		return cmp.Or(a.Date.Compare(b.Date), slices.CompareFunc(a.Key, b.Key, expr.Value.Compare))
	})
	return out
}

func (p *play) values(r *row, columns []int) []expr.Value {
	out := make([]expr.Value, len(columns))
	for i, c := range columns {
		out[i] = p.codes.values[r.values[c]]
	}
	return out
}
