package quality

import (
	"fmt"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// ShardColumn is the date column of a table of all shards, events_*: what stands in
// the name of a shard for the star. Those of which it is a day, 20240131, are looked
// at, and no others: events_intraday_20240131 is one of events_* as well.
// https://cloud.google.com/bigquery/docs/querying-wildcard-tables#filtering_selected_tables_using_table_suffix
const ShardColumn = "_TABLE_SUFFIX"

// shardBounds are the suite's first and last day as comparisons of the bare column,
// so that no other shard is read.
func shardBounds(s Suite) []expr.Expr {
	of := func(day, otherwise civil.Date) string {
		if day == (civil.Date{}) {
			day = otherwise
		}
		return fmt.Sprintf("%04d%02d%02d", day.Year, day.Month, day.Day)
	}
	first := of(s.From, civil.Date{Year: 1, Month: 1, Day: 1})
	last := of(s.To, civil.Date{Year: 9999, Month: 12, Day: 31})
	return []expr.Expr{expr.Col(ShardColumn).Ge(first), expr.Col(ShardColumn).Le(last)}
}

// undates reports whether rows of the suite's table can have no date: a shard has a
// name.
func (s Scope) undates() bool { return s.Date != "" && s.Date != ShardColumn }
