package rollingsql

import (
	"fmt"
)

// facts are what is known of a window of each point, as expressions over the last
// stage. What can not be is "".
type facts struct {
	twice, missing, waiting, null, short string // conditions
	places, observed, expected           string // counts
	oldest, newest                       string // times
	first, last                          string // their counts, if a limit asks for them
	point                                string // the count of the point
	value                                string
}

// A framing aggregates over the places of a window.
type framing interface {
	// over is a function of an argument over the places of a condition.
	over(function, condition, argument string) string
	// total is an exact sum, a BIGNUMERIC.
	total(condition string, v *value) string
	// deviation is that of an argument from its mean.
	deviation(condition, argument, by string) string
	find() facts
}

func (w *writing) framing(o *window) framing {
	if o.Window().Rows() > 0 {
		return lastWindow{w, o}
	}
	return dayWindow{w, o}
}

// findFacts finds those of all windows, and with them what each stage has to compute.
func (w *writing) findFacts() {
	for _, o := range w.windows {
		f := w.framing(o)
		o.facts = f.find()
		o.facts.observed = "COALESCE(" + f.over("COUNT", o.measure.good, "1") + ", 0)"
		if !w.Partial {
			w.findEnds(o, f)
		}
		o.facts.value = w.statistic(o, f)
	}
}

// findEnds finds the oldest and the newest place.
func (w *writing) findEnds(o *window, f framing) {
	o.facts.oldest, o.facts.newest = f.over("MIN", "place", "t"), f.over("MAX", "place", "t")
	o.facts.first, o.facts.last = o.facts.oldest, o.facts.newest
	if span, age := o.Limits(); w.zoned && span+age > 0 {
		o.facts.first, o.facts.last = f.over("MIN", "place", "b"), f.over("MAX", "place", "b")
	}
}

// A carriedColumn is one of the points that a grouped stage keeps.
type carriedColumn struct {
	source string
	item   int
}

func (c carriedColumn) name() string { return fmt.Sprintf("%s_%d", c.source, c.item) }

func (c carriedColumn) sql() string {
	return fmt.Sprintf("MAX(IF(item = %d AND t = point_t, %s, NULL)) AS %s", c.item, c.source, c.name())
}

// carry is a column of the points as the last stage has it.
func (w *writing) carry(item int, column string) string {
	if !w.grouped {
		return column
	}
	c := carriedColumn{column, item}
	for _, have := range w.carried {
		if have == c {
			return c.name()
		}
	}
	w.carried = append(w.carried, c)
	return c.name()
}

func (w *writing) pointCount(item int) string { return w.carry(item, w.count()) }

// answered is a row for each point, where others have been among them.
func (w *writing) answered() {
	from := w.before()
	if w.days == nil {
		from = "(SELECT *, t AS point_t FROM " + from + fmt.Sprintf(" WHERE item != %d)", atKeys)
	}
	columns := []string{w.part, "point_t"}
	if w.resets() {
		columns = append(columns, fmt.Sprintf("MAX(IF(item != %d AND t = point_t, r, NULL)) AS r", atKeys))
	}
	for _, c := range w.carried {
		columns = append(columns, c.sql())
	}
	if w.days != nil {
		columns = append(columns, texts(w.days.aggregates)...)
	}
	w.stage("answered", selection{
		columns: columns, from: from, group: []string{w.part, "point_t"},
		having: fmt.Sprintf("COUNTIF(item != %d AND t = point_t) > 0", atKeys),
	})
}
