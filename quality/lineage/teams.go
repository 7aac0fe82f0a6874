package lineage

// teams is what a window knows that holes are told to by the games of teams: a game of
// which there is no row is missing for everybody whose newest row before is of the team.
type teams struct {
	column int   // of the rows
	reset  []int // of the rows, none or one
	// now and right are whose newest row is of which team, in the table as it is and as
	// it should be.
	now, right carried
}

// carried is of each group the team of its newest row, and of each team its groups.
type carried struct {
	team   map[string]string
	at     map[string]int64
	groups map[string]map[string]bool
}

func newTeams(column int, reset []int) *teams {
	made := func() carried {
		return carried{map[string]string{}, map[string]int64{}, map[string]map[string]bool{}}
	}
	return &teams{column, reset, made(), made()}
}

// key is the team of a row, within its reset value.
func (t *teams) key(r *row) string { return keyOf(r, append([]int{t.column}, t.reset...)) }

// carry notes the team of a row, if it is the group's newest.
func (c carried) carry(group, team string, at int64) {
	if before, ok := c.at[group]; ok && before > at {
		return
	}
	delete(c.groups[c.team[group]], group)
	if c.groups[team] == nil {
		c.groups[team] = map[string]bool{}
	}
	c.team[group], c.at[group], c.groups[team][group] = team, at, true
}

// carry notes the team of a row.
func (t *teams) carry(r *row, group string, at int64) {
	key := t.key(r)
	if key == "" || group == "" {
		return
	}
	t.right.carry(group, key, at)
	if !r.absent {
		t.now.carry(group, key, at)
	}
}

// missing are the places of games of a day of which there is no row: spoilt where that
// is so in the table as it is or as it should be alone.
func (t *teams) missing(due map[string]*dueKey, rows []*row, at func(*row) int64, add func(group string, e event)) {
	now, right := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		key := dueKeyOf(t.key(r), at(r))
		right[key] = true
		if !r.absent {
			now[key] = true
		}
	}
	for key, game := range due {
		if game.is != isTrue || now[key] {
			continue
		}
		groups := map[string]bool{}
		for g := range t.now.groups[game.group] {
			groups[g] = true
		}
		for g := range t.right.groups[game.group] {
			groups[g] = true
		}
		for g := range groups {
			here := t.now.team[g] == game.group
			there := !right[key] && t.right.team[g] == game.group
			switch {
			case here && there:
				add(g, event{at: game.at, place: true})
			case here != there:
				add(g, event{at: game.at, spoilt: true, lost: true})
			}
		}
	}
}
