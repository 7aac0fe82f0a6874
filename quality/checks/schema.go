package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Schema claims what a table is: its columns, their types and modes, and how it is
// stored. It looks at no rows, so that it costs nothing. What an engine does not know,
// such as the modes of rows in memory, is unknown.
type Schema struct {
	Columns []SchemaColumn
	Fit     Fit
	Options TableOptions
}

// SchemaColumn is a column as it is claimed to be.
type SchemaColumn struct {
	Name string
	// Type as expr.ParseStoredType makes it. A column that is REPEATED is an ARRAY.
	Type expr.Type
	// Mode REQUIRED or NULLABLE; "" is either.
	Mode quality.Mode
}

// Fit says how columns are to fit those that are claimed.
type Fit string

// The fits.
const (
	// AtLeast: those that are claimed are there.
	AtLeast Fit = "at_least"
	// Exact: and no others.
	Exact Fit = "exact"
	// Writable: rows of these columns can be written into a table of the claimed
	// ones. A column of its own is none of the table's; one that is not REQUIRED may
	// be left out; types are those of the table, or numbers that it takes as its own.
	// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#coercion
	Writable Fit = "writable"
)

// ColumnsOf are the columns of a table that an engine told of, as a claim about rows
// that are to be written into it.
func ColumnsOf(info quality.TableInfo) []SchemaColumn {
	out := make([]SchemaColumn, len(info.Schema))
	for i, f := range info.Schema {
		out[i] = SchemaColumn{Name: f.Name, Type: f.Type, Mode: info.Modes[f.Name]}
	}
	return slices.DeleteFunc(out, func(c SchemaColumn) bool { return strings.HasPrefix(c.Name, "_PARTITION") })
}

// Validate reports what is wrong without looking at data.
func (c Schema) Validate() error {
	names := make([]string, len(c.Columns))
	for i, col := range c.Columns {
		names[i] = col.Name
		if t, err := expr.ParseStoredType(string(col.Type)); err != nil || t != col.Type {
			return fmt.Errorf("%s: %q is no type of a column", col.Name, col.Type)
		}
		if col.Mode == quality.Repeated && !strings.HasPrefix(string(col.Type), "ARRAY<") {
			return fmt.Errorf("%s is REPEATED, and %s is no ARRAY", col.Name, col.Type)
		}
	}
	switch c.Fit {
	case "", AtLeast, Exact, Writable:
	default:
		return fmt.Errorf("%q is no fit: there are %s, %s and %s", c.Fit, AtLeast, Exact, Writable)
	}
	if len(c.Columns) == 0 && c.Options.claims() == 0 {
		return fmt.Errorf("it names no column and no option")
	}
	return expr.CheckDistinct(names)
}

// In refuses what is about rows.
func (c Schema) In(_ quality.Suite, r quality.Rule) (quality.Check, error) { return c, whole(r) }

// whole refuses a filter and columns to group by where the claim is not about rows of
// the suite's table.
func whole(r quality.Rule) error {
	switch {
	case !r.Where.IsZero() || r.WhereIn != nil:
		return fmt.Errorf("where has no rows of the table to filter: leave it out")
	case len(r.By) > 0:
		return fmt.Errorf("by has no rows of the table to group: leave it out")
	}
	return nil
}

// Describe says what the table is claimed to be.
func (c Schema) Describe() quality.Description {
	d := quality.Description{Kind: "schema", LooksAtNoRows: true}
	var claims []string
	for _, col := range c.Columns {
		claims = append(claims, strings.TrimSpace(fmt.Sprintf("%s %s %s", col.Name, col.Type, col.Mode)))
	}
	text := strings.Join(claims, ", ")
	switch c.Fit {
	case Exact:
		text += " and no other column"
	case Writable:
		text = "rows can be written into (" + text + ")"
	}
	d.Claim = strings.Join(append([]string{text}, c.Options.texts()...), ", ")
	d.Claim = strings.TrimPrefix(d.Claim, ", ")
	return d
}

// Requests are none.
func (c Schema) Requests(quality.Scope) ([]quality.Request, error) { return nil, nil }

// Judge holds the columns and the options against the claims.
func (c Schema) Judge(s quality.Scope, _ quality.Measured) []quality.Finding {
	var found comparison
	for _, col := range c.Columns {
		c.column(col, s, &found)
	}
	if c.Fit == Exact || c.Fit == Writable {
		c.strangers(s.Schema, &found)
	}
	c.Options.compare(s.Info, &found)
	return []quality.Finding{found.finding()}
}

// column holds one column against its claim.
func (c Schema) column(claim SchemaColumn, s quality.Scope, found *comparison) {
	found.claims++
	f, err := s.Schema.Field(claim.Name)
	there := f.Name != "" || expr.Named(s.Schema.Names(), claim.Name)
	same, known := sameField(f, claim.Type)
	switch {
	case there && err != nil:
		found.doubt("%s: %v", claim.Name, err)
		return
	case !there && c.Fit == Writable && claim.Mode != quality.Required:
		return
	case !there:
		found.differ("%v", err)
		return
	case f.Type == expr.Null && claim.Mode == quality.Required:
		found.differ("%s is REQUIRED and holds no value", f.Name)
		return
	case f.Type == expr.Null && c.Fit == Writable:
		return
	case f.Type == expr.Null:
		found.doubt("%s holds no value that would tell its type", f.Name)
		return
	case !known:
		found.doubt("%s is %s, and of what is not known of these rows", f.Name, f.Type)
		return
	case !same && !(c.Fit == Writable && taken(f.Type, claim.Type)):
		found.differ("%s is %s, not %s", f.Name, f.Type, claim.Type)
		return
	}
	if claim.Mode == "" || c.Fit == Writable {
		return
	}
	switch mode := s.Info.Modes[f.Name]; {
	case mode == "":
		found.doubt("whether %s is %s is not known of these rows", f.Name, claim.Mode)
	case mode != claim.Mode:
		found.differ("%s is %s, not %s", f.Name, mode, claim.Mode)
	}
}

// strangers are columns that nobody claimed.
func (c Schema) strangers(schema expr.Schema, found *comparison) {
	for _, f := range schema {
		named := slices.ContainsFunc(c.Columns, func(col SchemaColumn) bool { return strings.EqualFold(col.Name, f.Name) })
		if !named && !strings.HasPrefix(f.Name, "_PARTITION") {
			found.claims++
			found.differ("%s %s is none of the columns", f.Name, f.Type)
		}
	}
}

// sameField holds a column's type against a claim, if so much is known of it: a list or a
// record in memory can hold nothing that tells of what. Names of fields are the same in any
// case, and objects in texts have no order.
func sameField(f expr.Field, claim expr.Type) (same, known bool) {
	claimed, err := expr.ParseStoredField(f.Name, string(claim))
	if err != nil {
		return false, true
	}
	return sameParts(f, claimed, f.Text)
}

func sameParts(f, claim expr.Field, anyOrder bool) (same, known bool) {
	of, isArray := f.Type.Element()
	claimOf, both := claim.Type.Element()
	switch {
	case f.Type == expr.Null, (f.Type == "ARRAY" || f.Type == "STRUCT") && strings.HasPrefix(string(claim.Type), string(f.Type)+"<"):
		return false, false
	case isArray && both:
		f.Type, claim.Type = of, claimOf
		return sameParts(f, claim, anyOrder)
	case isArray || both || len(f.Fields) != len(claim.Fields) || len(f.Fields) == 0:
		return strings.EqualFold(string(f.Type), string(claim.Type)), true
	}
	known = true
	for i, in := range f.Fields {
		at := slices.IndexFunc(claim.Fields, func(c expr.Field) bool { return strings.EqualFold(c.Name, in.Name) })
		if at < 0 || at != i && !anyOrder {
			return false, true
		}
		alike, told := sameParts(in, claim.Fields[at], anyOrder)
		if told && !alike {
			return false, true
		}
		known = known && told
	}
	return known, known
}

// taken reports whether a column takes the values of another type as its own.
func taken(from, into expr.Type) bool {
	switch from {
	case expr.Int64:
		return into == expr.Float64 || into == expr.Numeric || into == expr.BigNumeric
	case expr.Numeric:
		return into == expr.BigNumeric || into == expr.Float64
	case expr.BigNumeric:
		return into == expr.Float64
	}
	return false
}
