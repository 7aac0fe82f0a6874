package form

import "github.com/google/jsonschema-go/jsonschema"

// Form is what may stand at one place of a document. It keeps what it reads in
// variables, so a form is for one place of one document.
type Form struct {
	// Schema describes the place, anew at each call: reading pays nothing for it.
	Schema func() *jsonschema.Schema
	// Read keeps what stands at the place, or says by Node.Fail what is wrong.
	Read func(Node)
}
