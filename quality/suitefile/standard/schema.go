package standard

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var schema = suitefile.Kind{
	Name: "schema", NoRows: true,
	Doc: "Columns have these types: {usage_rate: FLOAT64, tags: {type: STRING, mode: REPEATED}}.",
	Claim: `The table has these columns, of these types and modes, and is stored so. No row is looked at: an empty table passes, and it costs nothing. ` +
		`Of local rows modes and options are not known, and a column of NULL alone tells no type: what is claimed of them is unknown. ` +
		`fit: writable is for rows before they are written: their columns are among these, REQUIRED ones are there, and their types are those, or numbers that the column takes as its own (INT64 where FLOAT64 is).`,
	Formula: "claims that hold / claims",
	Example: `
- schema: {game_date: DATE, usage_rate: FLOAT64, player_lookup: {type: STRING, mode: REQUIRED}}
  fit: exact
  options: {expiration: none, partition_by: game_date, require_partition_filter: true}`,
	New: func() suitefile.Draft {
		var c checks.Schema
		var fit string
		return suitefile.Draft{
			Value: form.Dict(func(name string) form.Form {
				return schemaColumn(func(t expr.Type, m quality.Mode) {
					c.Columns = append(c.Columns, checks.SchemaColumn{Name: name, Type: t, Mode: m})
				})
			}),
			Keys: []form.Key{
				{Name: "fit", Doc: "at_least (these columns are there, the default), exact (and no others), or writable (rows can be written into a table of them).",
					Form: form.Choice(&fit, string(checks.AtLeast), string(checks.Exact), string(checks.Writable))},
				{Name: "options", Doc: "How the table is stored.", Form: tableOptions(&c.Options)},
			},
			Check: func() quality.Check {
				c.Fit = checks.Fit(fit)
				return c
			},
		}
	},
}

// schemaColumn is a type, or a type and a mode.
func schemaColumn(found func(expr.Type, quality.Mode)) form.Form {
	var t expr.Type
	var mode string
	short := storedType(&t)
	whole := form.Map(
		form.Key{Name: "type", Doc: "The column's type.", Form: storedType(&t), Required: true},
		form.Key{Name: "mode", Doc: "REQUIRED, NULLABLE or REPEATED.", Form: form.Choice(&mode, string(quality.Required), string(quality.Nullable), string(quality.Repeated))},
	)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{short.Schema(), whole.Schema()}}
		},
		Read: func(n form.Node) {
			before := n.Mistakes()
			if n.IsMap() {
				whole.Read(n)
			} else {
				short.Read(n)
			}
			if n.Mistakes() > before {
				return
			}
			if mode == string(quality.Repeated) && !strings.HasPrefix(string(t), "ARRAY<") {
				t = "ARRAY<" + t + ">"
			}
			found(t, quality.Mode(mode))
		},
	}
}

func storedType(into *expr.Type) form.Form {
	return form.Form{Schema: form.Text(new(string)).Schema, Read: func(n form.Node) {
		text, ok := n.Text()
		if !ok {
			return
		}
		t, err := expr.ParseStoredType(text)
		if err != nil {
			n.Fail("%w", err)
			return
		}
		*into = t
	}}
}

func tableOptions(o *checks.TableOptions) form.Form {
	var required bool
	flag := form.Bool(&required)
	return form.Map(
		form.Key{Name: "expiration", Doc: "none: neither the table nor its partitions are deleted with time.", Form: form.Word(&o.Kept, "none")},
		form.Key{Name: "partition_expiration", Doc: "How long a partition is kept, such as 400d.", Form: suitefile.Duration(&o.PartitionExpiration)},
		form.Key{Name: "partition_by", Doc: "The column that the rows are parted by; _PARTITIONTIME for the time of ingestion.", Form: form.Text(&o.PartitionBy)},
		form.Key{Name: "partition_type", Doc: "HOUR, DAY, MONTH, YEAR or RANGE.", Form: form.Choice(&o.PartitionType, "HOUR", "DAY", "MONTH", "YEAR", "RANGE")},
		form.Key{Name: "cluster_by", Doc: "The columns that the rows are sorted by, in that order.", Form: form.Texts(&o.ClusterBy)},
		form.Key{Name: "require_partition_filter", Doc: "Whether every query has to filter by the partitions.", Form: form.Form{Schema: flag.Schema, Read: func(n form.Node) {
			flag.Read(n)
			o.RequirePartitionFilter = &required
		}}},
	)
}
