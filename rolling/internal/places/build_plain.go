package places

// plain builds an entity whose rows and expected keys ascend and are unique, and
// whose resets stand one after the other: the common case, in one pass over both.
// It reports whether this was one.
func (p *Part) plain(t *Table, e int) bool {
	in := &t.in
	from, to := t.rows.Of(e)
	if in.Pointed && in.Rows.Reset != nil || from == to {
		return false
	}
	if p.plainest(t, e) {
		return true
	}
	b := p.beginPlain(t, e)
	row, due, dueTo := from, int32(0), int32(0)
	if in.Expects {
		due, dueTo = t.expected.Of(e)
	}
	for row < to || due < dueTo {
		k := plainKey{row: -1, expected: -1}
		if row < to {
			k.row = t.rows.Row(row)
			k.at, k.order, k.reset = in.Rows.Key(k.row)
		}
		if due < dueTo {
			x := t.expected.Row(due)
			at, order, reset := in.Expected.Key(x)
			switch {
			case k.row < 0 || at < k.at || at == k.at && order < k.order:
				k = plainKey{at: at, order: order, reset: reset, row: -1, expected: x}
			case at == k.at && order == k.order:
				if k.expected = x; reset != k.reset {
					return b.undo()
				}
			}
		}
		if !b.add(&k, row) {
			return b.undo()
		}
		if k.row >= 0 {
			row++
		}
		if k.expected >= 0 {
			due++
		}
	}
	b.end(to)
	return true
}

// plainest is plain for rows that stand as they are, of no order and no reset, all
// of them counted and nothing expected: such places need not be kept.
func (p *Part) plainest(t *Table, e int) bool {
	rows := &t.in.Rows
	if t.in.Expects || t.rows.rows != nil || rows.Order != nil || rows.Reset != nil || t.in.Counted != nil || t.slotPoint != nil {
		return false
	}
	from, to := t.rows.Of(e)
	if !rows.At.ascend(int(from), int(to)) {
		return false
	}
	g := group{entity: int32(e), from: p.places, to: p.places + to - from, kept: -1, slots: from, slotsTo: to, start: rows.At.at(int(from)),
		clean: true, contiguous: true, row: from, twins: int32(len(p.twins)), twinsTo: int32(len(p.twins))}
	if t.in.Pointed {
		g.slots, g.slotsTo = t.points.Of(e)
		g.others = !rows.At.equal(int(from), int(to), t.in.Points.At, int(g.slots), int(g.slotsTo))
	}
	p.groups, p.places = append(p.groups, g), g.to
	return true
}

// A plainBuild is an entity while it is built in one pass.
type plainBuild struct {
	p      *Part
	table  *Table
	entity int32
	// What the part had before.
	groups, kept int
	group        *group
	at, order    int64 // of the key before
	begun        bool
	known        int
}

// A plainKey is a key with its row or its expected key, or both; −1 is none.
type plainKey struct {
	at, order     int64
	reset         int32
	row, expected int32
}

func (p *Part) beginPlain(t *Table, e int) plainBuild {
	return plainBuild{p: p, table: t, entity: int32(e), groups: len(p.groups), kept: len(p.at)}
}

// undo takes back what was built.
func (b *plainBuild) undo() bool {
	p := b.p
	p.groups, p.at, p.ref, p.state = p.groups[:b.groups], p.at[:b.kept], p.ref[:b.kept], p.state[:b.kept]
	return false
}

// add adds a key, which must come after the one before. Its row is at the given slot,
// or the next row is.
func (b *plainBuild) add(k *plainKey, slot int32) bool {
	p := b.p
	if g := b.group; g == nil || k.reset != g.reset {
		if k.reset < 0 || b.has(k.reset) {
			return false
		}
		b.endGroup(slot)
		kept := int32(len(p.at))
		p.groups = append(p.groups, group{entity: b.entity, reset: k.reset, from: p.places + kept - int32(b.kept), kept: kept,
			slots: slot, start: k.at, clean: true, twins: int32(len(p.twins)), twinsTo: int32(len(p.twins))})
		b.group = &p.groups[len(p.groups)-1]
	}
	if b.begun && (k.at < b.at || k.at == b.at && k.order <= b.order) {
		return false
	}
	b.at, b.order, b.begun = k.at, k.order, true
	state, ref := State(0), k.row
	in := &b.table.in
	if k.row >= 0 && k.expected >= 0 {
		b.known++
	}
	switch {
	case k.row < 0:
		if in.Expected.Excused != nil && in.Expected.Excused[k.expected] {
			return true
		}
		if state, ref = Missing, ^k.expected; in.Expected.Due != nil && in.Expected.Due[k.expected] > in.Now {
			state |= NotDue
		}
	case in.Counted != nil && in.Counted[k.row] == False:
		return true
	case in.Counted != nil && in.Counted[k.row] != True:
		state = Unusable
	}
	if state != 0 {
		b.group.clean = false
	}
	if k.expected < 0 && in.Expects {
		state |= Unexpected
	}
	p.at, p.ref, p.state = append(p.at, k.at), append(p.ref, ref), append(p.state, state)
	return true
}

// has reports whether the entity has a group of this reset.
func (b *plainBuild) has(reset int32) bool {
	for _, g := range b.p.groups[b.groups:] {
		if g.reset == reset {
			return true
		}
	}
	return false
}

// endGroup ends the group that is being built, if there is one, before a slot.
func (b *plainBuild) endGroup(slot int32) {
	if g := b.group; g != nil {
		g.to, g.slotsTo = g.from+int32(len(b.p.at))-g.kept, slot
		g.findContiguous(b.table, b.p.ref)
	}
}

// end ends the entity, whose slots end before the given one.
func (b *plainBuild) end(slot int32) {
	b.endGroup(slot)
	p, t := b.p, b.table
	p.places = b.group.to
	if t.asked(int(b.entity)) {
		p.known += b.known
		if b.known > 0 {
			t.met[b.entity] = true
		}
	}
	if t.in.Pointed {
		b.group.others = true
		b.group.slots, b.group.slotsTo = t.points.Of(int(b.entity))
	}
	if t.slotPoint != nil {
		for s := p.groups[b.groups].slots; s < b.group.slotsTo; s++ {
			t.slotPoint[s] = t.points.Row(s)
		}
	}
}

// findContiguous notes whether the places are rows one after the other, whose
// values need not be gathered.
func (g *group) findContiguous(t *Table, ref []int32) {
	if g.clean && t.rows.rows == nil && g.to > g.from {
		g.row = ref[g.kept]
		g.contiguous = ref[g.kept+g.to-g.from-1]-g.row == g.to-1-g.from
	}
}
