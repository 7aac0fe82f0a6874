package lineage

import (
	"cmp"
	"context"
	"fmt"
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
	if g.Table(gap.Table) == nil {
		return nil, fmt.Errorf("there is no table %s in the file", gap.Table)
	}
	p, err := newPlay(ctx, g, rows, gap.Table)
	if err != nil {
		return nil, err
	}
	p.limits = limits
	of, err := p.lay(ctx, gap)
	if err != nil {
		return nil, err
	}
	if !of.someSpoilt() {
		return nil, &NothingError{gap}
	}
	from := dayOf(gap.From)
	for _, t := range p.order {
		if t != of {
			if err := p.load(ctx, t, from); err != nil {
				return nil, err
			}
		}
	}
	for _, f := range p.flows {
		if err := p.loadDue(ctx, f, from); err != nil {
			return nil, err
		}
	}
	if err := p.follow(ctx, from); err != nil {
		return nil, err
	}
	out := &Blast{Gap: gap}
	for _, t := range p.order {
		s := p.spoiltOf(t)
		if t == of {
			out.Tables = append([]Spoilt{s}, out.Tables...)
		} else {
			out.Tables = append(out.Tables, s)
		}
	}
	out.Rebuild, err = p.rebuild(of)
	return out, err
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
