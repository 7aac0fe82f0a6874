package rolling

import (
	"runtime"
	"sync"
	"time"

	"github.com/intactdata/intact/rolling/internal/places"
)

// A Batch is everything that windows over a table are computed from.
type Batch struct {
	// Rows are the observations.
	Rows Rows
	// Expected are the keys that were due, from a list kept apart from the rows.
	// Nil means that no such list is known: holes can not be seen then, and the
	// answers say that nothing was expected.
	Expected *Expected
	// Points are what windows are asked for, as of; they need no row. Nil means
	// each row's own entity, time and reset.
	Points *Keys
	// Columns hold the values, a slot per row.
	Columns []Column
	// Specs are the windows. Those over the same places share their places,
	// those of one column share its values.
	Specs []Spec
	// Zone is whose calendar days a window over days is over, and limits count: a
	// date and a timestamp of that day are answered alike then. Nil means that a
	// day of a timestamp is 24 hours. Dates are days whatever the zone, and so are
	// those of datetimes with any.
	Zone *time.Location
	// HistoryFrom is from when on the history of every entity is known: a time in
	// the unit of the rows, or with a Zone a day since 1970-01-01. Nil means that
	// it begins with the entity's first row or expected key.
	HistoryFrom *int64
	// Now is the time in microseconds since 1970-01-01 UTC that expected keys
	// are due against. It matters only where they have a due time.
	Now int64
	// Workers is how many goroutines share the entities; 0 means as many as
	// there are processors, where there is work for them.
	Workers int
}

// Rows are observations. Two rows with one key (entity, time, order) are
// duplicates of each other.
type Rows struct {
	Keys
	// Counted says of each row whether the entity took part: TRUE is counted,
	// FALSE is excused and takes no place, NULL is a place without a usable
	// value. Nil means that every row is counted.
	Counted []Truth
}

// Expected are the keys that were due: for a player those on the game's sheet,
// played, did not play and inactive alike. [ByTeam] makes them from a schedule.
type Expected struct {
	Keys
	// Excused says of each key that it is no loss where it has no row, such as
	// a player listed as inactive. A row that is there decides for itself.
	// Nil means that none is.
	Excused []bool
	// Due is the time in microseconds since 1970-01-01 UTC from which on a key
	// without a row is missing; before it the window is waiting. Nil means that
	// all keys are due.
	Due []int64
}

// minWork is how many rows and points make a goroutine worth its start.
const minWork = 8192

// Compute answers the batch into res, whose memory it uses again. The answers
// of the i-th spec are res.Windows(i). They refer to the slices of the batch,
// which must not change while the answers are read.
//
// The same input gives the same bits whatever the number of workers.
func Compute(res *Result, b *Batch) error {
	if err := res.begin(b); err != nil {
		return err
	}
	if err := res.work(); err != nil {
		return err
	}
	res.table.End()
	res.ended = true
	return nil
}

// work answers each part of the table in a goroutine of its own, and returns the error
// of the first in order.
func (res *Result) work() error {
	if len(res.workers) == 1 {
		return res.workers[0].answer(res, &res.table.Parts[0])
	}
	var all sync.WaitGroup
	for i := range res.workers {
		w := &res.workers[i]
		all.Go(func() { w.err = w.answer(res, &res.table.Parts[i]) })
	}
	all.Wait()
	for i := range res.workers {
		if err := res.workers[i].err; err != nil {
			return err
		}
	}
	return nil
}

// workerCount returns how many goroutines the batch is worth.
func (b *Batch) workerCount(entities int) int {
	n := b.Workers
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
		work := b.Rows.At.column.Len()
		if b.Points != nil {
			work += b.Points.At.column.Len()
		}
		n = min(n, work/minWork)
	}
	return max(1, min(n, entities))
}

// input returns what the places of the batch are found in.
func (b *Batch) input() places.Input {
	in := places.Input{Rows: b.Rows.columns(), Counted: b.Rows.Counted, Zone: b.Zone, HistoryFrom: b.HistoryFrom, Now: b.Now}
	if in.Expects = b.Expected != nil; in.Expects {
		in.Expected = b.Expected.keys()
	}
	if in.Pointed = b.Points != nil; in.Pointed {
		in.Points = b.Points.columns()
	}
	return in
}

func (e *Expected) keys() places.Expected {
	return places.Expected{Keys: e.Keys.columns(), Excused: e.Excused, Due: e.Due}
}
