package suitefile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/internal/nearest"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// catalogue is the kinds of check that a file may use.
type catalogue struct {
	kinds  []Kind
	names  []string        // of the kinds, sorted
	beside map[string]bool // keys that can stand beside the name of some kind
}

func newCatalogue(kinds []Kind) (catalogue, error) {
	c := catalogue{kinds: kinds, beside: map[string]bool{}}
	if len(kinds) == 0 {
		return c, fmt.Errorf("no kind of check is given: those of package checks are listed by package standard")
	}
	taken := map[string]string{}
	for _, key := range new(rule).keys() {
		taken[key.Name] = "a key of every check"
		c.beside[key.Name] = true
	}
	for _, k := range c.kinds {
		if k.Name == "" || k.New == nil {
			return c, fmt.Errorf("the kind of check %q has no name or no New", k.Name)
		}
		if who, ok := taken[k.Name]; ok {
			return c, fmt.Errorf("the kind of check %q cannot be added: its name is %s", k.Name, who)
		}
		taken[k.Name] = "a kind of check already"
		c.names = append(c.names, k.Name)
	}
	slices.Sort(c.names)
	for _, k := range c.kinds {
		draft := k.New()
		if draft.Check == nil {
			return c, fmt.Errorf("the kind of check %q makes no Check", k.Name)
		}
		for _, key := range draft.keys() {
			if who, ok := taken[key.Name]; ok {
				return c, fmt.Errorf("the kind of check %q cannot have the key %q: it is %s", k.Name, key.Name, who)
			}
			c.beside[key.Name] = true
		}
		for _, key := range k.keys(draft) {
			if key.Form.Read == nil || key.Form.Schema == nil {
				return c, fmt.Errorf("the kind of check %q has no form for its key %q", k.Name, key.Name)
			}
		}
	}
	return c, nil
}

// named is the kind of a name that is known.
func (c catalogue) named(name string) Kind {
	return c.kinds[slices.IndexFunc(c.kinds, func(k Kind) bool { return k.Name == name })]
}

// kindOf finds the kind of a check, or reports why it has none.
func (c catalogue) kindOf(n form.Node) (kind Kind, ok bool) {
	var stranger *form.Entry
	for _, e := range n.Entries() {
		at := slices.IndexFunc(c.kinds, func(k Kind) bool { return k.Name == e.Name })
		switch {
		case at >= 0 && ok:
			e.Key.Fail("a check is of one kind, and this one is %s already: write a check of its own for %s", kind.Name, e.Name)
			return Kind{}, false
		case at >= 0:
			kind, ok = c.kinds[at], true
		case !c.beside[e.Name] && stranger == nil:
			stranger = &e
		}
	}
	switch {
	case ok || !n.IsMap():
	case stranger != nil:
		name := stranger.Name
		stranger.Key.Fail("unknown kind of check %q%s: the kinds are %s", name, nearest.Hint(name, c.names), strings.Join(c.names, ", "))
	default:
		n.Fail("the check has no kind: the kinds are %s", strings.Join(c.names, ", "))
	}
	return kind, ok
}
