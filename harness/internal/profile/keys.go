package profile

import (
	"cmp"
	"math"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// How far keys are looked for. Each combination is a statement of its own, so there are
// ten of two columns and ten of three.
const (
	mostKeys   = 3 // that are kept
	keyColumns = 5 // that combinations are made of
)

// lone keeps the columns that are unique by themselves, of those that are enough like a
// key.
func (p *Profile) lone(rank int) {
	for _, c := range p.keyLike() {
		if p.unique(c) && p.keyRank(c) < rank && len(p.Keys) < mostKeys {
			p.Keys = append(p.Keys, Key{Columns: []string{c.Name}})
		}
	}
}

// keys asks which combinations of so many columns are unique, of those that are most
// like a key, where no smaller one is.
func (p *Profile) keys(size int) step {
	if len(p.Keys) > 0 {
		return step{}
	}
	candidates := slices.DeleteFunc(p.keyLike(), p.unique) // beside which every other can be left out
	if named := slices.IndexFunc(candidates, func(c *Column) bool { return p.keyRank(c) == measure }); named >= 2 {
		candidates = candidates[:named] // a number that happens to tell rows apart is no key
	}
	return p.combined(combined(candidates[:min(len(candidates), keyColumns)], size))
}

// keyLike are the columns that can be a part of a key, those that are most like one
// first.
func (p *Profile) keyLike() []*Column {
	var out []*Column
	for _, c := range p.Columns {
		switch c.Type {
		case expr.Int64, expr.String, expr.Date, expr.Timestamp, expr.DateTime, expr.Numeric:
			if p.full(c) && c.Unknown == nil && c.Distinct > 1 {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *Column) int { return cmp.Compare(p.keyRank(a), p.keyRank(b)) })
	// A name beside an id says the same once more.
	var kept []*Column
	for _, c := range out {
		if p.unique(c) || !slices.ContainsFunc(kept, func(k *Column) bool { return k.Type != expr.Date && k.Distinct == c.Distinct }) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (p *Profile) keyRank(c *Column) int {
	switch {
	case calledLike(c.Name, "id", "key", "slug", "uuid", "lookup", "code", "hash"):
		return 0
	case c == p.Date:
		return 1
	case c.Type == expr.String:
		return 2
	case c.Type == expr.Date:
		return 3
	case c.Type == expr.Int64 && calledLike(c.Name, "season", "year", "number", "no", "nr", "week"):
		return 4
	case c.Type == expr.Timestamp, c.Type == expr.DateTime:
		return moment
	}
	return measure
}

// The ranks of what is a key by chance: a time of day, and a number that no name says to
// be more.
const (
	moment  = 5
	measure = 6
)

// combined are the combinations of some columns.
func combined(of []*Column, size int) [][]*Column {
	if size == 0 {
		return [][]*Column{nil}
	}
	var out [][]*Column
	for i, c := range of {
		for _, rest := range combined(of[i+1:], size-1) {
			out = append(out, append([]*Column{c}, rest...))
		}
	}
	return out
}

// combined asks which of some combinations are unique.
func (p *Profile) combined(of [][]*Column) step {
	var asked step
	var found []Key
	for _, columns := range of {
		room := 1.0
		key := Key{Surplus: math.MaxInt64}
		for _, c := range columns {
			room *= float64(c.Distinct)
			key.Columns = append(key.Columns, c.Name)
		}
		if 2*room < float64(p.Rows) {
			continue // it has too few values for a key, or for almost one
		}
		at := len(found)
		found = append(found, key)
		q := quality.Request{Metric: quality.Keys{Of: key.Columns}}
		asked.rules = append(asked.rules, quality.Rule{Check: question{[]quality.Request{q}, func(m quality.Measured) error {
			got, err := quality.Get[quality.KeyCounts](m, q, quality.Segment{})
			if err == nil {
				found[at].Surplus, found[at].Once = got.Surplus, Share{N: got.Distinct - got.Duplicated, Of: got.Distinct}
			}
			return err
		}}})
	}
	asked.done = func() {
		for _, k := range found {
			switch {
			case k.Surplus == 0 && len(p.Keys) < mostKeys:
				p.Keys = append(p.Keys, k)
			case k.Surplus < p.Rows/2 && (p.Almost == nil || k.Surplus < p.Almost.Surplus):
				p.Almost = &k
			}
		}
		if len(p.Keys) > 0 {
			p.Almost = nil
		}
	}
	return asked
}
