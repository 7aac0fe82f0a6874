package bq

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Tables reads the tables' metadata, which scans nothing.
func (e *Engine) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	out := make([]quality.TableInfo, len(names))
	var last lastFailure
	e.each(ctx, len(names), func(i int) {
		out[i] = e.table(ctx, names[i])
		last.take(out[i].Err)
	})
	if ctx.Err() != nil {
		return nil, quality.Ended(ctx, last.err)
	}
	return out, nil
}

func (e *Engine) table(ctx context.Context, name string) quality.TableInfo {
	out := quality.TableInfo{Name: name}
	t, err := e.renderer.Table(name)
	if err != nil {
		out.Err = err
		return out
	}
	var m *bigquery.TableMetadata
	dataset := e.client.DatasetInProject(t.Project, t.Dataset)
	shards, err := e.shards(ctx, dataset, t)
	if err != nil {
		out.Err = fmt.Errorf("table %s: %w", name, quality.Ended(ctx, err))
		return out
	}
	table := dataset.Table(t.Table)
	if len(shards) > 0 {
		table = dataset.Table(shards[len(shards)-1])
	}
	err = e.patiently(ctx, "the metadata of table "+name, func(ctx context.Context) (err error) {
		m, err = table.Metadata(ctx, bigquery.WithMetadataView(bigquery.BasicMetadataView))
		return err
	})
	if err != nil {
		out.Err = fmt.Errorf("table %s: %w", name, quality.Ended(ctx, err))
		return out
	}
	e.locations.set(t, m.Location)
	out.Schema, out.Err = schemaOf(m)
	if len(shards) > 0 {
		e.sharded(&out, t, shards)
		return out
	}
	out.Stored, out.Modes, out.Partitioning = true, modesOf(m.Schema), partitioningOf(m)
	out.Expires, out.Identity = m.ExpirationTime, e.identity(ctx, t, m)
	if m.Clustering != nil {
		out.Clustering = m.Clustering.Fields
	}
	return out
}

func modesOf(s bigquery.Schema) map[string]quality.Mode {
	out := map[string]quality.Mode{}
	for _, f := range s {
		switch {
		case f.Repeated:
			out[f.Name] = quality.Repeated
		case f.Required:
			out[f.Name] = quality.Required
		default:
			out[f.Name] = quality.Nullable
		}
	}
	return out
}

// partitioningOf is nil where the rows are not parted.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TimePartitioning
func partitioningOf(m *bigquery.TableMetadata) *quality.Partitioning {
	if r := m.RangePartitioning; r != nil {
		return &quality.Partitioning{Column: r.Field, Type: "RANGE", Required: m.RequirePartitionFilter}
	}
	t := m.TimePartitioning
	if t == nil {
		return nil
	}
	return &quality.Partitioning{
		Column: cmp.Or(t.Field, "_PARTITIONTIME"), Type: string(cmp.Or(t.Type, bigquery.DayPartitioningType)),
		Expires: t.Expiration, Required: m.RequirePartitionFilter || t.RequirePartitionFilter,
	}
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
		out = append(out, fieldOf(f))
	}
	if p := m.TimePartitioning; p != nil && p.Field == "" {
		out = append(out, expr.Field{Name: "_PARTITIONTIME", Type: expr.Timestamp})
		if p.Type == "" || p.Type == bigquery.DayPartitioningType {
			out = append(out, expr.Field{Name: "_PARTITIONDATE", Type: expr.Date})
		}
	}
	return out, nil
}

func fieldOf(f *bigquery.FieldSchema) expr.Field {
	out := expr.Field{Name: f.Name}
	for _, in := range f.Schema {
		out.Fields = append(out.Fields, fieldOf(in))
	}
	if out.Type = elementType(f, out.Fields); f.Repeated {
		out.Type = expr.ArrayOf(out.Type)
	}
	return out
}

// elementType is GoogleSQL's name for a column's type, or for that of its elements; the
// API has older names for some. Precision and scale do not make another type.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema
func elementType(f *bigquery.FieldSchema, fields expr.Schema) expr.Type {
	switch f.Type {
	case bigquery.RecordFieldType, "STRUCT":
		return expr.StructOf(fields)
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
