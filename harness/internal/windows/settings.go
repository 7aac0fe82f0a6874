package windows

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// A setting is a part of a spec that a flag and a key of a spec file say alike:
// --expected-where and expected_where.
type setting struct {
	name string
	doc  string // with the flag's placeholder in backquotes
	form form.Form
	flag func(flags *pflag.FlagSet, name, doc string)
}

func (s setting) key() form.Key {
	doc := strings.ReplaceAll(s.doc, "`", "")
	return form.Key{Name: strings.ReplaceAll(s.name, "-", "_"), Doc: strings.ToUpper(doc[:1]) + doc[1:] + ".", Form: s.form}
}

func (s *Spec) settings() []setting {
	x := &s.Expected
	d := &s.Dialect
	return append([]setting{
		texts("entity", "`COLUMNS` that say whose row it is", &s.Entity),
		text("at", "`COLUMN` that says when, a DATE or a TIMESTAMP", &s.At),
		texts("order", "`COLUMNS` that break ties where one entity has two rows at one time; they are part of the key", &s.Order),
		text("reset", "`COLUMN`, such as season, that a window does not reach across", &s.Reset),
		texts("value", "`COLUMNS` to average; of a BOOL that is the share which is TRUE", &s.Value),
		texts("stat", "`STATISTICS`: "+strings.Join(statisticNames(), ", ")+" (default mean)", &s.Stat),
		texts("ratio", "`A/B`: the sum of A over the sum of B, the average of a share that is rightly NULL in some rows", &s.Ratio),
		counts("last", "windows of the newest `N` rows that count", &s.Last),
		counts("days", "windows of `N` days: of a DATE the N days before it; of a TIMESTAMP the N times 24 hours before it, or with --zone the N calendar days before its own", &s.Days),
		zone("zone", "`ZONE`, such as America/New_York, whose calendar days windows of days, limits and dates such as --history-from are of (default: a day of a TIMESTAMP is 24 hours, and dates are of UTC)", &s.Zone),
		yes("include-current", "let a window see its point's own time; that leaks what is to be predicted", &s.IncludeCurrent),
		condition("counted", "`EXPRESSION` that is TRUE where the entity took part; FALSE takes no place, NULL refuses the window (default: every row counts)", &s.Counted),
		text("expected", "`FILE` of the keys that were due, kept apart from the rows; without it no hole can be seen", &x.File),
		condition("expected-where", "`EXPRESSION` on the expected file; where it is FALSE the key owes no row, such as status != 'inactive'", &x.Where),
		pairs("expected-map", "`COLUMN=NAME`: the name in the expected file of a key column (or of entity, at, order, reset); several of one column give a key each, such as team=home_team,team=away_team", &x.Map),
		text("expected-by", "`COLUMN` of the rows, such as team, that the expected keys are of, where the file knows games and not who was due", &x.By),
		text("expected-due", "`COLUMN` of the expected file, a TIMESTAMP or a DATE, which is due when it has ended: until then a window without the row is waiting, and no gap (default: all are due)", &x.Due),
		text("points", "`FILE` of the keys that windows are asked for as of, and whose rows are written (default: every row)", &s.Points),
		day("history-from", "`DATE` from which on all history is known; before the first row there was nothing then", &s.HistoryFrom),
		count("max-span", "refuse as stale what spans more than so many `DAYS`", &s.MaxSpan),
		count("max-age", "refuse as stale what ends more than so many `DAYS` before", &s.MaxAge),
		types("type", "`COLUMN=TYPE`: declare the type of a column; others are inferred", &s.Types, &d.Times),
	}, dialectSettings(d)...)
}

// AddFlags adds a flag for each setting of the spec.
func (s *Spec) AddFlags(flags *pflag.FlagSet) {
	for _, f := range s.settings() {
		f.flag(flags, f.name, f.doc)
	}
}

func text(name, doc string, into *string) setting {
	return setting{name, doc, form.Text(into), func(flags *pflag.FlagSet, name, doc string) {
		flags.StringVar(into, name, "", doc)
	}}
}

func texts(name, doc string, into *[]string) setting {
	return setting{name, doc, form.Texts(into), func(flags *pflag.FlagSet, name, doc string) {
		flags.StringSliceVar(into, name, nil, doc)
	}}
}

func count(name, doc string, into *int64) setting {
	return setting{name, doc, form.Count(into), func(flags *pflag.FlagSet, name, doc string) {
		flags.Int64Var(into, name, 0, doc)
	}}
}

func counts(name, doc string, into *[]int64) setting {
	list := form.OneOrMore(func() form.Form {
		var n int64
		one := form.Count(&n)
		return form.Form{Schema: one.Schema, Read: func(at form.Node) {
			one.Read(at)
			*into = append(*into, n)
		}}
	})
	return setting{name, doc, list, func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) error {
			for digits := range strings.SplitSeq(text, ",") {
				n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
				if err != nil {
					return fmt.Errorf("%q is no whole number: write one such as 10, or several such as 5,10", digits)
				}
				*into = append(*into, n)
			}
			return nil
		})
	}}
}

func yes(name, doc string, into *bool) setting {
	read := func(n form.Node) {
		value, ok := n.Scalar()
		if !ok {
			return
		}
		if *into, ok = value.(bool); !ok {
			n.FailExpecting("true or false", "")
		}
	}
	return setting{name, doc, form.Form{Schema: schemaOf("boolean"), Read: read}, func(flags *pflag.FlagSet, name, doc string) {
		flags.BoolVar(into, name, false, doc)
	}}
}

func schemaOf(typ string) func() *jsonschema.Schema {
	return func() *jsonschema.Schema { return &jsonschema.Schema{Type: typ} }
}

func condition(name, doc string, into *expr.Expr) setting {
	return setting{name, doc, suitefile.Expr(into), func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) (err error) {
			*into, err = expr.ParseExpr(text)
			return err
		})
	}}
}

func day(name, doc string, into *civil.Date) setting {
	return setting{name, doc, form.Date(into), func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) (err error) {
			if *into, err = civil.ParseDate(text); err != nil || !into.IsValid() {
				return fmt.Errorf("write a date such as 2023-10-24")
			}
			return nil
		})
	}}
}

func zone(name, doc string, into **time.Location) setting {
	read := func(n form.Node) {
		if name, ok := n.Text(); ok {
			zone, err := expr.LoadZone(name)
			if err != nil {
				n.Fail("%w", err)
			}
			*into = zone
		}
	}
	return setting{name, doc, form.Form{Schema: schemaOf("string"), Read: read}, func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) (err error) {
			*into, err = expr.LoadZone(text)
			return err
		})
	}}
}

// pairs are COLUMN=NAME flags, or a map of one name or several.
func pairs(name, doc string, into *map[string][]string) setting {
	dict := form.Dict(func(column string) form.Form {
		var names []string
		f := form.Texts(&names)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			add(into, column, names...)
		}}
	})
	return setting{name, doc, dict, func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) error {
			return eachPair(text, "COLUMN=NAME", func(column, name string) error {
				add(into, column, name)
				return nil
			})
		})
	}}
}

func add(to *map[string][]string, column string, names ...string) {
	if *to == nil {
		*to = map[string][]string{}
	}
	(*to)[column] = append((*to)[column], names...)
}

// types are COLUMN=TYPE flags, or a map of types or of types with formats and zones.
func types(name, doc string, into *map[string]expr.Type, times *map[string]dialect.Time) setting {
	dict := form.Dict(func(column string) form.Form {
		return suitefile.Column(func(typ expr.Type, t dialect.Time) {
			if typ != "" {
				put(into, column, typ)
			}
			if t != (dialect.Time{}) {
				put(times, column, t)
			}
		})
	})
	return setting{name, doc, dict, func(flags *pflag.FlagSet, name, doc string) {
		flags.Func(name, doc, func(text string) error {
			return eachPair(text, "COLUMN=TYPE", func(column, name string) error {
				t, ok := expr.ParseType(name)
				if !ok {
					return fmt.Errorf("%q is no type of column %s: write one such as STRING, INT64, FLOAT64, NUMERIC, DATE, TIMESTAMP, BOOL", name, column)
				}
				put(into, column, t)
				return nil
			})
		})
	}}
}

func put[V any](to *map[string]V, key string, value V) {
	if *to == nil {
		*to = map[string]V{}
	}
	(*to)[key] = value
}

// eachPair reads a=b,c=d.
func eachPair(text, shape string, do func(left, right string) error) error {
	for pair := range strings.SplitSeq(text, ",") {
		left, right, ok := strings.Cut(pair, "=")
		left, right = strings.TrimSpace(left), strings.TrimSpace(right)
		if !ok || left == "" || right == "" {
			return fmt.Errorf("%s is not of the form %s", strconv.Quote(pair), shape)
		}
		if err := do(left, right); err != nil {
			return err
		}
	}
	return nil
}
