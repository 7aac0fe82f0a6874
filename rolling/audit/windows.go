package audit

import (
	"fmt"

	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// windows are those that stored columns are held against, each once.
type windows struct {
	columns  []held
	strict   set // as they are declared
	leaking  set // as they would be with their own time
	readings [panel.Dropped + 1]set
	changed  bool
}

// held is a stored column with its windows, as numbers in the sets.
type held struct {
	declared, including int // in strict and in leaking
	variants
	present, leaking, zeros, dropped int
	others                           []int
	changed                          int // the newest change, in the set of panel.Present
}

// set is windows without a second one that is the same.
type set struct {
	name         string // which that of each begins with
	specs, named []rolling.Spec
}

// add returns the number of a window, which goes by a name of its own: those of two with
// unlike limits are one.
func (s *set) add(of rolling.Spec) (int, error) {
	for i, known := range s.specs {
		if known == of {
			return i, nil
		}
	}
	options := []rolling.Option{rolling.Named(numbered(s.name, len(s.specs)))}
	if of.Includes() {
		options = append(options, rolling.Including())
	}
	span, age := of.Limits()
	if span > 0 {
		options = append(options, rolling.MaxSpan(span))
	}
	if age > 0 {
		options = append(options, rolling.MaxAge(age))
	}
	named, err := rolling.New(of.Statistic(), of.Window(), options...)
	s.specs, s.named = append(s.specs, of), append(s.named, named)
	return len(s.specs) - 1, err
}

// windows finds them.
func (c Stored) windows() (*windows, error) {
	w := &windows{strict: set{name: "declared"}, leaking: set{name: "leaking"}, changed: c.Changed != ""}
	for r := range w.readings {
		w.readings[r].name = "read"
	}
	for _, column := range c.Columns {
		v, err := variantsOf(column.Spec)
		h := held{variants: v}
		add := func(to *set, into *int, of rolling.Spec) {
			if err == nil {
				*into, err = to.add(of)
			}
		}
		add(&w.strict, &h.declared, column.Spec)
		add(&w.leaking, &h.including, v.including.Spec)
		present := &w.readings[panel.Present]
		add(present, &h.present, v.declared.Spec)
		add(present, &h.leaking, v.including.Spec)
		for _, d := range v.windows {
			var i int
			add(present, &i, d.Spec)
			h.others = append(h.others, i)
		}
		add(&w.readings[panel.Zeros], &h.zeros, v.zeros.Spec)
		add(&w.readings[panel.Dropped], &h.dropped, v.dropped.Spec)
		if w.changed && err == nil {
			var newest rolling.Spec
			if newest, err = newestChange(c.Changed, column.Spec); err == nil {
				add(present, &h.changed, newest)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", column.Name, err)
		}
		w.columns = append(w.columns, h)
	}
	return w, nil
}

// newestChange is the last time at which a row of a window was changed.
func newestChange(column string, of rolling.Spec) (rolling.Spec, error) {
	var options []rolling.Option
	if of.Includes() {
		options = append(options, rolling.Including())
	}
	return rolling.New(rolling.Max(column), of.Window(), options...)
}
