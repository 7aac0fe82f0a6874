package googlesql

import "github.com/intactdata/intact/quality/expr"

// grouped is a value that is grouped by. A TIMESTAMP is grouped as its
// microseconds, which is all of it: the emulator's GROUP BY forgets fractions of a
// second.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions#unix_micros
func grouped(text string, t expr.Type) string {
	if t == expr.Timestamp {
		return "UNIX_MICROS(" + text + ")"
	}
	return text
}

// ungrouped is the value that was grouped.
func ungrouped(text string, t expr.Type) string {
	if t == expr.Timestamp {
		return "TIMESTAMP_MICROS(" + text + ")"
	}
	return text
}

// partitioned is a value that PARTITION BY tells apart, which takes no FLOAT64.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#groupable_data_types
func partitioned(text string, t expr.Type) string {
	if t == expr.Float64 {
		return "CAST(" + text + " AS STRING)"
	}
	return grouped(text, t)
}
