package profile

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// valued are the columns that have values of which something is known, those of a kind.
func (p *Profile) valued(of func(*Column) bool) []*Column {
	var out []*Column
	for _, c := range p.Columns {
		if c.Err == nil && c.Unknown == nil && c.Values > 0 && of(c) {
			out = append(out, c)
		}
	}
	return out
}

// between claims two ends of some columns, of those together that have as many values.
func (d *Draft) between(why, kind string, columns []*Column, ends func(*Column) (low, high *yaml.Node)) {
	for _, of := range together(columns, func(c *Column) string { return fmt.Sprint(c.Values) }) {
		claim := mapping()
		for _, c := range of {
			low, high := ends(c)
			claim.Content = append(claim.Content, text(c.Name), list(low, high))
		}
		d.add(why, kind, flow(claim), text("at_least"), plain(d.allOf(of[0].Values)))
	}
}

// ranges claims the ends of numbers.
func (d *Draft) ranges() {
	d.between("From the least to the greatest value.", "range", d.profile.valued(func(c *Column) bool { return c.Type.IsNumber() }),
		func(c *Column) (low, high *yaml.Node) { return literal(c.Min), literal(c.Max) })
}

// texts claims how texts are formed, or else how long they are.
func (d *Draft) texts() {
	for _, c := range d.profile.Columns {
		if c.Pattern != "" {
			d.add("All texts are formed so.", "pattern", flow(mapping(text(c.Name), text(c.Pattern))), text("at_least"), plain(d.allOf(c.Values)))
		}
	}
	d.between("From the shortest to the longest text.", "length", d.profile.valued(func(c *Column) bool { return c.Type == expr.String && c.Pattern == "" }),
		func(c *Column) (low, high *yaml.Node) { return whole(c.Shortest), whole(c.Longest) })
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
