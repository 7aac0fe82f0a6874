package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// printWindow prints the statement that computes windows over tables.
func (p Process) printWindow(ctx context.Context, f windowFlags, settings windows.Settings, args []string) error {
	switch {
	case !f.sql:
		return errors.New("--project is of the tables that --sql is about: add --sql, or leave it out")
	case len(args) == 0:
		return errors.New("--sql is about a table: name it in the place of FILE, as [project.]dataset.table")
	case f.input != "" || f.output != "" || f.strict:
		return errors.New("--input, --output and --strict are of rows, and --sql reads none: leave them out")
	}
	client, err := p.OpenBigQuery(ctx, cmp.Or(f.project, bigquery.DetectProjectID))
	if err != nil {
		return evaluationError{fmt.Errorf("BigQuery cannot be reached: %w", err)}
	}
	defer client.Close()
	schemas, err := schemasOf(ctx, client, settings.TableNames(args[0]))
	if err != nil {
		return evaluationError{quality.Ended(ctx, err)}
	}
	var now time.Time // or when the statement runs
	if f.now.given {
		now = f.now.or(p.Now, cmp.Or(settings.Spec.Zone, time.UTC))
	}
	q, err := settings.Query(args[0], schemas, now)
	if err != nil {
		return err
	}
	text, err := q.Literal(googlesql.Renderer{Project: client.Project()})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(p.Stdout, text); err != nil {
		return evaluationError{fmt.Errorf("the statement could not be written: %w", err)}
	}
	return nil
}

// schemasOf are those of tables, by their names.
func schemasOf(ctx context.Context, client *bigquery.Client, names []string) (map[string]expr.Schema, error) {
	engine, err := bq.New(client, bq.Options{})
	if err != nil {
		return nil, err
	}
	tables, err := engine.Tables(ctx, names...)
	if err != nil {
		return nil, err
	}
	out := map[string]expr.Schema{}
	for _, t := range tables {
		if t.Err != nil {
			return nil, t.Err
		}
		out[t.Name] = t.Schema
	}
	return out, nil
}
