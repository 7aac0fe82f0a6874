package profile

import (
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

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
		told, apart := capped || d.topShare(c, nil), true
		for _, s := range p.Segments {
			if s.Days || s == finest && !capped {
				varies := d.varies(c, s)
				told, apart = told || varies, apart && varies
			}
		}
		if c.Distinct > 1 && (!told || !apart && p.over()) {
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
	d.add(why+".", "top_share", text(c.Name), append(keys, text("at_most"), plain(bound))...)
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
		d.distinct(c, w.Fewest, " in each "+form.Quote(in.Name)+", or more", in.keys()...)
	case !in.Days && in.By.Of.IsZero():
		where := expr.Col(in.Name).In(w.Varying...)
		d.group(c, in, "Values differ in each of these, and in no other.", "", text("where"), text(where.String()))
	case in.Days && in.By.Of.IsZero() && w.Alike < in.usual():
		few := fmt.Sprintf(" OR count_if(%s IS NOT NULL) <= %d", expr.Col(c.Name), w.Alike)
		d.group(c, in, fmt.Sprintf("Values differ on each day that has more than %d of them.", w.Alike), few)
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
	d.add(fmt.Sprintf("%s differ%s.", quality.Plural(n, "value", "values"), where), "distinct", text(c.Name), append(keys, text("at_least"), whole(d.fewest(n, 2)))...)
}

// constants suggests what to look at: one value only, or one far before all others.
func (d *Draft) constants(c *Column) {
	top := c.Top[0]
	switch {
	case c.Distinct == 1:
		d.suggest(fmt.Sprintf("The only value of %s is %s. Is it right, or a default that was never filled?", form.Quote(c.Name), shown(top.Value)),
			"distinct", text(c.Name), text("at_least"), whole(2))
	case c.Distinct > 10 && c.Type.IsNumber() && top.Rows*20 >= c.Values && top.Rows >= 3*c.Top[1].Rows:
		d.suggest(fmt.Sprintf("%s is in %s of %s, %d times as often as the next, %s. Is it a value, or stands it for none?", shown(top.Value),
			quality.Share(top.Rows, c.Values), form.Quote(c.Name), top.Rows/c.Top[1].Rows, shown(c.Top[1].Value)),
			"defaults", flow(mapping(text(c.Name), list(literal(top.Value)))), text("at_most"), plain(atMost(Share{N: top.Rows, Of: c.Values})))
	}
}

// shown is a value in a comment.
func shown(v expr.Value) string {
	if v.Type() == expr.String {
		return form.Quote(quality.Shortened(v.String()))
	}
	return v.String()
}
