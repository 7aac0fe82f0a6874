package panel

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// part is a column of a key.
type part struct {
	is string // the same in all tables
	at int
}

// newKeys finds the key columns in a table; named are the names that it has for a
// column of the rows.
func (p *Panel) newKeys(in selection, owner []string, codes *rolling.Dictionary, named func(column string) []string) (*keys, error) {
	s := &p.spec
	k := &keys{selection: in, spec: s, shared: &p.shared, codes: codes, reset: -1, team: -1}
	several := 1
	for _, column := range append([]string{s.At, s.Reset}, owner...) {
		if column != "" {
			several = max(several, len(named(column)))
		}
	}
	if err := k.findOwners(owner, several, named); err != nil {
		return nil, err
	}
	var err error
	if k.at, k.unit, err = k.addKey("at", s.At, named(s.At)[0]); err != nil {
		return nil, err
	}
	if k.unit != expr.Date && !timestamps(k.unit) && k.unit != expr.Null {
		return nil, k.fail("at", "%w", k.noTime(k.columns[k.at], k.unit))
	}
	if s.Reset == "" {
		return k, nil
	}
	if k.reset, _, err = k.addKey("reset", s.Reset, named(s.Reset)[0]); err != nil {
		return nil, err
	}
	k.part("reset", k.reset)
	return k, nil
}

func (k *keys) findOwners(owner []string, several int, named func(string) []string) error {
	whose := "entity"
	if k.ofTeams() {
		whose = "team"
	}
	k.owners = make([][]int, several)
	for n, column := range owner {
		names := named(column)
		for i := range k.owners {
			at, typ, err := k.addKey("entity", column, names[min(i, len(names)-1)])
			if err != nil {
				return err
			}
			if !typ.Computable() {
				return k.fail("entity", "column %q is %s and cannot be a key", k.columns[at], typ)
			}
			k.owners[i] = append(k.owners[i], at)
			k.part(fmt.Sprintf("%s %d", whose, n), at)
		}
	}
	return nil
}

// findOrder finds the columns that break ties.
func (k *keys) findOrder(named func(string) []string) error {
	for n, name := range k.spec.Order {
		at, typ, err := k.addKey("order", name, named(name)[0])
		if err != nil {
			return err
		}
		if !rankable(typ) {
			return k.fail("order", "column %q is %s, which has no order: name another, or declare its %s", k.columns[at], typ, k.words.Say("type", ""))
		}
		k.order, k.orders = append(k.order, at), append(k.orders, &column{name: name, at: at, typ: typ})
		k.part(fmt.Sprintf("order %d", n), at)
	}
	return nil
}

// part notes a column of the key, whose values must be told apart.
func (k *keys) part(is string, at int) { k.parts = append(k.parts, part{is, at}) }

// ofTeams: the owners are teams, and those of the rows are not.
func (k *keys) ofTeams() bool { return k.codes == &k.shared.teams }
