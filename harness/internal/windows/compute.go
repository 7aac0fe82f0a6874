package windows

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// compute answers all windows.
func (r *run) compute(now time.Time) error {
	b := rolling.Batch{Rows: rolling.Rows{Keys: r.rows.keys(), Counted: r.counted}, Specs: r.windows, Zone: r.spec.Zone, Now: now.UnixMicro()}
	for _, v := range r.values {
		b.Columns = append(b.Columns, v.column())
	}
	var expected rolling.Expected
	if r.expected != nil {
		if err := r.rows.agree("expected", r.expected); err != nil {
			return err
		}
		expected = rolling.Expected{Keys: r.expected.keys(), Excused: r.excused, Due: r.due}
	}
	if err := r.order(&b, &expected); err != nil {
		return err
	}
	if r.expected != nil {
		if r.spec.Expected.By != "" {
			var err error
			if expected, err = rolling.ByTeam(b.Rows, r.rows.teams, expected); err != nil {
				return err
			}
		}
		b.Expected = &expected
	}
	if r.points != nil {
		if err := r.rows.agree("points", r.points); err != nil {
			return err
		}
		points := r.points.keys()
		b.Points = &points
	}
	if from := r.spec.HistoryFrom; from != (civil.Date{}) {
		at := int64(rolling.Day(from))
		if timestamps(r.rows.unit) && b.Zone == nil {
			at *= dayMicros
		}
		b.HistoryFrom = &at
	}
	if err := rolling.Compute(&r.result, &b); err != nil {
		return r.expectedTwice(err)
	}
	r.nothing = r.unjudged(len(expected.Excused))
	return nil
}

const dayMicros = 24 * 60 * 60 * 1_000_000

// order gives rows and expected keys their tie-breaks.
func (r *run) order(b *rolling.Batch, expected *rolling.Expected) error {
	if len(r.rows.order) == 0 {
		return nil
	}
	tables := []*keys{r.rows}
	if r.expected != nil && len(r.expected.order) > 0 {
		tables = append(tables, r.expected)
	}
	ranks, err := rank(tables...)
	if err != nil {
		return err
	}
	b.Rows.Order = ranks[0]
	if len(tables) > 1 {
		expected.Order = ranks[1]
	}
	return nil
}

// agree refuses keys of other types than the rows': they would never meet.
func (k *keys) agree(setting string, other *keys) error {
	if k.unit != other.unit && k.unit != expr.Null && other.unit != expr.Null {
		return fmt.Errorf("--%s: the times are %s in %s and %s in %s: both must be DATE, or both TIMESTAMP", setting, k.unit, k.table.name, other.unit, other.table.name)
	}
	same := func(a, b int) error {
		of, is := k.typeOf(a), other.typeOf(b)
		if of == is || of == expr.Null || is == expr.Null {
			return nil
		}
		return differ(setting, k.columns[a], k.table, of, other.table, is)
	}
	if k.reset >= 0 {
		if err := same(k.reset, other.reset); err != nil {
			return err
		}
	}
	for _, owner := range other.owners {
		for i, c := range owner {
			mine := k.team
			if other.codes == k.codes {
				mine = k.owners[0][i]
			}
			if err := same(mine, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *keys) typeOf(column int) expr.Type {
	f, err := k.table.schema.Field(k.columns[column])
	if err != nil {
		return expr.Null
	}
	return f.Type
}
