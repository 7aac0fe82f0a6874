package panel

import (
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// counts is one whole number or a list of them.
func counts(into *[]int64) form.Form {
	return form.OneOrMore(func() form.Form {
		var n int64
		one := form.Count(&n)
		return form.Form{Schema: one.Schema, Read: func(at form.Node) {
			one.Read(at)
			*into = append(*into, n)
		}}
	})
}

// zone is the name of a time zone.
func zone(into **time.Location) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "string"} },
		Read: func(n form.Node) {
			name, ok := n.Text()
			if !ok {
				return
			}
			zone, err := expr.LoadZone(name)
			if err != nil {
				n.Fail("%w", err)
			}
			*into = zone
		},
	}
}

// names are the columns' other names, one or several each.
func names(into *map[string][]string) form.Form {
	return form.Dict(func(column string) form.Form {
		var names []string
		f := form.Texts(&names)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			if *into == nil {
				*into = map[string][]string{}
			}
			(*into)[column] = append((*into)[column], names...)
		}}
	})
}
