package fakebq

import (
	"encoding/base64"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	bq "google.golang.org/api/bigquery/v2"
)

// Never is the number of polls for a job that is not done in any test.
const Never = math.MaxInt

// Answer is what becomes of a query.
type Answer struct {
	Columns []*bq.TableFieldSchema // see [Columns]
	Rows    [][]any                // a value a column, as package bigquery reads it; nil is NULL

	Bytes    int64 // that it reads, in a dry run too
	Cached   bool  // the result was cached: nothing is billed
	PageSize int   // most rows a page; 0 is no limit
	Lost     int   // rows that the result counts and no page has
	Polls    int   // how often the client asks in vain until the job is done

	Refuse *Error // it is refused, as a statement that is wrong
	Fail   *Error // the job starts, and fails when it would be done

	// Type is what kind of statement it is said to be; empty is SELECT.
	// https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2.FIELDS.statement_type
	Type string
	// Creates is a table that the statement makes, dataset.table, unless it is a dry run.
	Creates string
	// Job and Page change what is answered about the job, and about its result, for
	// a service that contradicts itself. Answer 0 about a result is the one that says
	// that it is there; then come the pages.
	Job  func(Op, *bq.Job)
	Page func(answer int, reply *bq.GetQueryResultsResponse)
}

// Record is the value of a RECORD column, in the order of its fields. A []any
// is that of a REPEATED one.
type Record []any

// Columns describes columns by name and type, such as "n INTEGER" and
// "xs FLOAT REPEATED". The types are those of the API.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema
func Columns(descriptions ...string) []*bq.TableFieldSchema {
	fields := make([]*bq.TableFieldSchema, len(descriptions))
	for i, d := range descriptions {
		words := strings.Fields(d)
		if len(words) < 2 || len(words) > 3 {
			panic(fmt.Sprintf("fakebq: column %q: write name, type and perhaps a mode", d))
		}
		fields[i] = &bq.TableFieldSchema{Name: words[0], Type: words[1], Mode: "NULLABLE"}
		if len(words) == 3 {
			fields[i].Mode = words[2]
		}
	}
	return fields
}

// rowsOf renders rows as the API sends them: a cell is text, a list of cells
// for an array, or a row for a record.
func rowsOf(rows [][]any) []*bq.TableRow {
	out := make([]*bq.TableRow, len(rows))
	for i, row := range rows {
		out[i] = &bq.TableRow{F: make([]*bq.TableCell, len(row))}
		for c, v := range row {
			out[i].F[c] = &bq.TableCell{V: cell(v)}
		}
	}
	return out
}

func cell(value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return v
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case float64:
		if math.IsInf(v, 0) {
			return strings.Replace(fmt.Sprint(v), "+", "", 1)
		}
	case time.Time: // the client asks for microseconds
		return fmt.Sprint(v.UnixMicro())
	case *big.Rat:
		return strings.TrimRight(strings.TrimRight(v.FloatString(38), "0"), ".")
	case []any:
		return cells(v)
	case Record:
		return map[string]any{"f": cells(v)}
	}
	return fmt.Sprint(value)
}

func cells(values []any) []map[string]any {
	out := make([]map[string]any, len(values))
	for i, v := range values {
		out[i] = map[string]any{"v": cell(v)}
	}
	return out
}

// total is how many rows the result is said to have.
func (a Answer) total() uint64 { return uint64(len(a.Rows) + a.Lost) }

// billed rounds up as BigQuery does: to whole MiB, at least 10.
// https://cloud.google.com/bigquery/pricing#on_demand_pricing
func (a Answer) billed() int64 {
	const mib = 1 << 20
	if a.Cached || a.Bytes == 0 {
		return 0
	}
	return max(10*mib, (a.Bytes+mib-1)/mib*mib)
}
