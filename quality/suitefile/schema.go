package suitefile

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile/form"
)

const draft = "https://json-schema.org/draft/2020-12/schema"

// Schema is the JSON Schema (2020-12) of a suite, for editors. It knows the same
// kinds as Parse, made of the same description. What it accepts can still be
// refused: it does not read expressions.
func Schema(kinds ...Kind) (*jsonschema.Schema, error) {
	known, err := newCatalogue(kinds)
	if err != nil {
		return nil, err
	}
	s := Reader{}.suiteForm("", known, func(File, form.Found) {}).Schema()
	s.Schema = draft
	s.Defs = form.WithVariables(form.MapSchema(new(rule).keys())).Properties
	s.Title = "Suite of checks on a table"
	return s, nil
}
