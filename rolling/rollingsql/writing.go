package rollingsql

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// A writing is a statement as it grows, stage by stage, each of which reads the one
// before and nothing else but for the first. The names in it are its own, so that no
// column of a table meets one.
type writing struct {
	*Query
	text   *googlesql.Text
	tables []string // as they stand behind FROM
	stages []Stage

	zoned  bool     // days are those of a calendar
	entity []string // names of the columns of a key
	order  []string
	part   string // the columns of a history, which a window never leaves

	values   []*value
	measures []*measure
	windows  []*window
	items    []int // of a point: where it stands beside the keys of its time
	last     *lastFrames
	days     *dayRanges
	told     bool // the stage of that name is written, see expectByTeam
	grouped  bool // the last stage has a row for each point and no others
	carried  []carriedColumn
}

// Positions of the keys and the points of one time: that a point comes before the
// keys is that windows do not see them.
const (
	beforeKeys = 0
	atKeys     = 1
	afterKeys  = 2
)

// dayMicros is how long a day is without a calendar.
const dayMicros = 24 * 60 * 60 * 1_000_000

func (q *Query) writing(text *googlesql.Text, tables []string) (*writing, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if len(tables) != len(q.sources()) {
		return nil, fmt.Errorf("%d tables where the query reads %d", len(tables), len(q.sources()))
	}
	w := &writing{Query: q, text: text, tables: tables}
	w.zoned = q.Zone != nil && q.unit() != expr.Date
	w.entity = numbered("e", len(q.Rows.Entity))
	w.order = numbered("o", len(q.Rows.Order))
	w.part = list(w.entity...)
	if w.resets() {
		w.part += ", h"
	}
	if err := w.findWindows(); err != nil {
		return nil, err
	}
	return w, w.checkNames()
}

func numbered(prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = prefix + strconv.Itoa(i)
	}
	return out
}

func list(columns ...string) string { return strings.Join(columns, ", ") }

func (w *writing) resets() bool { return w.Rows.Reset != "" }

// count is the column that days are counted by: of two times so many days apart it
// differs by perDay for each.
func (w *writing) count() string {
	if w.zoned {
		return "b"
	}
	return "t"
}

func (w *writing) perDay() int {
	if w.unit() == expr.Date || w.zoned {
		return 1
	}
	return dayMicros
}

// times are the columns of a time.
func (w *writing) times() []string {
	if w.unit() == expr.Date {
		return []string{"t"}
	}
	return []string{"t", "b"}
}

func (w *writing) stage(name string, s selection) {
	w.stages = append(w.stages, Stage{name, s.sql()})
}

// before is the stage that the next one reads.
func (w *writing) before() string { return w.stages[len(w.stages)-1].Name }

// clock is the zone of the days of instants.
func (q *Query) clock() *time.Location { return cmp.Or(q.Zone, time.UTC) }

// unit is the type of the times, once it was checked.
func (q *Query) unit() expr.Type { return q.Rows.typeOf(q.Rows.At) }

// typeOf is the type of a column that was checked to be there.
func (s *Source) typeOf(column string) expr.Type {
	f, _ := s.Schema.Field(column)
	return f.Type
}

// keys are the columns of the rows that a point goes by in the result.
func (q *Query) keys() []string {
	out := append(slices.Clone(q.Rows.Entity), q.Rows.At)
	if q.Rows.Reset != "" {
		out = append(out, q.Rows.Reset)
	}
	return out
}

// checkResult refuses columns of the result that BigQuery has no name for, as they are
// called by parts of the rows' columns.
// https://cloud.google.com/bigquery/docs/schemas#column_names
func (q *Query) checkResult() error {
	const beyond = ".()',"
	for _, name := range q.keys() {
		if strings.ContainsAny(name, beyond) {
			return fmt.Errorf("column %s: the result has the key by its name, and no column of BigQuery can be called so: read the rows of a view that names it", name)
		}
	}
	for _, s := range q.Specs {
		if strings.ContainsAny(s.Name(), beyond) {
			return fmt.Errorf("window %q: no column of BigQuery can be called so: name it with rolling.Named", s.Name())
		}
	}
	return nil
}

// checkNames refuses columns of the result that are called alike.
func (w *writing) checkNames() error {
	names := w.keys()
	for _, o := range w.windows {
		names = append(names, o.names()...)
	}
	if err := expr.CheckDistinct(names); err != nil {
		return fmt.Errorf("the columns of the result: %w: give the window another name with Named", err)
	}
	return nil
}

func isZero(d civil.Date) bool { return d == civil.Date{} }
