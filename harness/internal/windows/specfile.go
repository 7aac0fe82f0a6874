package windows

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// ReadFile reads a spec file into s, but for the settings that were given before
// it: a flag wins over the file. Paths in the file are relative to it.
func (s *Spec) ReadFile(ctx context.Context, path string, given func(setting string) bool) error {
	data, err := ending.ReadFile(ctx, path)
	if err != nil {
		return SpecError{fmt.Errorf("spec %s cannot be read: %w", path, plainError(err))}
	}
	documents := 0
	err = form.Read("spec", path, data, func() form.Form {
		documents++
		var ignored Spec
		var keys []form.Key
		overridden := ignored.settings()
		for i, f := range s.settings() {
			if given(f.name) {
				f = overridden[i]
			}
			if f.form.Read != nil {
				keys = append(keys, f.key())
			}
		}
		return form.Map(keys...)
	})
	if err == nil && documents > 1 {
		err = fmt.Errorf("spec %s: it has %d documents, and one run has one spec", path, documents)
	}
	if err != nil {
		return SpecError{err}
	}
	for setting, file := range map[string]*string{"expected": &s.Expected.File, "points": &s.Points} {
		if !given(setting) && *file != "" && !filepath.IsAbs(*file) {
			*file = filepath.Join(filepath.Dir(path), *file)
		}
	}
	return nil
}

// Schema is the JSON Schema (2020-12) of a spec file.
func Schema() (*jsonschema.Schema, error) {
	var s Spec
	var keys []form.Key
	for _, f := range s.settings() {
		if f.form.Read != nil {
			keys = append(keys, f.key())
		}
	}
	schema := form.MapSchema(keys)
	schema.Schema = "https://json-schema.org/draft/2020-12/schema"
	schema.Title = "Windows over a file of rows"
	return schema, nil
}

// plainError drops the path that an operating system's error repeats.
func plainError(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
