package panel

import (
	"context"
)

// loadPoints loads the keys that windows are asked for as of.
func (p *Panel) loadPoints(ctx context.Context, t Table) error {
	in, err := p.open(ctx, t, "points")
	if err != nil {
		return err
	}
	if p.points, err = p.newKeys(in, p.spec.Entity, &p.shared.entities, itself); err != nil {
		return err
	}
	return p.points.scan(ctx, p.points.load)
}

// asked are the keys that windows are asked for as of.
func (p *Panel) asked() *keys {
	if p.points != nil {
		return p.points
	}
	return p.rows.keys
}
