package quality

// Sharer is an engine that makes a relation once, in however many places it stands.
// Others make it anew in each statement, and are asked for no more than a place wants.
type Sharer interface {
	Engine
	SharesRelations()
}

// sharing is what is wanted of each relation in all places together, so that it can
// be the same in all of them.
type sharing struct {
	wanted map[string][]string // by the relation's key
	grew   bool
}

func (s *sharing) want(r Relation, wanted []string) []string {
	key := r.Key()
	all := union(s.wanted[key], wanted)
	s.grew = s.grew || len(all) > len(s.wanted[key])
	s.wanted[key] = all
	return all
}
