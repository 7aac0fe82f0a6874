package profile

import (
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality"
)

// keys are those of a check that is grouped so.
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
			"rows", flow(mapping(text("at_least"), whole(d.fewest(fewest, 1)))), keys...)
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
			flow(mapping(text("by"), texts(k.Columns), text("assert"), text("count() = 1"))), text("at_least"), plain(atLeast(k.Once)))
		d.suggest(fmt.Sprintf("Almost a key: %s beyond the first. Duplicates, or is a column missing?", quality.Plural(k.Surplus, "row is", "rows are")),
			"unique", oneOrMore(k.Columns))
	}
}
