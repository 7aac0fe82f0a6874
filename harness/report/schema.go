package report

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
)

// Schema is the JSON Schema of the report. It lets further fields be, as the
// contract does.
func Schema() (*jsonschema.Schema, error) {
	s, err := jsonschema.For[jsonReport](nil)
	if err != nil {
		return nil, err
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "intact report"
	s.Properties["schema_version"].Enum = []any{SchemaVersion}
	loosen(s)
	return s, nil
}

// loosen opens the objects that are made of structs, names the verdicts, and
// takes null off the arrays, which are never null.
func loosen(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if len(s.Properties) > 0 {
		s.AdditionalProperties = nil
	}
	if slices.Contains(s.Types, "array") {
		s.Type, s.Types = "array", nil
	}
	if v := s.Properties["verdict"]; v != nil {
		for verdict := quality.Pass; verdict <= quality.Fail; verdict++ {
			v.Enum = append(v.Enum, verdict.String())
		}
	}
	loosen(s.Items)
	for _, p := range s.Properties {
		loosen(p)
	}
}
