package windows

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
)

// dialectSettings say how the files are written, by the keys of suites.
func dialectSettings(d *dialect.Dialect) []setting {
	flags := map[string]func(*pflag.FlagSet, string, string){
		"delimiter":  func(f *pflag.FlagSet, name, doc string) { f.StringVar(&d.Delimiter, name, "", doc) },
		"skip_lines": func(f *pflag.FlagSet, name, doc string) { f.Int64Var(&d.SkipLines, name, 0, doc) },
		"decimal":    func(f *pflag.FlagSet, name, doc string) { f.StringVar(&d.Decimal, name, "", doc) },
		"thousands":  func(f *pflag.FlagSet, name, doc string) { f.StringVar(&d.Thousands, name, "", doc) },
		"nulls": func(f *pflag.FlagSet, name, doc string) {
			f.Func(name, doc, func(text string) error {
				d.Nulls = append(d.Nulls, strings.Split(text, ",")...)
				return nil
			})
		},
		"blank_lines":     func(f *pflag.FlagSet, name, doc string) { f.StringVar(&d.BlankLines, name, "", doc) },
		"missing_columns": func(f *pflag.FlagSet, name, doc string) { f.StringVar(&d.MissingColumns, name, "", doc) },
		"file":            func(f *pflag.FlagSet, name, doc string) { f.StringVar(&d.FileColumn, name, "", doc) },
		"as_of_open":      func(f *pflag.FlagSet, name, doc string) { f.BoolVar(&d.AsOfOpen, name, false, doc) },
	}
	placeholders := map[string]string{
		"delimiter": "BYTE", "skip_lines": "N", "decimal": "BYTE", "thousands": "BYTE", "nulls": "TEXTS", "blank_lines": "skip", "missing_columns": "null", "file": "COLUMN",
	}
	var out []setting
	for _, key := range suitefile.DialectKeys(d) {
		doc := strings.ToLower(key.Doc[:1]) + strings.TrimSuffix(key.Doc[1:], ".")
		if p := placeholders[key.Name]; p != "" {
			doc = "`" + p + "`: " + doc
		}
		out = append(out, setting{strings.ReplaceAll(key.Name, "_", "-"), doc, key.Form, flags[key.Name]})
	}
	return append(out, timeFormats(&d.Times))
}

// timeFormats are how the dates or times of columns are written; a spec file says that
// beside the column's type.
func timeFormats(into *map[string]dialect.Time) setting {
	return setting{name: "format", doc: "`COLUMN=FORMAT`: how the dates or times of a column are written, such as day=%d/%m/%Y; with @ZONE behind it the zone of times that name none", flag: func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) error {
			column, format, ok := strings.Cut(text, "=")
			if !ok || column == "" || format == "" {
				return fmt.Errorf("%q is not of the form COLUMN=FORMAT", text)
			}
			t := dialect.Time{Format: format}
			t.Format, t.Zone, _ = strings.Cut(format, "@")
			put(into, column, t)
			_, _, err := t.Parse()
			return err
		})
	}}
}
