package googlesql

import (
	"errors"
	"fmt"
	"math"

	"github.com/intactdata/intact/quality"
)

// contradiction is what cannot be so of the rows of one whole result, whatever the
// table holds: BigQuery has lost or repeated something on the way, or answers
// another question.
func (s *Statement) contradiction(rows []cells) error {
	type group struct {
		grouping int
		segment  string
	}
	seen := map[group]bool{}
	for _, row := range rows {
		n, segment, err := s.layout.group(row)
		if err != nil {
			return err
		}
		g := group{n, segment.Key()}
		if seen[g] {
			return fmt.Errorf("the group %s comes twice", named(segment))
		}
		seen[g] = true
	}
	return s.layout.fits(rows)
}

func named(s quality.Segment) string {
	if name := s.String(); name != "" {
		return name
	}
	return "of all rows"
}

// alone makes sure that a row of one grouping is NULL in the columns of the others.
func (g *groupings) alone(row cells, n int) error {
	if !g.several() {
		return nil
	}
	for i := range g.columns() {
		own := i >= g.start[n] && i < g.start[n]+len(g.by[n])
		if v := row.values[1+i]; !own && v != nil {
			return fmt.Errorf("a row of grouping %d has %v in a column of another one", n, v)
		}
	}
	return nil
}

// fits: a group has a row, no predicate is TRUE for more rows than there are, and
// each grouping looks at the same rows, so that its groups add up to the same counts.
func (f *folded) fits(rows []cells) error {
	sums := make([][]int64, len(f.groupings.by))
	for n := range sums {
		sums[n] = make([]int64, len(f.values))
	}
	all, counted := f.at["COUNT(*)"]
	for _, row := range rows {
		n, segment, err := f.group(row)
		if err != nil {
			return err
		}
		most := int64(math.MaxInt64)
		if counted {
			if most, err = row.count(all); err == nil && most == 0 && f.grouped() {
				err = fmt.Errorf("the group %s has no row", named(segment))
			}
			if err != nil {
				return err
			}
		}
		for i := range f.values {
			if !f.counted[i] {
				continue
			}
			count, err := row.count(f.groupings.lead() + i)
			if err != nil {
				return err
			}
			if count > most {
				return fmt.Errorf("of the %d rows of the group %s it counts %d", most, named(segment), count)
			}
			if !f.added[i] {
				continue
			}
			if sums[n][i] += count; sums[n][i] < 0 {
				return errors.New("there are more rows than a table can have")
			}
		}
	}
	for n := range sums {
		for i := range f.values {
			if sums[n][i] != sums[0][i] {
				return fmt.Errorf("the groups of one grouping add up to %d rows where those of another come to %d: some are missing, or too many",
					sums[0][i], sums[n][i])
			}
		}
	}
	return nil
}

// fits: a group has a row, for it is made of the rows of its keys.
func (l *keyedLayout) fits(rows []cells) error {
	if !l.grouped() {
		return nil
	}
	for _, row := range rows {
		n, err := row.count(l.groupings.lead())
		if err == nil && n == 0 {
			_, segment, _ := l.group(row)
			err = fmt.Errorf("the group %s has no row", named(segment))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
