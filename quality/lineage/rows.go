package lineage

import (
	"context"
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Rows is where the rows of tables are.
type Rows interface {
	// Schema tells the columns of a table.
	Schema(ctx context.Context, table string) (expr.Schema, error)
	// Read reads columns of a table; rows before a day may be left out.
	Read(context.Context, Reading) (expr.Source, error)
}

// Reading is the columns of a table that are read, once.
type Reading struct {
	Table   string
	Columns []string
	// Date is the table's date column, and From the first day that is needed, in the
	// days of the zone; zero is all.
	Date string
	From civil.Date
	Zone *time.Location
}

// codes give equal values equal numbers, NULL 0.
type codes struct {
	of     map[expr.Value]int32
	values []expr.Value
}

func newCodes() *codes {
	return &codes{of: map[expr.Value]int32{{}: 0}, values: []expr.Value{{}}}
}

func (c *codes) code(v expr.Value) int32 {
	n, ok := c.of[v]
	if !ok {
		n = int32(len(c.values))
		c.of[v], c.values = n, append(c.values, v)
	}
	return n
}

// day is the days since 1970-01-01.
type day = int32

func dayOf(d civil.Date) day { return day(d.In(time.UTC).Unix() / 86400) }

func dateOf(d day) civil.Date { return civil.DateOf(time.Unix(int64(d)*86400, 0).UTC()) }

const dayMicros = 86400 * 1_000_000

// instant is the microseconds of a time, of a date those of its beginning.
func instant(v expr.Value) (int64, error) {
	switch t := v.Go().(type) {
	case civil.Date:
		return int64(dayOf(t)) * dayMicros, nil
	case civil.DateTime:
		return t.In(time.UTC).UnixMicro(), nil
	case time.Time:
		return t.UnixMicro(), nil
	}
	return 0, fmt.Errorf("%s is no time", v.SQL())
}

// dayIn is the day of a time in a zone; dates are days of their own.
func dayIn(v expr.Value, zone *time.Location) (day, error) {
	if t, ok := v.Go().(time.Time); ok && zone != nil {
		return dayOf(civil.DateOf(t.In(zone))), nil
	}
	us, err := instant(v)
	return day(floor(us, dayMicros)), err
}

func floor(a, b int64) int64 {
	if a < 0 && a%b != 0 {
		return a/b - 1
	}
	return a / b
}
