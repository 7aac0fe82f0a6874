package quality

// Uniter is a derivation that can be made together with others, so that what they are
// made from is read once.
type Uniter interface {
	Derivation
	// Unite is a derivation with the columns of both, each under its name; false where
	// they have too little in common, or a name means two things.
	Unite(Uniter) (Uniter, bool)
}

// united are derivations by the keys of those that they stand in for.
type united map[string]Derivation

// unite finds the derivations of all requests, and which of them are made together.
func unite(suites []plannedSuite) united {
	out := united{}
	var whole []Uniter
	var of [][]string // the keys of those in it
	find := func(n RelationNode) {
		d, ok := n.(DerivedNode)
		if !ok {
			return
		}
		one, ok := d.Derivation.(Uniter)
		if !ok || out[one.Key()] != nil {
			return
		}
		key := one.Key()
		out[key] = one
		for i := range whole {
			if both, ok := whole[i].Unite(one); ok {
				whole[i], of[i] = both, append(of[i], key)
				return
			}
		}
		whole, of = append(whole, one), append(of, []string{key})
	}
	for _, s := range suites {
		for i := range s.rules {
			for _, r := range append(s.rules[i].variants(), &s.rules[i]) {
				for _, q := range r.requests {
					q.Of.Walk(find)
				}
			}
		}
	}
	for i, keys := range of {
		for _, key := range keys {
			out[key] = whole[i]
		}
	}
	return out
}

// over is the relation with what its derivation was united to. One that rows are joined
// to stays as it is.
func (u united) over(r Relation) Relation {
	switch n := r.node.(type) {
	case DerivedNode:
		if d := u[n.Derivation.Key()]; d != nil {
			return Derived(d)
		}
	case FilterNode:
		return u.over(n.In).Filter(n.Where)
	case ProjectNode:
		return u.over(n.In).Project(n.Columns...)
	}
	return r
}
