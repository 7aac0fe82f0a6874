package rollingsql

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// A value is a column of values of the rows.
type value struct {
	column string
	name   string // in the statement
	typ    expr.Type
}

// A measure is the values that a place needs to be usable: one, or both of a ratio.
type measure struct {
	values []*value
	good   string // the column that is TRUE of a usable place
	null   string // and of one that is not, though it has one row
}

// A window is a spec with where its answer comes from.
type window struct {
	rolling.Spec
	number  int
	measure *measure
	item    int // of the points that it is as of, if it is over rows
	result  expr.Type
	facts   facts
}

// names are those of its columns in the result.
func (o *window) names() []string {
	var out []string
	for _, suffix := range [...]string{"", ReasonSuffix, ObservedSuffix, ExpectedSuffix, OldestSuffix, NewestSuffix} {
		out = append(out, o.Name()+suffix)
	}
	return out
}

func (o *window) kind() string { return o.Statistic().Kind() }

// column is a column of its own in the last stages.
func (o *window) column(name string) string { return name + strconv.Itoa(o.number) }

func (w *writing) findWindows() error {
	if len(w.Specs) == 0 {
		return errors.New("no windows: give at least one spec")
	}
	for i, s := range w.Specs {
		if s.Name() == "" {
			return fmt.Errorf("spec %d is empty: make it with rolling.New or rolling.Parse", i)
		}
		columns := []string{s.Statistic().Column()}
		if per := s.Statistic().Per(); per != "" {
			columns = append(columns, per)
		}
		m, err := w.findMeasure(columns)
		if err != nil {
			return fmt.Errorf("window %q: %w", s.Name(), err)
		}
		o := &window{Spec: s, number: i, measure: m, item: beforeKeys}
		if s.Includes() {
			o.item = afterKeys
		}
		o.result = resultType(o.kind(), m.values[0].typ)
		w.windows = append(w.windows, o)
		if d := s.Window().Days(); d > 0 {
			if w.days == nil {
				w.days = &dayRanges{}
			}
			w.days.most = max(w.days.most, d)
			continue
		}
		w.last = cmp.Or(w.last, &lastFrames{})
		if !slices.Contains(w.items, o.item) {
			w.items = append(w.items, o.item)
		}
	}
	if len(w.items) == 0 {
		w.items = []int{beforeKeys}
	}
	slices.Sort(w.items)
	return nil
}

func (w *writing) findMeasure(columns []string) (*measure, error) {
	var values []*value
	for _, name := range columns {
		v, err := w.findValue(name)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	for _, m := range w.measures {
		if slices.Equal(m.values, values) {
			return m, nil
		}
	}
	n := strconv.Itoa(len(w.measures))
	m := &measure{values: values, good: "good" + n, null: "null" + n}
	w.measures = append(w.measures, m)
	return m, nil
}

func (w *writing) findValue(name string) (*value, error) {
	f, err := w.Rows.Schema.Field(name)
	if err != nil {
		return nil, err
	}
	for _, v := range w.values {
		if v.column == f.Name {
			return v, nil
		}
	}
	v := &value{column: f.Name, name: "v" + strconv.Itoa(len(w.values)), typ: f.Type}
	switch f.Type {
	case expr.Float64, expr.Int64, expr.Numeric:
	case expr.Null:
		v.typ = expr.Float64
	case expr.Bool: // the mean is the share that is TRUE
		v.typ = expr.Int64
	default:
		return nil, fmt.Errorf("column %q is %s and not a number that windows are over: cast it to FLOAT64, INT64 or NUMERIC", f.Name, f.Type)
	}
	w.values = append(w.values, v)
	return v, nil
}

// resultType is the type of a statistic over values of a type, as in package rolling.
func resultType(kind string, of expr.Type) expr.Type {
	switch kind {
	case "count":
		return expr.Int64
	case "stddev_pop", "stddev_samp", "ratio":
		return expr.Float64
	case "avg":
		if of == expr.Int64 {
			return expr.Float64
		}
	}
	return of
}
