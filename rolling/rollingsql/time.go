package rollingsql

import (
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/internal/calendar"
)

// instant is a time as a number, days of a DATE and microseconds of the others.
func (w *writing) instant(x string) string {
	switch w.unit() {
	case expr.Date:
		return "UNIX_DATE(" + x + ")"
	case expr.DateTime:
		return "DATETIME_DIFF(" + x + ", DATETIME '1970-01-01 00:00:00', MICROSECOND)"
	}
	return "UNIX_MICROS(" + x + ")"
}

// time is what a number stands for.
func (w *writing) time(t string) string {
	switch w.unit() {
	case expr.Date:
		return "DATE_FROM_UNIX_DATE(" + t + ")"
	case expr.DateTime:
		return "DATETIME(TIMESTAMP_MICROS(" + t + "), 'UTC')"
	}
	return "TIMESTAMP_MICROS(" + t + ")"
}

// day is the day of a time as a number, by the calendar of package rolling: where a
// clock is put back over midnight the day that it shows again is not over before.
func (w *writing) day(x string) string {
	if w.unit() == expr.DateTime {
		return "UNIX_DATE(DATE(" + x + "))"
	}
	day := "UNIX_DATE(DATE(" + x + ", " + w.text.Value(w.clock().String()) + "))"
	if !w.zoned {
		return day
	}
	var again []string
	for _, r := range calendar.Repeats(w.Zone) {
		again = append(again, fmt.Sprintf("WHEN UNIX_MICROS(%s) BETWEEN %d AND %d THEN %d", x, r.From, r.To-1, r.Day))
	}
	if len(again) == 0 {
		return day
	}
	return "CASE " + strings.Join(again, " ") + " ELSE " + day + " END"
}

// begin is the first time of a day.
func (q *Query) begin(text *googlesql.Text, d civil.Date) string {
	switch q.unit() {
	case expr.Date:
		return text.Value(d)
	case expr.DateTime:
		return text.Value(civil.DateTime{Date: d})
	}
	return text.Value(time.UnixMicro(rolling.DayBegins(rolling.Day(d), q.clock())).UTC())
}

// between is which times are those of the points that are asked for.
func (q *Query) between(text *googlesql.Text, x string) []string {
	var out []string
	if !isZero(q.From) {
		out = append(out, x+" >= "+q.begin(text, q.From))
	}
	if !isZero(q.To) {
		out = append(out, x+" < "+q.begin(text, q.To.AddDays(1)))
	}
	return out
}

// asked is which points are asked for.
func (w *writing) asked(at string) []string {
	x := w.text.Column(at)
	return orUndated(x, w.between(w.text, x))
}

// bounds is which rows and expected keys the points can see, for partitions to be
// pruned by: none after them, and none so far before them that no range of days
// reaches back there.
func (w *writing) bounds(at string) []string {
	x := w.text.Column(at)
	seen := Query{Rows: w.Rows, Zone: w.Zone, To: w.To}
	if w.reachesBack() {
		seen.From = w.From.AddDays(-w.days.most)
	}
	return orUndated(x, seen.between(w.text, x))
}

// orUndated keeps what has no time: that is an error, and must be seen for it.
func orUndated(x string, bounds []string) []string {
	if len(bounds) == 0 {
		return nil
	}
	return []string{"(" + strings.Join(bounds, " AND ") + " OR " + x + " IS NULL)"}
}

// reachesBack reports whether it is known how far the windows reach back: those over
// rows reach as far as it takes, and so does the newest row that says whose team an
// entity is in.
func (w *writing) reachesBack() bool {
	return !isZero(w.From) && w.last == nil && !w.byTeam()
}

// starts are when histories started before the bounds.
func (w *writing) starts() []string {
	if !w.reachesBack() {
		return nil
	}
	w.text.Over(w.Rows.Schema)
	out := []string{w.start(&w.Rows, w.text.Rows(w.tables[0]), w.quoted(w.Rows.Entity))}
	if w.expects() {
		w.text.Over(w.Expected.Schema)
		from, owner := w.owners()
		out = append(out, w.start(&w.Expected.Source, from, owner))
	}
	return out
}

func (w *writing) start(s *Source, from string, owner []string) string {
	at := w.text.Column(s.At)
	b := branch{"kind": fmt.Sprint(isStart), "asked": "FALSE", "t": "MIN(" + w.instant(at) + ")"}
	for i, name := range w.entity {
		b[name] = owner[i]
	}
	if w.unit() != expr.Date {
		b["b"] = "MIN(" + w.day(at) + ")"
	}
	where, group := []string{at + " < " + w.begin(w.text, w.From.AddDays(-w.days.most))}, owner
	if w.resets() {
		reset := w.text.Column(s.Reset)
		b["own_r"] = reset
		where, group = append(where, reset+" IS NOT NULL"), append(owner[:len(owner):len(owner)], reset)
	}
	return selection{columns: w.columnsOf(b), from: from, where: where, group: group}.sql()
}

// historyFrom is the count that history is known from, "" if that is not declared.
func (w *writing) historyFrom() string {
	if isZero(w.HistoryFrom) {
		return ""
	}
	return fmt.Sprint(int64(rolling.Day(w.HistoryFrom)) * int64(w.perDay()))
}

// isLate is whether a key is not yet due.
func (w *writing) isLate(due string) string {
	if w.Expected.Due == "" {
		return "FALSE"
	}
	zone, isDate := w.clock(), w.Expected.typeOf(w.Expected.Due) == expr.Date
	switch {
	case isDate && w.Now.IsZero():
		return due + " >= UNIX_DATE(CURRENT_DATE(" + w.text.Value(zone.String()) + "))"
	case isDate:
		days := calendar.In(zone)
		return due + " >= " + fmt.Sprint(days.Count(w.Now.UnixMicro()))
	case w.Now.IsZero():
		return due + " > UNIX_MICROS(CURRENT_TIMESTAMP())"
	}
	return due + " > " + fmt.Sprint(w.Now.UnixMicro())
}
