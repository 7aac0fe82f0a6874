package bq

import (
	"context"
	"fmt"
	"strings"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Schema reads a table's metadata, which scans nothing; that of a derivation is
// made of its inputs'.
func (e *Engine) Schema(ctx context.Context, rel quality.Relation) (expr.Schema, error) {
	if d := rel.Derivation(); d != nil {
		return quality.DerivedSchema(d, func(in quality.Relation) (expr.Schema, error) { return e.Schema(ctx, in) })
	}
	t, err := e.renderer.Table(rel)
	if err != nil {
		return nil, err
	}
	var m *bigquery.TableMetadata
	table := e.client.DatasetInProject(t.Project, t.Dataset).Table(t.Table)
	err = e.patiently(ctx, "the metadata of table "+rel.String(), func(ctx context.Context) (err error) {
		m, err = table.Metadata(ctx, bigquery.WithMetadataView(bigquery.BasicMetadataView))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", rel, quality.Ended(ctx, err))
	}
	e.locations.set(t, m.Location)
	return schemaOf(m)
}

// schemaOf are the columns of a table, and of one that is partitioned by the
// time of ingestion also those that queries can name and nobody declared.
// https://cloud.google.com/bigquery/docs/querying-partitioned-tables#query_an_ingestion-time_partitioned_table
func schemaOf(m *bigquery.TableMetadata) (expr.Schema, error) {
	out := make(expr.Schema, 0, len(m.Schema))
	seen := map[string]bool{}
	for _, f := range m.Schema {
		if name := strings.ToLower(f.Name); seen[name] {
			return nil, fmt.Errorf("the service says that the table has two columns %q", f.Name)
		} else {
			seen[name] = true
		}
		out = append(out, expr.Field{Name: f.Name, Type: typeOf(f)})
	}
	if p := m.TimePartitioning; p != nil && p.Field == "" {
		out = append(out, expr.Field{Name: "_PARTITIONTIME", Type: expr.Timestamp})
		if p.Type == "" || p.Type == bigquery.DayPartitioningType {
			out = append(out, expr.Field{Name: "_PARTITIONDATE", Type: expr.Date})
		}
	}
	return out, nil
}

// typeOf is GoogleSQL's name for a column's type; the API has older names for
// some. Precision and scale do not make another type.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema
func typeOf(f *bigquery.FieldSchema) expr.Type {
	t := elementType(f)
	if f.Repeated {
		return "ARRAY<" + t + ">"
	}
	return t
}

func elementType(f *bigquery.FieldSchema) expr.Type {
	switch f.Type {
	case bigquery.RecordFieldType, "STRUCT":
		fields := make([]string, len(f.Schema))
		for i, in := range f.Schema {
			fields[i] = in.Name + " " + string(typeOf(in))
		}
		return expr.Type("STRUCT<" + strings.Join(fields, ", ") + ">")
	case bigquery.RangeFieldType:
		if f.RangeElementType != nil {
			return expr.Type("RANGE<" + string(f.RangeElementType.Type) + ">")
		}
	}
	if t, ok := expr.ParseType(string(f.Type)); ok {
		return t
	}
	return expr.Type(f.Type) // JSON, GEOGRAPHY, INTERVAL: counted as NULL or not
}
