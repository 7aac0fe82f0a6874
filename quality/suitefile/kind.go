package suitefile

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kind is a kind of check as suites write it.
//
//	var Pinned = suitefile.Kind{
//		Name: "pinned",
//		Doc:  "A column holds one value and no other.",
//		New: func() suitefile.Draft {
//			var c pinned
//			return suitefile.Draft{
//				Value: form.Text(&c.column),
//				Keys:  []form.Key{{Name: "to", Doc: "The value.", Form: form.Scalar(&c.value), Required: true}},
//				Check: func() quality.Check { return c },
//			}
//		},
//	}
type Kind struct {
	// Name is the key that makes a check one of this kind.
	Name string
	// Doc is a line on what the check claims, for the schema.
	Doc string
	// Claim says what holds where the check passes, and what NULL and NaN do, for
	// the reference page; Formula is what is held against the bounds.
	Claim, Formula string
	// NoRows: it looks at no row of the suite's table, and has no key that is about them.
	NoRows bool
	// Example is a check of the kind, as an entry of checks: in a suite.
	Example string
	// New returns a draft of its own for each check.
	New func() Draft
}

// Draft is a check that is being read.
type Draft struct {
	// Value is what stands behind the kind's name.
	Value form.Form
	// Keys are what may stand beside it, apart from what fits any check.
	Keys []form.Key
	// Bounds are further such keys, of which one must be there.
	Bounds []form.Key
	// Tables are those whose rows the check finds in files of its own, once it is read;
	// nil is none.
	Tables func() []Table
	// Check makes the check of what was read. It is called only if nothing was
	// wrong. If the check has a method Validate() error, it is asked as well.
	Check func() quality.Check
}

// keys are what may stand beside the kind's name.
func (d Draft) keys() []form.Key { return slices.Concat(d.Bounds, d.Keys) }

// keys are those of a check of the kind, without what fits any check.
func (k Kind) keys(d Draft) []form.Key {
	return append([]form.Key{{Name: k.Name, Doc: k.Doc, Form: d.Value, Required: true}}, d.keys()...)
}
