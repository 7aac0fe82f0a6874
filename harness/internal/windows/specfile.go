package windows

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/panel"
)

// Settings are what flags and a spec file say: which windows, and of which files.
type Settings struct {
	Spec     panel.Spec
	Windows  panel.Windows
	Expected string // a file; "" is none
	Points   string // a file; "" is every row
	Types    map[string]expr.Type
	Dialect  dialect.Dialect // of all files
}

// A setting is a part of a spec that a flag and a key of a spec file say alike:
// --expected-where and expected_where.
type setting struct {
	form.Key
	value string // stands for it in a flag's text; "" is what the key's text says
}

func (s *Settings) settings() []setting {
	var out []setting
	add := func(prefix string, keys ...form.Key) {
		for _, key := range keys {
			key.Name = prefix + key.Name
			out = append(out, setting{key, values[key.Name]})
		}
	}
	add("", s.Spec.Keys()...)
	add("", s.Windows.Keys()...)
	add("", form.Key{Name: "expected", Doc: "FILE of the keys that were due, kept apart from the rows; without it no hole can be seen.", Form: form.Text(&s.Expected)})
	add("expected_", s.Spec.Expected.Keys()...)
	add("",
		form.Key{Name: "points", Doc: "FILE of the keys that windows are asked for as of, and whose rows are written (default: every row).", Form: form.Text(&s.Points)},
		s.typeKey())
	add("", suitefile.DialectKeys(&s.Dialect)...)
	return out
}

// values stand for what flags are set to, where the text of their keys does not say.
var values = map[string]string{
	"delimiter": "BYTE", "skip_lines": "N", "decimal": "BYTE", "thousands": "BYTE", "nulls": "TEXTS", "blank_lines": "skip", "missing_columns": "null", "file": "COLUMN",
}

// typeKey declares columns, with their types or how their dates and times are written.
func (s *Settings) typeKey() form.Key {
	return form.Key{Name: "type", Doc: "COLUMN=TYPE: declare the type of a column; others are inferred.", Form: form.Dict(func(column string) form.Form {
		return suitefile.Column(func(typ expr.Type, t dialect.Time) {
			if typ != "" {
				put(&s.Types, column, typ)
			}
			if t != (dialect.Time{}) {
				put(&s.Dialect.Times, column, t)
			}
		})
	})}
}

func put[V any](to *map[string]V, key string, value V) {
	if *to == nil {
		*to = map[string]V{}
	}
	(*to)[key] = value
}

// AddFlags adds a flag for each setting of the spec.
func (s *Settings) AddFlags(flags *pflag.FlagSet) {
	for _, f := range s.settings() {
		addFlag(flags, f.Key, f.value)
	}
	flags.Func("format", "`COLUMN=FORMAT`: how the dates or times of a column are written, such as day=%d/%m/%Y; with @ZONE behind it the zone of times that name none", func(text string) error {
		column, format, ok := strings.Cut(text, "=")
		if !ok || column == "" || format == "" {
			return fmt.Errorf("%q is not of the form COLUMN=FORMAT", text)
		}
		format, zone, zoned := strings.Cut(format, "@")
		written := map[string]any{"format": format}
		if zoned {
			written["zone"] = zone
		}
		return form.Given(map[string]any{column: written}, s.typeKey().Form)
	})
}

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
