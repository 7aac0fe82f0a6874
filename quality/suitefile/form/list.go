package form

import "github.com/google/jsonschema-go/jsonschema"

// List is a list of at least one element, each with a form of its own.
func List(element func() Form) Form {
	return Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "array", MinItems: jsonschema.Ptr(1), Items: element().Schema()}
		},
		Read: func(n Node) {
			switch {
			case !n.IsList():
				n.FailExpecting("a list", "")
			case len(n.Items()) == 0:
				n.Fail("the list is empty")
			}
			for _, item := range n.Items() {
				element().Read(item)
			}
		},
	}
}

// OneOrMore is what a list of the elements would be, or one of them without the
// list.
func OneOrMore(element func() Form) Form {
	list := List(element)
	return Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{element().Schema(), list.Schema()}}
		},
		Read: func(n Node) {
			if n.IsList() {
				list.Read(n)
			} else {
				element().Read(n)
			}
		},
	}
}
