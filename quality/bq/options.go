package bq

import (
	"fmt"
	"time"

	"github.com/intactdata/intact/quality/googlesql"
)

// Options say how an Engine runs its queries. The zero Options are good.
type Options struct {
	// Project is that of tables which are named without one. Defaults to the
	// client's, which is billed in any case.
	Project string
	// Location is where the queries run. Defaults to the client's, else to where
	// the tables are.
	Location string
	// MaxBytesBilled refuses a query that would be billed for more; 0 is no
	// limit.
	// https://cloud.google.com/bigquery/docs/best-practices-costs#limit_query_costs_by_restricting_the_number_of_bytes_billed
	MaxBytesBilled int64
	// Labels are put on every job.
	// https://cloud.google.com/bigquery/docs/adding-labels#job-label
	Labels map[string]string
	// Tables are tables that are read under another name than the plan's, by that
	// name: a copy of a table, for one, in place of the table itself. The others are
	// read under their own.
	Tables map[string]string
	// Instead are tables, by the plan's names, that are read as they would be if rows of
	// another one stood in the place of some of theirs.
	Instead map[string]googlesql.Instead
	// Parallel is how many statements run at once. Defaults to 4.
	Parallel int
	// SnapshotAt is the one instant that all tables are read at. It must not lie
	// in the future, nor further back than the table's time travel. Zero: a plan
	// of several statements is read at the instant at which measuring starts, by
	// the service's own clock. One statement reads one instant by itself.
	// https://cloud.google.com/bigquery/docs/access-historical-data
	SnapshotAt time.Time
	// NoSnapshot reads what is newest when each statement starts, so that two
	// statements can see a table before and after a write. It is for what cannot
	// be read at an instant, such as external tables and views.
	// https://cloud.google.com/bigquery/docs/access-historical-data
	NoSnapshot bool
	// Waiting is told, one call at a time, what a run waits for and what the service
	// said last, once something takes long and then more and more seldom. It may be
	// nil.
	Waiting func(Waiting)
	// Dialect is what the service lacks. Defaults to BigQuery, which lacks
	// nothing.
	Dialect Dialect
}

const defaultParallel = 4

func (o Options) validate() error {
	switch {
	case o.MaxBytesBilled < 0:
		return fmt.Errorf("option MaxBytesBilled is %d: it is a number of bytes, or 0 for no limit", o.MaxBytesBilled)
	case o.Parallel < 0:
		return fmt.Errorf("option Parallel is %d: it is how many statements run at once, or 0 for %d", o.Parallel, defaultParallel)
	case !o.SnapshotAt.IsZero() && o.Dialect.NoTimeTravel:
		return fmt.Errorf("option SnapshotAt is %s, but this service reads no earlier instant: leave it zero", o.SnapshotAt)
	case !o.SnapshotAt.IsZero() && o.NoSnapshot:
		return fmt.Errorf("option SnapshotAt is %s, and NoSnapshot reads at no instant: leave one of them out", o.SnapshotAt)
	}
	return nil
}
