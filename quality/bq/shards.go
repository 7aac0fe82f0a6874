package bq

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/iterator"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// shards are the tables that a name with a star stands for and whose names end with a
// day in its place, in the order of the days; nil of other names.
// https://cloud.google.com/bigquery/docs/querying-wildcard-tables
func (e *Engine) shards(ctx context.Context, dataset *bigquery.Dataset, t googlesql.TableName) ([]string, error) {
	prefix, ok := t.Shards()
	if !ok {
		return nil, nil
	}
	var out []string
	err := e.patiently(ctx, "the tables of "+t.Dataset, func(ctx context.Context) error {
		out = nil
		for it := dataset.Tables(ctx); ; {
			table, err := it.Next()
			switch {
			case errors.Is(err, iterator.Done):
				return nil
			case err != nil:
				return err
			}
			if day, ok := strings.CutPrefix(table.TableID, prefix); ok && isDay(day) {
				out = append(out, table.TableID)
			}
		}
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("there is no table %s20240131, with a day in the place of the star", prefix)
	}
	slices.Sort(out)
	return out, err
}

func isDay(s string) bool {
	_, ok := expr.ParseDate(s[:min(4, len(s))] + "-" + s[min(4, len(s)):min(6, len(s))] + "-" + s[min(6, len(s)):])
	return len(s) == 8 && ok
}

// sharded makes what is known of the newest shard that of all: BigQuery takes its
// columns for those of all others, too.
// https://cloud.google.com/bigquery/docs/querying-wildcard-tables#schema_used_for_query_evaluation
func (e *Engine) sharded(info *quality.TableInfo, t googlesql.TableName, shards []string) {
	if info.Err != nil {
		return
	}
	info.Schema = append(info.Schema, expr.Field{Name: quality.ShardColumn, Type: expr.String})
	for _, shard := range shards {
		info.Identity.Of = append(info.Identity.Of, identityOf(t.Project, t.Dataset, shard))
	}
}
