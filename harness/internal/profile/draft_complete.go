package profile

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// complete claims how much of each column is populated: of those that are in every row
// over all, of others in the segment that has the least.
func (d *Draft) complete() {
	p := d.profile
	var full []string
	var partly []*Column
	for _, c := range p.Columns {
		switch {
		case c.Err != nil:
		case p.full(c):
			full = append(full, c.Name)
		case c.Values == 0:
			d.tell("column %s has no value in any of %s", form.Quote(c.Name), quality.Plural(p.Rows, "row", "rows"))
		default:
			partly = append(partly, c)
		}
	}
	if len(full) > 0 {
		d.populated(fmt.Sprintf("Populated in all of %s.", quality.Plural(p.Rows, "row", "rows")), full, d.allOf(p.Rows))
	}
	partly = d.where(partly)
	d.partly(partly, nil, func(c *Column) Share {
		if p.everywhere(c) {
			return Share{} // it is told of each segment
		}
		return Share{N: c.Values, Of: p.Rows}
	})
	for _, s := range p.Segments {
		d.partly(partly, s, func(c *Column) Share { return c.Within[s].Least })
		for _, c := range partly {
			d.empty(c, c.Within[s].Empty)
		}
	}
}

// empty tells of segments in which a column has no value, though others have some.
func (d *Draft) empty(c *Column, in []quality.Segment) {
	if len(in) == 0 {
		return
	}
	more := ""
	if len(in) > 1 {
		more = fmt.Sprintf(" and in %s", quality.Plural(int64(len(in)-1), "further segment", "further segments"))
	}
	d.tell("column %s has no value where %s%s: is it lost there, or was there never any?", form.Quote(c.Name), in[0], more)
}

// allOf is the bound on what holds of all of n: of those to come it follows as far as a
// share does, and where none are to come they are all.
func (d *Draft) allOf(n int64) string {
	if d.profile.over() {
		return "100%"
	}
	return atLeast(Share{N: n, Of: n})
}

// fewest is the bound on a number that can be less by chance, though not less than some
// other; where no rows are to come it is the number itself.
func (d *Draft) fewest(n, never int64) int64 {
	if d.profile.over() {
		return n
	}
	return max(n-spread(n), never)
}

// most is the same of a number that can be more.
func (d *Draft) most(n int64) int64 {
	if d.profile.over() {
		return n
	}
	return n + spread(n)
}

// everywhere reports whether there are segments, and a column has values in each.
func (p *Profile) everywhere(c *Column) bool {
	return len(p.Segments) > 0 && !slices.ContainsFunc(p.Segments, func(s *Segments) bool { return c.Within[s].Least.N == 0 })
}

// where claims of columns that they are populated where a condition says so, and not
// elsewhere, and gives back the others.
func (d *Draft) where(columns []*Column) (others []*Column) {
	var alike []*Column
	for _, c := range columns {
		if c.Where == nil {
			others = append(others, c)
		} else {
			alike = append(alike, c)
		}
	}
	for _, of := range together(alike, func(c *Column) string { return c.Where.Where.String() }) {
		first, names := of[0], namesOf(of)
		rest := Share{Of: d.profile.Rows - first.Values}
		d.populated("Populated exactly where this is so.", names, d.allOf(first.Values), text("where"), text(first.Where.Where.String()))
		keys := []*yaml.Node{text("where"), text(first.Where.Not.String())}
		if len(names) > 1 {
			keys = append(keys, text("mode"), text("each"))
		}
		d.add("And nowhere else: what is filled in there is made up.", "complete", oneOrMore(names), append(keys, text("at_most"), plain(atMost(rest)))...)
	}
	return others
}

// together are the columns that have a key in common, those of the first one first.
func together(columns []*Column, key func(*Column) string) [][]*Column {
	var out [][]*Column
	at := map[string]int{}
	for _, c := range columns {
		i, known := at[key(c)]
		if !known {
			i = len(out)
			at[key(c)], out = i, append(out, nil)
		}
		out[i] = append(out[i], c)
	}
	return out
}

func namesOf(columns []*Column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}

// partly claims of columns that are not populated in every row how much is, those
// together of which it is as much.
func (d *Draft) partly(columns []*Column, in *Segments, share func(*Column) Share) {
	some := slices.DeleteFunc(slices.Clone(columns), func(c *Column) bool { return share(c).N == 0 }) // there can be no less
	for _, of := range together(some, func(c *Column) string { return fmt.Sprint(share(c).Segment.Key(), share(c).N, "/", share(c).Of) }) {
		names, s := namesOf(of), share(of[0])
		why := fmt.Sprintf("Populated in %s of %s (%s)", quality.Grouped(s.N), quality.Grouped(s.Of), quality.Share(s.N, s.Of))
		var keys []*yaml.Node
		if in != nil {
			why += fmt.Sprintf(" where %s, and nowhere less", oneLine(s.Segment.String()))
			keys = in.keys()
		}
		d.populated(why+".", names, atLeast(s), keys...)
	}
}

func (d *Draft) populated(why string, columns []string, bound string, keys ...*yaml.Node) {
	of := []*yaml.Node{text("at_least"), plain(bound)}
	if len(columns) > 1 {
		of = append([]*yaml.Node{text("mode"), text("each")}, of...)
	}
	d.add(why, "complete", oneOrMore(columns), append(keys, of...)...)
}
