package quality

import (
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// TableInfo is what an engine knows of a table.
type TableInfo struct {
	Name   string
	Schema expr.Schema
	// Stored: what follows is known, and zero means that there is none.
	Stored bool
	// Modes are those of the columns, by name.
	Modes map[string]Mode
	// Partitioning is how the rows are parted, nil if they are not.
	Partitioning *Partitioning
	// Clustering are the columns that rows are sorted by.
	Clustering []string
	// Expires is when the table is deleted; zero is never.
	Expires  time.Time
	Identity Identity
	// Err says why there is no schema.
	Err error
}

// Mode says whether a column can hold NULL, or several values.
// https://cloud.google.com/bigquery/docs/schemas#modes
type Mode string

// The modes.
const (
	Nullable Mode = "NULLABLE"
	Required Mode = "REQUIRED"
	Repeated Mode = "REPEATED"
)

// Partitioning is how a table's rows are parted.
// https://cloud.google.com/bigquery/docs/partitioned-tables
type Partitioning struct {
	// Column is what they are parted by; _PARTITIONTIME where that is the time of
	// ingestion.
	Column string
	// Type is HOUR, DAY, MONTH, YEAR or RANGE (of integers).
	Type string
	// Expires is how long a partition is kept; zero is for ever.
	Expires time.Duration
	// Required: every query has to filter by the column.
	Required bool
}
