package rolling

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/places"
)

// ErrLate is the error of an observation or a point that is older than what the
// calculator has seen.
var ErrLate = errors.New("late")

// StreamConfig says what the calculators of a stream compute.
type StreamConfig struct {
	// Columns are the names and types of the values that each observation
	// carries, in this order; what they hold is not looked at.
	Columns []Column
	// Specs are the windows that can be asked for.
	Specs []Spec
	// Timestamps says that times are microseconds and not days.
	Timestamps bool
	// Expects says that expected keys will be told. Without them a stream can not
	// see a hole, and its answers say that nothing was expected.
	Expects bool
	// Zone is whose calendar days those of timestamps are, as of a batch.
	Zone *time.Location
	// HistoryFrom is from when on history is known, as of a batch.
	HistoryFrom *int64
}

// A Stream makes calculators, one for each entity. It is safe for concurrent use.
type Stream struct {
	columns []Column
	kinds   []valueKind // of the columns
	specs   []streamSpec
	unit    calendar.Unit
	zone    *time.Location // of a calendar
	expects bool
	from    *int64

	keepRows int   // the most rows a window is over
	keepDays int64 // the longest range, as a count
	text     string
}

// A streamSpec is a spec with its columns found.
type streamSpec struct {
	Spec
	column, per int
	frame       places.Frame
	result      valueKind
}

// NewStream returns a stream, or an error that says what is wrong with the
// configuration.
func NewStream(c StreamConfig) (*Stream, error) {
	s := &Stream{expects: c.Expects, from: c.HistoryFrom}
	if c.Timestamps {
		s.unit = calendar.Timestamps
	}
	s.zone = s.unit.Zone(c.Zone)
	// The checks are those of a batch without rows.
	b := Batch{Specs: c.Specs, Zone: c.Zone, HistoryFrom: c.HistoryFrom}
	for _, column := range c.Columns {
		s.columns = append(s.columns, Column{name: column.name, kind: column.kind})
		s.kinds = append(s.kinds, column.kind)
	}
	b.Columns = s.columns
	in := b.input()
	if err := b.check(&in); err != nil {
		return nil, err
	}
	for i := range b.Specs {
		if err := s.add(&b, &b.Specs[i]); err != nil {
			return nil, err
		}
	}
	s.text = s.describe()
	return s, nil
}

func (s *Stream) add(b *Batch, spec *Spec) error {
	x := streamSpec{Spec: *spec}
	var err error
	if x.column, err = b.column(spec, spec.statistic.column); err != nil {
		return err
	}
	if spec.statistic.kind == ratio {
		if x.per, err = b.column(spec, spec.statistic.per); err != nil {
			return err
		}
	}
	x.result = resultKind(spec.statistic.kind, s.columns[x.column].kind)
	x.frame = spec.frame(s.unit.PerDay(s.zone))
	s.specs = append(s.specs, x)
	s.keepRows = max(s.keepRows, spec.window.rows)
	s.keepDays = max(s.keepDays, x.frame.Days)
	return nil
}

// describe writes down all that a snapshot depends on.
func (s *Stream) describe() string {
	var t strings.Builder
	fmt.Fprintf(&t, "times in %s", [...]string{calendar.Dates: "days", calendar.Timestamps: "microseconds"}[s.unit])
	if s.expects {
		t.WriteString(", keys expected")
	}
	counted := s.unit
	if s.zone != nil {
		fmt.Fprintf(&t, ", days of %s", s.zone)
		counted = calendar.Dates
	}
	if s.from != nil {
		fmt.Fprintf(&t, ", history from %s", counted.Text(*s.from))
	}
	for _, c := range s.columns {
		fmt.Fprintf(&t, "; column %q %s", c.name, valueKindNames[c.kind])
	}
	for _, x := range s.specs {
		fmt.Fprintf(&t, "; window %q %s", x.name, x.String())
	}
	return t.String()
}

// Calculator returns a calculator for one entity, without history.
func (s *Stream) Calculator() *Calculator {
	c := &Calculator{stream: s, limit: minKept}
	c.scratch.days = calendar.Of(s.zone)
	return c
}

// An Observation is a row of one entity.
type Observation struct {
	At    int64 // days or microseconds, as the stream
	Order int64 // breaks ties and is part of the key; 0 if there are none
	Reset int32 // starts history anew; negative is NULL, 0 if it never does
	// Counted says whether the entity took part: say True where every row counts.
	Counted Truth
	// Values are in the order of the stream's columns. They are copied.
	Values []Value
}

// An Expectation is a key that was or will be due.
type Expectation struct {
	At, Order int64
	Reset     int32
	// Excused says that it is no loss where it has no row.
	Excused bool
	// Due is the time in microseconds since 1970-01-01 UTC from which on it is
	// missing without a row; 0 is always.
	Due int64
}

// A Point is what a window is asked for as of.
type Point struct {
	At    int64
	Reset int32
}
