package windows

import (
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

// spec is what the settings ask for, checked.
func (s *Settings) spec() (panel.Spec, error) {
	spec := s.Spec
	spec.Wording = flagged
	if err := s.Dialect.Check(); err != nil {
		return spec, panel.Mistake{Err: err}
	}
	if err := spec.Ask(s.Windows); err != nil {
		return spec, err
	}
	return spec, spec.Validate()
}
