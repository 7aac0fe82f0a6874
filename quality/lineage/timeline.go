package lineage

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// event is what a timeline knows of a place, or of a row that takes none.
type event struct {
	at    int64
	order []int32
	// spoilt: what rests on it differs. place: it takes a place, spoilt or not.
	spoilt, place bool
	// lost: it is not there, so that history may begin later; but not where it is known to
	// be due.
	lost, due bool
}

// timeline is the places of one entity from its first spoilt one on.
type timeline struct {
	events []moment
	today  []event
	// moved: the first row is lost, and so history begins with the next one.
	moved       bool
	first, next int64
}

// moment is how things stand after an event.
type moment struct {
	at    int64
	gap   int64 // the newest spoilt one up to here
	since int   // places after it
}

const never = math.MinInt64

// advance takes over the events of a day.
func (t *timeline) advance(of *codes) error {
	if len(t.today) == 0 {
		return nil
	}
	slices.SortStableFunc(t.today, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.at, b.at), slices.CompareFunc(a.order, b.order, func(x, y int32) int {
			return of.values[x].Compare(of.values[y])
		}), compareBool(a.spoilt, b.spoilt)) // nobody knows better
	})
	last := moment{gap: never}
	if n := len(t.events); n > 0 {
		last = t.events[n-1]
	}
	if n := len(t.events); n > 0 && t.today[0].at < last.at {
		return errors.New("a row is of a later date than another, and of an earlier time: the times have to be those of the dates, by the table's zone")
	}
	for _, e := range t.today {
		switch last.at = e.at; {
		case e.spoilt:
			last.gap, last.since = e.at, 0
		case e.place:
			last.since++
		}
		if !(e.lost && !e.due) && t.moved && t.next == never {
			t.next = e.at
		}
		t.events = append(t.events, last)
	}
	t.today = t.today[:0]
	return nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// before is how things stand before a time, or at its end.
func (t *timeline) before(at int64, including bool) (moment, bool) {
	for _, m := range slices.Backward(t.events) {
		if m.at < at || including && m.at == at {
			return m, true
		}
	}
	return moment{}, false
}

// spoils reports whether a point sees a spoilt place.
func (f *flow) spoils(t *timeline, at expr.Value) (bool, error) {
	us, err := instant(at)
	if err != nil {
		return false, err
	}
	m, ok := t.before(us, f.window.Including)
	if !ok {
		return false, nil
	}
	if m.gap != never && f.window.Last > 0 && int64(m.since) < f.window.Last {
		return true, nil
	}
	if f.window.Days == 0 {
		return false, nil
	}
	past := f.begin(at, us)
	if m.gap != never && past(m.gap) >= 0 {
		return true, nil
	}
	// All history of its range was there, and no longer is.
	return t.moved && past(t.first) <= 0 && (t.next == never || past(t.next) > 0), nil
}

// begin tells how far an instant is past the begin of a point's range of days.
func (f *flow) begin(at expr.Value, us int64) func(int64) int64 {
	w := f.window
	if at.Type() != expr.Date && w.Zone == nil {
		begin := us - w.Days*dayMicros
		if w.Including {
			begin++
		}
		return func(of int64) int64 { return of - begin }
	}
	days := func(us int64) int64 {
		if at.Type() == expr.Timestamp {
			return int64(dayOf(civil.DateOf(time.UnixMicro(us).In(w.Zone))))
		}
		return floor(us, dayMicros)
	}
	begin := days(us) - w.Days
	if w.Including {
		begin++
	}
	return func(of int64) int64 { return days(of) - begin }
}
