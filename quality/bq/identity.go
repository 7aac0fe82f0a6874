package bq

import (
	"context"
	"fmt"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// identity is the resolved table, with what a view reads and what a snapshot or a
// clone was made of. Which tables a view reads is told by a dry run, through all
// views between; it costs nothing.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2.FIELDS.referenced_tables
func (e *Engine) identity(ctx context.Context, t googlesql.TableName, m *bigquery.TableMetadata) quality.Identity {
	out := quality.Identity{Of: []string{identityOf(t.Project, t.Dataset, t.Table)}}
	var behind []*bigquery.Table
	if s := m.SnapshotDefinition; s != nil {
		behind = append(behind, s.BaseTableReference)
	}
	if c := m.CloneDefinition; c != nil {
		behind = append(behind, c.BaseTableReference)
	}
	if (m.Type == bigquery.ViewTable || m.Type == bigquery.MaterializedView) && !e.options.Dialect.NoDryRun {
		read, err := e.referenced(ctx, t)
		if err != nil {
			out.Err = fmt.Errorf("which tables the view reads is not known: %w", err)
		}
		behind = append(behind, read...)
	}
	for _, b := range behind {
		if b == nil {
			continue
		}
		if id := identityOf(b.ProjectID, b.DatasetID, b.TableID); id != out.Of[0] {
			out.Behind = append(out.Behind, id)
		}
	}
	return out
}

func identityOf(project, dataset, table string) string {
	return "table " + project + "." + dataset + "." + table
}

// referenced are the tables that a query over a view reads.
func (e *Engine) referenced(ctx context.Context, view googlesql.TableName) ([]*bigquery.Table, error) {
	query := quality.Query{Text: "SELECT 1 FROM " + view.SQL()}
	location := e.options.Location
	if location == "" {
		location = e.locations.get(view)
	}
	status, err := e.dry(ctx, "a query over the view "+view.Table, query, location)
	if err != nil {
		return nil, err
	}
	if _, err := readOnly(status); err != nil {
		return nil, err
	}
	q, _ := status.Statistics.Details.(*bigquery.QueryStatistics)
	return q.ReferencedTables, nil
}
