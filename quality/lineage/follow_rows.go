package lineage

import "slices"

// makeRows adds the rows of a day that are not there because those are not that they are
// made from, and those that may have been dropped for what they are joined with.
func (p *play) makeRows(t *player, d day) error {
	dropping := slices.ContainsFunc(t.in, func(f *flow) bool { return f.drops(d) })
	var made map[string]*row
	for _, f := range t.in {
		if !f.rows {
			continue
		}
		loose := f.looseOn(d)
		for _, r := range f.from.byDay[d] {
			spoilt := r.absent || f.same && f.carries(r)
			if !spoilt && !dropping {
				continue
			}
			if made == nil {
				made = map[string]*row{}
				for _, there := range t.byDay[d] {
					made[keyOf(there, t.key)] = there
				}
				for _, there := range t.byDay[d] {
					made[t.within(there)] = there
				}
			}
			if err := f.makeRow(r, spoilt, made, loose); err != nil {
				return err
			}
		}
	}
	return nil
}

// drops reports whether rows of a day may not be there because of what the flow gives.
func (f *flow) drops(d day) bool {
	if f.Makes != nil || !f.same {
		return f.Makes == nil && len(f.lines) > 0
	}
	return slices.ContainsFunc(f.from.byDay[d], f.carries)
}

// makeRow adds the row that comes of one of the other table, if it is not there.
func (f *flow) makeRow(r *row, spoilt bool, made map[string]*row, loose map[string]bool) error {
	one := f.copyOf(r)
	one.absent, one.dropped = true, !spoilt
	key := keyOf(one, f.to.key)
	if !loose[key] {
		key = f.to.within(one)
	}
	there := made[key]
	switch {
	case key == "" && spoilt:
		return unknownOf(f.to, one, f.to.key)
	case key == "":
		return nil
	case there == nil:
		there = one
		made[key] = one
		f.to.add(one)
	default:
		there.fill(one.values)
	}
	if spoilt {
		there.by |= f.bit
		there.dropped = false
	}
	return nil
}

// copyOf is the row that comes of one of the other table, as far as that one tells it.
func (f *flow) copyOf(r *row) *row {
	one := &row{values: make([]int32, len(f.to.columns)), day: r.day}
	for _, c := range f.copied {
		one.values[c[1]] = r.values[c[0]]
	}
	return one
}

// looseOn are the keys whose rows of a day have other times than those that they come of,
// and so are told by the day alone.
func (f *flow) looseOn(d day) map[string]bool {
	if !f.to.timed {
		return nil
	}
	loose, told := map[string]bool{}, map[string]bool{}
	for _, r := range f.from.byDay[d] {
		told[f.to.within(f.copyOf(r))] = true
	}
	for _, there := range f.to.byDay[d] {
		if !told[f.to.within(there)] {
			loose[keyOf(there, f.to.key)] = true
		}
	}
	return loose
}

// fill adds to a row that is not there what another edge tells of it.
func (r *row) fill(values []int32) {
	for i, v := range values {
		if r.absent && r.values[i] == 0 {
			r.values[i] = v
		}
	}
}

// settle leaves out the rows that are not there for a reason that the gap is not: what
// spoils a column only drops no row.
func (t *player) settle(d day) {
	var dropping uint64
	for _, f := range t.in {
		if f.Makes == nil {
			dropping |= f.bit
		}
	}
	t.byDay[d] = slices.DeleteFunc(t.byDay[d], func(r *row) bool { return r.dropped && r.by&dropping == 0 })
}
