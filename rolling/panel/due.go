package panel

import (
	"fmt"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// findDue finds the column that says when keys are due: a DATE is due when it has
// ended. What it returns is when that of a row is, NULL being due at all times.
func (x *expectations) findDue(column string, zone *time.Location) (func(*expr.Batch, int) int64, error) {
	if column == "" {
		return nil, nil
	}
	at, typ, err := x.add("expected_due", column)
	if err != nil {
		return nil, err
	}
	if typ != expr.Date && typ != expr.Timestamp && typ != expr.Null {
		return nil, fmt.Errorf("%s: %s: %w", x.words.Say("expected_due", ""), x.table.Name, x.noTime(x.columns[at], typ))
	}
	if zone == nil {
		zone = time.UTC
	}
	ends := map[int64]int64{} // of days
	return func(b *expr.Batch, i int) int64 {
		v := &b.Columns[at]
		switch {
		case !v.Valid.Get(i):
			return 0
		case typ == expr.Timestamp:
			return v.Ints[i]
		}
		day := v.Ints[i]
		end, known := ends[day]
		if !known {
			end = rolling.DayBegins(int32(day+1), zone)
			ends[day] = end
		}
		return end
	}, nil
}
