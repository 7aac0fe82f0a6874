package profile

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// by is the key that groups, nil keys without segments.
func (b By) keys() []*yaml.Node {
	if b.Of.IsZero() {
		return []*yaml.Node{text("by"), text(b.Name)}
	}
	return []*yaml.Node{text("by"), flow(mapping(text(b.Name), text(b.Of.String())))}
}

// rows claims how many there are, and that no segment is lost.
func (d *Draft) rows() {
	p := d.profile
	if p.over() {
		d.add("As many rows as there were, for nothing is newer.", "rows", flow(mapping(text("at_least"), whole(p.Rows), text("at_most"), whole(p.Rows))))
	} else {
		d.add("As many rows as there were: a table that grows never has fewer.", "rows", flow(mapping(text("at_least"), whole(p.Rows))))
	}
	for _, s := range p.Segments {
		if s.Days {
			continue
		}
		fewest := s.fewest()
		keys := s.keys()
		if s.By.Of.IsZero() {
			expect := list()
			for _, g := range s.Of {
				expect.Content = append(expect.Content, literal(g.Value))
			}
			keys = append(keys, text("expect"), expect)
		}
		d.add(fmt.Sprintf("The smallest of %s has %s.", quality.Plural(int64(len(s.Of)), "segment", "segments"), quality.Plural(fewest, "row", "rows")),
			"rows", flow(mapping(text("at_least"), whole(max(fewest-spread(fewest), 1)))), keys...)
	}
}

// keys claims what is unique.
func (d *Draft) keys() {
	p := d.profile
	for _, k := range p.Keys {
		why := "No two rows are alike in it"
		if len(k.Columns) > 1 {
			why += ", and none of the columns can be left out"
		}
		d.add(why+".", "unique", oneOrMore(k.Columns))
	}
	if k := p.Almost; k != nil {
		d.add(fmt.Sprintf("Almost a key: of %s %s more than once.", quality.Plural(k.Once.Of, "value", "values"), quality.Plural(k.Once.Of-k.Once.N, "occurs", "occur")), "group",
			flow(mapping(text("by"), texts(k.Columns), text("assert"), text("count() = 1"))), text("at_least"), text(atLeast(k.Once)))
		d.suggest(fmt.Sprintf("Almost a key: %s beyond the first. Duplicates, or is a column missing?", quality.Plural(k.Surplus, "row is", "rows are")),
			"unique", oneOrMore(k.Columns))
	}
}

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
			d.tell("column %s has no value in any of %s", name(c.Name), quality.Plural(p.Rows, "row", "rows"))
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
	}
}

// allOf is the bound on what holds of all of n: of those to come it follows as far as a
// share does, and where none are to come they are all.
func (d *Draft) allOf(n int64) string {
	if d.profile.over() {
		return "100%"
	}
	return atLeast(Share{N: n, Of: n})
}

// everywhere reports whether there are segments, and a column has values in each.
func (p *Profile) everywhere(c *Column) bool {
	return len(p.Segments) > 0 && !slices.ContainsFunc(p.Segments, func(s *Segments) bool { return c.Within[s].Least.N == 0 })
}

// where claims of columns that they are populated where a condition says so, and not
// elsewhere, and gives back the others.
func (d *Draft) where(columns []*Column) (others []*Column) {
	var order []string
	together := map[string][]*Column{}
	for _, c := range columns {
		if c.Where == nil {
			others = append(others, c)
			continue
		}
		key := c.Where.Where.String()
		if together[key] == nil {
			order = append(order, key)
		}
		together[key] = append(together[key], c)
	}
	for _, key := range order {
		first := together[key][0]
		names := namesOf(together[key])
		rest := Share{Of: d.profile.Rows - first.Values}
		d.populated("Populated exactly where this is so.", names, d.allOf(first.Values), text("where"), text(key))
		keys := []*yaml.Node{text("where"), text(first.Where.Not.String())}
		if len(names) > 1 {
			keys = append(keys, text("mode"), text("each"))
		}
		d.add("And nowhere else: what is filled in there is made up.", "complete", oneOrMore(names), append(keys, text("at_most"), text(atMost(rest)))...)
	}
	return others
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
	together := map[string][]*Column{}
	var order []string
	for _, c := range columns {
		s := share(c)
		if s.N == 0 {
			continue // there can be less of nothing
		}
		key := fmt.Sprint(s.Segment.Key(), s.N, "/", s.Of)
		if together[key] == nil {
			order = append(order, key)
		}
		together[key] = append(together[key], c)
	}
	for _, key := range order {
		names := namesOf(together[key])
		s := share(together[key][0])
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
	of := []*yaml.Node{text("at_least"), text(bound)}
	if len(columns) > 1 {
		of = append([]*yaml.Node{text("mode"), text("each")}, of...)
	}
	d.add(why, "complete", oneOrMore(columns), append(keys, of...)...)
}

// ranges claims the ends of numbers.
func (d *Draft) ranges() {
	groups := map[int64][]*yaml.Node{}
	var order []int64
	for _, c := range d.profile.Columns {
		if c.Err == nil && c.Unknown == nil && c.Values > 0 && c.Type.IsNumber() {
			if groups[c.Values] == nil {
				order = append(order, c.Values)
			}
			groups[c.Values] = append(groups[c.Values], text(c.Name), list(literal(c.Min), literal(c.Max)))
		}
	}
	for _, n := range order {
		d.add("From the least to the greatest value.", "range", flow(mapping(groups[n]...)), text("at_least"), text(d.allOf(n)))
	}
}

// mostListed is how many values are listed of a column.
const mostListed = shownValues

// listed claims which values there are, where they are few.
func (d *Draft) listed() {
	for _, c := range d.profile.Columns {
		if slices.ContainsFunc(d.profile.Segments, func(s *Segments) bool { return s.Name == c.Name }) {
			continue // its values are expected as segments
		}
		if c.Type != expr.String || c.Distinct == 0 || c.Distinct > mostListed || int64(len(c.Top)) != c.Distinct {
			continue
		}
		values := list()
		var all []string
		for _, f := range c.Top {
			values.Content = append(values.Content, text(f.Value.String()))
			all = append(all, quality.Grouped(f.Rows))
		}
		if slices.ContainsFunc(c.Top, func(f Frequent) bool { return len(f.Value.String()) >= quality.LongestShown }) {
			continue
		}
		d.add(fmt.Sprintf("No other value is there; these %s times.", strings.Join(all, ", ")), "in", flow(mapping(text(c.Name), values)))
	}
}

// shares claims that no value becomes more frequent than it is, and that values go on
// to differ.
func (d *Draft) shares() {
	p := d.profile
	for _, c := range p.Columns {
		if c.Err != nil || c.Unknown != nil || c.Values < 2 || p.unique(c) {
			continue
		}
		if len(c.Top) > 0 {
			d.constants(c)
		}
		finest := p.finest()
		capped := finest != nil && c.Within[finest].Least.N > 0 && d.topShare(c, finest)
		told := capped || d.topShare(c, nil)
		for _, s := range p.Segments {
			if s.Days || s == finest && !capped {
				told = d.varies(c, s) || told
			}
		}
		if !told && c.Distinct > 1 {
			d.distinct(c, c.Distinct, "")
		}
	}
}

// topShare claims how frequent one value is, in each of the finest segments, and
// reports whether that can be claimed.
func (d *Draft) topShare(c *Column, finest *Segments) bool {
	if len(c.Top) == 0 || c.Distinct == 1 {
		return false
	}
	why := fmt.Sprintf("%s is in %s of all", shown(c.Top[0].Value), quality.Share(c.Top[0].Rows, c.Values))
	most, keys := Share{N: c.Top[0].Rows, Of: c.Values}, []*yaml.Node(nil)
	if finest != nil {
		most, keys = c.Most, finest.keys()
		why += fmt.Sprintf(", and one value in up to %s where %s", quality.Share(most.N, most.Of), oneLine(most.Segment.String()))
	}
	bound := atMost(most)
	if bound == "100%" {
		return false // which no value is past
	}
	d.add(why+".", "top_share", text(c.Name), append(keys, text("at_most"), text(bound))...)
	return true
}

// varies claims that the values of a column differ in each of some segments: in all, or
// in those where they do, or in those that are large enough. It reports whether that can
// be claimed.
func (d *Draft) varies(c *Column, in *Segments) bool {
	w := c.Within[in]
	switch {
	case len(w.Varying) == 0:
		return false
	case len(w.Varying) == len(in.Of):
		d.distinct(c, w.Fewest, " in each "+name(in.Name)+", or more", in.keys()...)
	case !in.Days && in.By.Of.IsZero():
		where := expr.Col(in.Name).In(w.Varying...)
		d.group(c, in, "Values differ in each of these, and in no other.", "", text("where"), text(where.String()))
	case in.Days && in.By.Of.IsZero() && w.Alike < in.usual():
		few := fmt.Sprintf(" OR count_if(%s IS NOT NULL) <= %d", expr.Col(c.Name), w.Alike)
		d.group(c, in, fmt.Sprintf("Values differ on each day that has more than %d.", w.Alike), few)
	default:
		return false
	}
	return true
}

// group claims of groups of rows that the values of a column differ.
func (d *Draft) group(c *Column, in *Segments, why, but string, keys ...*yaml.Node) {
	assert := fmt.Sprintf("distinct(%s) > 1%s", expr.Col(c.Name), but)
	d.add(why, "group", flow(mapping(text("by"), texts([]string{in.Name}), text("assert"), text(assert))), append(keys, text("id"), text("group:"+c.Name))...)
}

// distinct claims how many values of a column differ.
func (d *Draft) distinct(c *Column, n int64, where string, keys ...*yaml.Node) {
	d.add(fmt.Sprintf("%s differ%s.", quality.Plural(n, "value", "values"), where), "distinct", text(c.Name), append(keys, text("at_least"), whole(max(n-spread(n), 2)))...)
}

// constants suggests what to look at: one value only, or one far before all others.
func (d *Draft) constants(c *Column) {
	top := c.Top[0]
	switch {
	case c.Distinct == 1:
		d.suggest(fmt.Sprintf("The only value of %s is %s. Is it right, or a default that was never filled?", name(c.Name), shown(top.Value)),
			"distinct", text(c.Name), text("at_least"), whole(2))
	case c.Distinct > 10 && c.Type.IsNumber() && top.Rows*20 >= c.Values && top.Rows >= 3*c.Top[1].Rows:
		d.suggest(fmt.Sprintf("%s is in %s of %s, %d times as often as the next, %s. Is it a value, or stands it for none?", shown(top.Value),
			quality.Share(top.Rows, c.Values), name(c.Name), top.Rows/c.Top[1].Rows, shown(c.Top[1].Value)),
			"defaults", flow(mapping(text(c.Name), list(literal(top.Value)))), text("at_most"), text(atMost(Share{N: top.Rows, Of: c.Values})))
	}
}

// shown is a value in a comment.
func shown(v expr.Value) string {
	if v.Type() == expr.String {
		return name(quality.Shortened(v.String()))
	}
	return v.String()
}
