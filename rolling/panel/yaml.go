package panel

import (
	"strings"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Keys say what the columns of the rows mean. What is read goes into the spec.
func (s *Spec) Keys() []form.Key {
	return []form.Key{
		{Name: "entity", Doc: "COLUMNS that say whose row it is.", Form: form.Texts(&s.Entity)},
		{Name: "at", Doc: "COLUMN that says when, a DATE or a TIMESTAMP.", Form: form.Text(&s.At)},
		{Name: "order", Doc: "COLUMNS that break ties where one entity has two rows at one time; they are part of the key.", Form: form.Texts(&s.Order)},
		{Name: "reset", Doc: "COLUMN, such as season, that a window does not reach across.", Form: form.Text(&s.Reset)},
		{Name: "counted", Doc: "EXPRESSION that is TRUE where the entity took part; FALSE takes no place, NULL refuses the window (default: every row counts).", Form: suitefile.Expr(&s.Counted)},
		{Name: "zone", Doc: "ZONE, such as America/New_York, whose calendar days windows of days, limits and the start of history are of (default: a day of a TIMESTAMP is 24 hours, and dates are of UTC).", Form: zone(&s.Zone)},
		{Name: "history_from", Doc: "DATE from which on all history is known; before the first row there was nothing then.", Form: form.Date(&s.HistoryFrom)},
	}
}

// Keys say how the keys that were due are read.
func (x *Expected) Keys() []form.Key {
	return []form.Key{
		{Name: "where", Doc: "EXPRESSION on the expected keys; where it is FALSE the key owes no row, such as status != 'inactive'.", Form: suitefile.Expr(&x.Where)},
		{Name: "map", Doc: "COLUMN=NAME: the name among the expected keys of a key column (or of entity, at, order, reset); several of one column give a key each, such as team=home_team,team=away_team.", Form: names(&x.Map)},
		{Name: "by", Doc: "COLUMN of the rows, such as team, that the expected keys are of, where games are known and not who was due.", Form: form.Text(&x.By)},
		{Name: "due", Doc: "COLUMN of the expected keys, a TIMESTAMP or a DATE, which is due when it has ended: until then a window without the row is waiting, and no gap (default: all are due).", Form: form.Text(&x.Due)},
	}
}

// Keys say which windows are asked for.
func (w *Windows) Keys() []form.Key {
	return []form.Key{
		{Name: "value", Doc: "COLUMNS to average; of a BOOL that is the share which is TRUE.", Form: form.Texts(&w.Value)},
		{Name: "stat", Doc: "STATISTICS: " + strings.Join(statisticNames(), ", ") + " (default mean).", Form: form.Texts(&w.Stat)},
		{Name: "ratio", Doc: "A/B: the sum of A over the sum of B, the average of a share that is rightly NULL in some rows.", Form: form.Texts(&w.Ratio)},
		{Name: "last", Doc: "Windows of the newest N rows that count.", Form: counts(&w.Last)},
		{Name: "days", Doc: "Windows of N days: of a DATE the N days before it; of a TIMESTAMP the N times 24 hours before it, or with a zone the N calendar days before its own.", Form: counts(&w.Days)},
		{Name: "include_current", Doc: "Let a window see its point's own time; that leaks what is to be predicted.", Form: form.Bool(&w.IncludeCurrent)},
		{Name: "max_span", Doc: "Refuse as stale what spans more than so many DAYS.", Form: form.Count(&w.MaxSpan)},
		{Name: "max_age", Doc: "Refuse as stale what ends more than so many DAYS before.", Form: form.Count(&w.MaxAge)},
	}
}
