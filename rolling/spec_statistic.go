package rolling

// A Statistic is what is computed over the places of a window, and of which
// column. Mean, Sum, Count, Min, Max, StddevPop, StddevSamp and RatioOfSums
// make one.
type Statistic struct {
	kind   kind
	column string
	per    string // the denominator of a ratio of sums
}

type kind uint8

const (
	mean kind = iota + 1
	sum
	count
	smallest
	largest
	stddevPop
	stddevSamp
	ratio
)

// kindNames are the words for the statistics in the names of columns.
var kindNames = [...]string{
	mean: "avg", sum: "sum", count: "count", smallest: "min", largest: "max",
	stddevPop: "stddev_pop", stddevSamp: "stddev_samp", ratio: "ratio",
}

// Mean is the exact sum of the n values divided by n, rounded once to the
// nearest float64, ties to even. The mean of INT64 is a FLOAT64 and that of
// NUMERIC a NUMERIC, rounded half away from zero at nine digits, [as in BigQuery].
//
// [as in BigQuery]: https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions#avg
func Mean(column string) Statistic { return Statistic{kind: mean, column: column} }

// Sum is the exact sum, rounded once. A sum outside its type is [NonFinite].
func Sum(column string) Statistic { return Statistic{kind: sum, column: column} }

// Count is the number of places, as INT64; like any statistic it is refused
// where a place of its column is not usable.
func Count(column string) Statistic { return Statistic{kind: count, column: column} }

// Min is the smallest value.
func Min(column string) Statistic { return Statistic{kind: smallest, column: column} }

// Max is the largest value.
func Max(column string) Statistic { return Statistic{kind: largest, column: column} }

// StddevPop is the population standard deviation sqrt(Σ(x−mean)²/n), within
// 4 ulp of the exact value and 0 for constants. It is a FLOAT64.
func StddevPop(column string) Statistic { return Statistic{kind: stddevPop, column: column} }

// StddevSamp is the sample standard deviation sqrt(Σ(x−mean)²/(n−1)), within
// 4 ulp of the exact value. Of one value it is [Undefined]. It is a FLOAT64.
func StddevSamp(column string) Statistic { return Statistic{kind: stddevSamp, column: column} }

// RatioOfSums is the exact sum of one column divided by the exact sum of
// another, rounded once to a FLOAT64. It is the average to use for a share that
// is rightly NULL in some rows: field goals made per attempt are NULL in a game
// without an attempt, the two counts never are. 0/0 is [Undefined].
func RatioOfSums(column, per string) Statistic {
	return Statistic{kind: ratio, column: column, per: per}
}

// Kind returns the word for what is computed: avg, sum, count, min, max,
// stddev_pop, stddev_samp or ratio.
func (s Statistic) Kind() string { return kindNames[s.kind] }

// Column returns the name of the value column; of a ratio, the numerator.
func (s Statistic) Column() string { return s.column }

// Per returns the name of the denominator's column of a ratio, else "".
func (s Statistic) Per() string { return s.per }

// String returns the statistic as it stands in the name of a column, such as
// "points_avg" or "fgm_per_fga_ratio".
func (s Statistic) String() string {
	if s.kind == 0 {
		return "no statistic"
	}
	if s.kind == ratio {
		return s.column + perInfix + s.per + "_" + kindNames[ratio]
	}
	return s.column + "_" + kindNames[s.kind]
}
