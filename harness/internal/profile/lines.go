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
	d.add("As many rows as there were: a table that grows never has fewer.", "rows", flow(mapping(text("at_least"), whole(p.Rows))))
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
		d.populated(fmt.Sprintf("Populated in all of %s.", quality.Plural(p.Rows, "row", "rows")), full, Share{N: p.Rows, Of: p.Rows})
	}
	if len(p.Segments) == 0 {
		d.partly(partly, nil, func(c *Column) Share { return Share{N: c.Values, Of: p.Rows} })
	}
	for _, s := range p.Segments {
		d.partly(partly, s, func(c *Column) Share { return c.Within[s].Least })
	}
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
		var names []string
		for _, c := range together[key] {
			names = append(names, c.Name)
		}
		s := share(together[key][0])
		why := fmt.Sprintf("Populated in %s of %s (%s)", quality.Grouped(s.N), quality.Grouped(s.Of), quality.Share(s.N, s.Of))
		var keys []*yaml.Node
		if in != nil {
			why += fmt.Sprintf(" where %s, and nowhere less", oneLine(s.Segment.String()))
			keys = in.keys()
		}
		d.populated(why+".", names, s, keys...)
	}
}

func (d *Draft) populated(why string, columns []string, s Share, keys ...*yaml.Node) {
	of := []*yaml.Node{text("at_least"), text(atLeast(s))}
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
		d.add("From the least to the greatest value; a few to come can lie beyond.", "range", flow(mapping(groups[n]...)),
			text("at_least"), text(atLeast(Share{N: n, Of: n})))
	}
}

// mostListed is how many values are listed of a column.
const mostListed = shownValues

// listed claims which values there are, where they are few.
func (d *Draft) listed() {
	for _, c := range d.profile.Columns {
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
		capped := d.topShare(c, finest)
		for _, s := range p.Segments {
			if s != finest && (s.Days || finest == nil) || s == finest && !capped {
				d.distinct(c, s)
			}
		}
		if finest == nil && !capped {
			d.distinct(c, nil)
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

// distinct claims how many values differ, in each of some segments, or over all.
func (d *Draft) distinct(c *Column, in *Segments) {
	n, where, keys := c.Distinct, "", []*yaml.Node(nil)
	if in != nil {
		n, where, keys = c.Within[in].Fewest, fmt.Sprintf(" in each %s, or more", name(in.Name)), in.keys()
	}
	if n < 2 {
		return
	}
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
