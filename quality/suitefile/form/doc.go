// Package form reads YAML strictly. A [Form] says what may stand at one place of
// a document, where to keep it, and, as the same declaration, the JSON Schema of
// that place:
//
//	var name string
//	var tables []string
//	document := form.Map(
//		form.Key{Name: "name", Doc: "What reports call it.", Form: form.Text(&name), Required: true},
//		form.Key{Name: "tables", Doc: "Tables it reads.", Form: form.Texts(&tables)},
//	)
//
// [Read] refuses unknown and repeated keys and values of the wrong kind, and
// reports every mistake of a file with its line and column.
//
// # YAML as it is read here
//
// Plain scalars are those of YAML 1.2: null, true, false, numbers; anything else
// is a text, so yes, 2023-24, 12:30 and 2024-01-01 are texts. A number that YAML
// readers disagree about (0777, 1_000) is refused. Anchors and aliases are
// followed; merge keys (<<) and tags (!!str) are refused.
package form
