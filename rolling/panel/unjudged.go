package panel

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
)

// nothing says why no window was held against anything: no window was asked for,
// or the expected keys hold nothing that could be missing from any, or know none of
// the rows. It is empty where something was judged. games is how many keys a schedule
// by team came to.
func (a *Answers) nothing(games int) string {
	p := a.panel
	because := func(setting, format string, args ...any) string {
		return p.spec.Wording.Say(setting, "") + ": " + fmt.Sprintf(format, args...)
	}
	if p.points != nil && len(p.points.owner) == 0 {
		return because("points", "%s holds no key, so no window was asked for", p.points.table.Name)
	}
	x := p.expected
	if x == nil || len(p.rows.owner) == 0 {
		return ""
	}
	list, what, owes := x.table.Name, strings.Join(p.spec.owner(), ", "), 0
	for i := range x.owner {
		if !x.owesNone(i) {
			owes++
		}
	}
	switch {
	case len(x.owner)+x.unkeyed == 0:
		return because("expected", "%s holds no key, so nothing was due and no hole can be seen", list)
	case owes == 0:
		return because("expected_where", "%s is FALSE for all %s keys of %s, so nothing was due and no hole can be seen",
			x.owedBy.text, quality.Grouped(int64(len(x.owner)+x.unkeyed)), list)
	case !p.meets():
		owing := list
		if owes < len(x.owner) {
			owing += " that owes a row"
		}
		return because("expected", "no %s of %s is one of %s, so no hole can be seen: are they written alike?", what, owing, p.owned().table.Name)
	case x.ofTeams() && games == 0:
		return because("expected_by", "no %s has a game in %s at or after its first row in %s, so no hole can be seen", what, list, p.rows.table.Name)
	case a.result.Known() == 0 && p.askedHaveRows():
		return because("expected", "no key of %s is that of a row of %s, so no hole can be seen: is it of another time, or are the times written otherwise?", list, p.rows.table.Name)
	}
	return ""
}

// askedHaveRows reports whether there is any row of whom windows are asked for.
func (p *Panel) askedHaveRows() bool {
	asked := marked(p.asked().owner, &p.shared.entities)
	return slices.ContainsFunc(p.rows.owner, func(e int32) bool { return asked[e] })
}

// marked says of each code whether it is one of these.
func marked(codes []int32, among *rolling.Dictionary) []bool {
	marks := make([]bool, among.Len())
	for _, c := range codes {
		marks[c] = true
	}
	return marks
}

// owned are the keys whose owners the expected ones are for.
func (p *Panel) owned() *keys {
	if p.expected.ofTeams() {
		return p.rows.keys
	}
	return p.asked()
}

// meets reports whether any key that is due belongs to an owner whose windows are
// asked for.
func (p *Panel) meets() bool {
	owners := p.owned().owner
	if p.expected.ofTeams() {
		owners = p.rows.teams
	}
	asked := marked(owners, p.expected.codes)
	for i, owner := range p.expected.owner {
		if asked[owner] && !p.expected.owesNone(i) {
			return true
		}
	}
	return false
}
