package rollingsql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// dayRanges are the windows over days: each place is written to all the days that it
// can reach, and what meets a point there is aggregated by it. One expansion, to the
// longest range, serves all of them.
type dayRanges struct {
	most       int // days
	ranges     []computed
	aggregates []computed
}

// reaching adds what else than points and places is needed in the ranges.
func (w *writing) reaching(needed []string) []string {
	needed = append(needed, "twice")
	if w.expects() {
		needed = append(needed, "due")
	}
	return needed
}

// reached writes places to days, and points to their own.
func (w *writing) reached() {
	reaches := strings.Join(w.reaching([]string{"place"}), " OR ")
	spread := selection{
		columns: []string{"*"},
		from:    fmt.Sprintf("%s, UNNEST(GENERATE_ARRAY(0, IF(%s, %d, 0))) AS later", w.before(), reaches, w.days.most),
		where:   []string{fmt.Sprintf("%s OR item != %d", reaches, atKeys)},
	}
	if w.unit() == expr.Date { // the points of a day are one
		spread.columns = slices.Concat([]string{"*", "t + later AS point_t"}, texts(w.days.ranges))
		w.stage("reached", spread)
		return
	}
	spread.columns = append(spread.columns, "b + later AS day")
	w.stage("spread", spread)
	group := []string{w.part, "day"}
	w.stage("met", selection{
		columns: append(slices.Clone(group),
			fmt.Sprintf("ARRAY_AGG(IF(item = %d, STRUCT(t AS point_t, b AS point_b), NULL) IGNORE NULLS) AS points", w.items[0]),
			"ARRAY_AGG(STRUCT("+list(w.reachColumns()...)+")) AS others"),
		from: w.before(), group: group,
	})
	w.stage("paired", selection{
		columns: []string{w.part, "point.point_t", "point.point_b", "other.*"},
		from:    "met, UNNEST(points) AS point, UNNEST(others) AS other",
	})
	w.stage("reached", selection{columns: append([]string{"*"}, texts(w.days.ranges)...), from: w.before()})
}

// reachColumns are the columns that are met by points.
func (w *writing) reachColumns() []string {
	out := append(w.times(), "item", "start", "place")
	out = w.reaching(out)
	if w.expects() {
		out = append(out, "missing", "waiting")
	}
	if w.resets() {
		out = append(out, "r")
	}
	for _, m := range w.measures {
		out = append(out, m.good, m.null)
	}
	for _, v := range w.values {
		out = append(out, v.name)
	}
	for _, c := range w.carried {
		if !slices.Contains(out, c.source) {
			out = append(out, c.source)
		}
	}
	return out
}

// A dayWindow finds the facts of a window over days.
type dayWindow struct {
	*writing
	*window
}

// first is the count that a window begins with.
func (d dayWindow) first(point string) string {
	first := fmt.Sprintf("%s - %d", point, d.Window().Days()*d.perDay())
	if d.Includes() {
		first += " + 1"
	}
	return first
}

// in is the column that is TRUE of what is in the range of the point at hand.
func (d dayWindow) in() string {
	point, at := "point_"+d.count(), "point_t"
	if d.unit() == expr.Date { // which stands beside this in one stage
		point, at = "t + later", "t + later"
	}
	before := d.count() + " < " + point
	if d.Includes() {
		before = "t <= " + at
	}
	return named(&d.days.ranges, "in", d.count()+" >= "+d.first(point)+" AND "+before)
}

func (d dayWindow) aggregate(expression string) string {
	return named(&d.days.aggregates, "range", expression)
}

func (d dayWindow) over(function, condition, argument string) string {
	return d.aggregate(function + "(IF(" + d.in() + " AND " + condition + ", " + argument + ", NULL))")
}

func (d dayWindow) deviation(condition, x, by string) string {
	values := d.aggregate("ARRAY_AGG(IF(" + d.in() + " AND " + condition + ", " + x + ", NULL) IGNORE NULLS)")
	return deviation(values, d.over("AVG", condition, x), d.over("MAX", condition, "ABS("+x+")"), by)
}

func (d dayWindow) total(condition string, v *value) string {
	return d.over("SUM", condition, "CAST("+v.name+" AS BIGNUMERIC)")
}

func (d dayWindow) any(fault string) string {
	return d.aggregate("COUNTIF("+d.in()+" AND "+fault+")") + " > 0"
}

func (d dayWindow) find() facts {
	f := facts{places: d.aggregate("COUNTIF(" + d.in() + " AND place)")}
	if d.Partial {
		return f
	}
	start := d.carry(d.items[0], "start")
	if from := d.historyFrom(); from != "" {
		start = "LEAST(COALESCE(" + start + ", " + from + "), " + from + ")"
	}
	f.twice, f.null, f.point = d.any("twice"), d.any(d.measure.null), d.pointCount(d.items[0])
	f.short = "COALESCE(" + start + " > " + d.first(f.point) + ", TRUE)"
	if d.expects() {
		f.missing, f.waiting = d.any("missing"), d.any("waiting")
		f.expected = d.aggregate("COUNTIF(" + d.in() + " AND due)")
	}
	return f
}
