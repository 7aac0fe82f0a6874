package suitefile

import (
	"reflect"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// common is the keys that checks of a suite have in common, until each of them is
// read.
type common struct {
	entries []form.Entry
	used    map[string]bool
}

// keys are those that checks can have in common.
func (c *common) keys() []form.Key {
	var keys []form.Key
	for _, k := range new(rule).keys() {
		if k.Name != "id" && k.Name != "waive" && k.Name != "set_aside" {
			keys = append(keys, k)
		}
	}
	return append(keys, ShareBounds(new([]quality.Bound))...)
}

// form reads the keys; what they hold is read for each check by itself.
func (c *common) form() form.Form {
	keys := c.keys()
	return form.Form{
		Schema: func() *jsonschema.Schema { return form.MapSchema(keys) },
		Read: func(n form.Node) {
			before := n.Mistakes()
			unread := slices.Clone(keys)
			for i := range unread {
				unread[i].Form.Read = func(form.Node) {}
			}
			n.ReadKeys(unread)
			if n.Mistakes() == before {
				c.entries, c.used = n.Entries(), map[string]bool{}
			}
		},
	}
}

// with is a check with those of the keys that it could have and has not: a key of the
// same name that is written otherwise, a number and no share, is another. A check that
// has a bound of its own has none in common.
func (c *common) with(n form.Node, keys []form.Key) form.Node {
	own := func(name string) bool {
		return slices.ContainsFunc(n.Entries(), func(e form.Entry) bool { return e.Name == name })
	}
	var bounds []string
	for _, k := range ShareBounds(new([]quality.Bound)) {
		bounds = append(bounds, k.Name)
	}
	bounded := slices.ContainsFunc(bounds, own)
	var add []form.Entry
	for _, e := range c.entries {
		if !slices.ContainsFunc(keys, func(k form.Key) bool { return k.Name == e.Name && alike(k, c.key(e.Name)) }) {
			continue
		}
		c.used[e.Name] = true
		if !own(e.Name) && !(bounded && slices.Contains(bounds, e.Name)) {
			add = append(add, e)
		}
	}
	return n.With(add...)
}

// key is the one of a name.
func (c *common) key(name string) form.Key {
	keys := c.keys()
	return keys[slices.IndexFunc(keys, func(k form.Key) bool { return k.Name == name })]
}

// alike reports whether the values of two keys are written in the same way.
func alike(a, b form.Key) bool { return reflect.DeepEqual(a.Form.Schema(), b.Form.Schema()) }

// idle reports the keys that no check could have.
func (c *common) idle() {
	for _, e := range c.entries {
		if !c.used[e.Name] {
			e.Key.Fail("no check of the suite has the key %q: leave it out", e.Name)
		}
	}
}

// later keeps where something stands, to be read when more is known.
func later(f form.Form, into *[]form.Node) form.Form {
	return form.Form{Schema: f.Schema, Read: func(n form.Node) { *into = append(*into, n) }}
}

// labels reads the labels of jobs.
func labels(into *map[string]string) form.Form {
	return form.Dict(func(name string) form.Form {
		var value string
		f := form.Text(&value)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			if f.Read(n); *into == nil {
				*into = map[string]string{}
			}
			(*into)[name] = value
		}}
	})
}
