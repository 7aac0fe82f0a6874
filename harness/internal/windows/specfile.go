package windows

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/panel"
)

// keys are those of a spec file.
func (s *Settings) keys() []form.Key {
	var out []form.Key
	for _, f := range s.settings() {
		out = append(out, f.Key)
	}
	return out
}

// ReadFile reads a spec file into s, but for the settings that were given before
// it: a flag wins over the file. Paths in the file are relative to it.
func (s *Settings) ReadFile(ctx context.Context, path string, given func(flag string) bool) error {
	data, err := ending.ReadFile(ctx, path)
	if err != nil {
		return panel.Mistake{Err: fmt.Errorf("spec %s cannot be read: %w", path, err)}
	}
	documents := 0
	err = form.Read("spec", path, data, func() form.Form {
		documents++
		keys, overridden := s.keys(), new(Settings).keys()
		for i, key := range keys {
			if given(dashed(key.Name)) {
				keys[i] = overridden[i]
			}
		}
		return form.Map(keys...)
	})
	if err == nil && documents > 1 {
		err = fmt.Errorf("spec %s: it has %d documents, and one run has one spec", path, documents)
	}
	if err != nil {
		return panel.Mistake{Err: err}
	}
	for setting, file := range map[string]*string{"expected": &s.Expected, "points": &s.Points} {
		if !given(setting) && *file != "" && !filepath.IsAbs(*file) {
			*file = filepath.Join(filepath.Dir(path), *file)
		}
	}
	return nil
}

// Schema is the JSON Schema (2020-12) of a spec file.
func Schema() (*jsonschema.Schema, error) {
	schema := form.MapSchema(new(Settings).keys())
	schema.Schema = "https://json-schema.org/draft/2020-12/schema"
	schema.Title = "Windows over a file of rows"
	return schema, nil
}
