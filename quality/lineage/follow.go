package lineage

import (
	"context"
	"fmt"
)

// follow goes through the days from the gap on: of each table, in the order of builds,
// it settles which rows are spoilt, and tells the flows out of it.
func (p *play) follow(ctx context.Context, from day) error {
	last := from
	for _, t := range p.order {
		last = max(last, t.last)
	}
	for d := from; d <= last; d++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, t := range p.order {
			if err := p.makeRows(t, d); err != nil {
				return err
			}
			for _, f := range t.in {
				if err := p.spoil(f, d); err != nil {
					return err
				}
			}
			t.settle(d)
			for _, f := range t.out {
				if err := p.tell(f, d); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// spoil settles which rows of a day are spoilt along a flow.
func (p *play) spoil(f *flow, d day) error {
	if f.same {
		return f.spoilSame(d)
	}
	if len(f.lines) == 0 {
		return nil
	}
	for _, r := range f.to.byDay[d] {
		group, err := p.group(f.to, r, f.onTo)
		if err != nil {
			return err
		}
		line := f.lines[group]
		if line == nil || group == "" {
			continue
		}
		spoilt := false
		if f.earlier {
			m, ok := line.before(int64(d)*dayMicros, false)
			days := f.Reach.(Earlier).Days
			spoilt = ok && m.gap != never && (days == 0 || m.gap >= (int64(d)-days)*dayMicros)
		} else if spoilt, err = f.spoils(line, p.codes.values[r.values[f.atTo]]); err != nil {
			return fmt.Errorf("table %s: %s: %w", f.To, f.window.At, err)
		}
		if spoilt {
			r.by |= f.bit
		}
	}
	return nil
}

// spoilSame spoils the rows that agree with spoilt ones of the day.
func (f *flow) spoilSame(d day) error {
	spoilt := map[string]bool{}
	for _, r := range f.from.byDay[d] {
		if !f.carries(r) {
			continue
		}
		key := keyOf(r, f.onFrom)
		if key == "" && r.absent {
			return unknownOf(f.from, r, f.onFrom)
		}
		if key != "" {
			spoilt[key] = true
		}
	}
	if len(spoilt) == 0 {
		return nil
	}
	for _, r := range f.to.byDay[d] {
		if spoilt[keyOf(r, f.onTo)] {
			r.by |= f.bit
		}
	}
	return nil
}

// group is what a row agrees in; of one that is not there it has to be known.
func (p *play) group(t *player, r *row, columns []int) (string, error) {
	key := keyOf(r, columns)
	if key == "" && r.absent {
		return "", unknownOf(t, r, columns)
	}
	return key, nil
}

// unknownOf is the error of a lost row of which something is not known.
func unknownOf(t *player, r *row, columns []int) error {
	for _, c := range columns {
		if r.values[c] == 0 {
			return fmt.Errorf("table %s: a row of %s is lost, and nothing tells its %s: give the lost rows as keys that say so", t.Name, dateOf(r.day), t.columns[c])
		}
	}
	return nil
}

// tell tells a flow to later dates of the rows of a day.
func (p *play) tell(f *flow, d day) error {
	if f.same {
		return nil
	}
	type told struct {
		group string
		event event
	}
	var all []told
	here := map[string]bool{}
	for _, r := range f.from.byDay[d] {
		group, err := p.group(f.from, r, f.onFrom)
		if err != nil {
			return err
		}
		if group == "" {
			continue
		}
		e, due, err := p.event(f, r, d, group)
		if err != nil {
			return err
		}
		here[due] = true
		all = append(all, told{group, e})
	}
	add := func(group string, e event) { all = append(all, told{group, e}) }
	if f.teams != nil {
		p.missingGames(f, d, add)
	} else {
		for key, due := range f.due[d] {
			if !here[key] && due.is == isTrue {
				add(due.group, event{at: due.at, place: true})
			}
		}
	}
	var touched []*timeline
	for _, one := range all { // what comes before a group's first spoilt place matters to nobody
		if moved := f.moves(one.group, one.event); f.lines[one.group] == nil && (one.event.spoilt || moved) {
			f.lines[one.group] = &timeline{moved: moved, first: one.event.at, next: never}
		}
	}
	for _, one := range all {
		if line := f.lines[one.group]; line != nil {
			line.today = append(line.today, one.event)
			touched = append(touched, line)
		} else if f.knows {
			f.known[one.group] = true
		}
	}
	for _, line := range touched {
		if err := line.advance(p.codes); err != nil {
			return fmt.Errorf("table %s: %s: %w", f.From, dateOf(d), err)
		}
	}
	return nil
}

// missingGames adds the places of a day's games of which there is no row, and notes whose
// newest row is of which team.
func (p *play) missingGames(f *flow, d day, add func(group string, e event)) {
	at := func(r *row) int64 {
		at, _ := instant(p.codes.values[r.values[f.atFrom]]) // which an event has been made of
		return at
	}
	f.teams.missing(f.due[d], f.from.byDay[d], at, add)
	for _, r := range f.from.byDay[d] {
		f.teams.carry(r, keyOf(r, f.onFrom), at(r))
	}
}

// moves reports whether history of a group begins later because of a lost row.
func (f *flow) moves(group string, e event) bool {
	return f.knows && e.lost && !e.due && !f.known[group]
}

// event is what a row is along a flow to later dates, and its key among those due.
func (p *play) event(f *flow, r *row, d day, group string) (e event, due string, err error) {
	spoilt := r.by != 0 || r.absent
	if f.earlier {
		return event{at: int64(d) * dayMicros, spoilt: spoilt && f.carries(r), lost: r.absent}, "", nil
	}
	at := p.codes.values[r.values[f.atFrom]]
	if at.IsNull() {
		return event{}, "", fmt.Errorf("table %s: %s is NULL in a row of %s, and the windows of %s need it", f.From, f.from.columns[f.atFrom], dateOf(d), f.To)
	}
	if e.at, err = instant(at); err != nil {
		return e, "", fmt.Errorf("table %s: %s: %w", f.From, f.from.columns[f.atFrom], err)
	}
	for _, c := range f.order {
		e.order = append(e.order, r.values[c])
	}
	is, certain := f.truth(r)
	e.lost = r.absent
	e.place = certain && is != isFalse
	e.spoilt = spoilt && is != isFalse && f.carries(r)
	if f.window.Due == nil || f.teams != nil {
		return e, "", nil
	}
	due = dueKeyOf(group, e.at)
	if key := f.due[d][due]; key != nil && r.absent {
		switch {
		case key.is == isTrue:
			e.place, e.due = true, true
		case key.is == isFalse && !certain: // that it owes no row says that it would not count
			e.spoilt = false
		}
	}
	return e, due, nil
}
