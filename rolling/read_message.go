package rolling

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/rolling/internal/places"
)

// Message says in a sentence why the window as of point i is refused, about
// which keys, and what to do. It is empty where the window is whole.
func (w Windows) Message(i int) string {
	d := w.Detail(i)
	if d.Reason == Whole {
		return ""
	}
	return d.Reason.String() + ": " + w.explain(i, &d)
}

func (w Windows) explain(i int, d *Detail) string {
	window := w.a.spec.window
	faults := w.Faults(i, nil)
	places := d.Observed + d.Missing + d.Nulls
	switch d.Reason {
	case Duplicate:
		return fmt.Sprintf("%s in the window with more than one row: remove the copies, or give the order that tells them apart", keyList(faults))
	case Gap:
		return fmt.Sprintf("%s expected and without a row (%d of %d places missing): load what is lost and compute again", keyList(faults), d.Missing, places)
	case Waiting:
		return fmt.Sprintf("%s expected and not due yet: compute again when it is", keyList(faults))
	case Null:
		return keyList(faults) + " without a usable value: " + w.explainNull(i)
	case Warmup:
		if window.rows > 0 {
			return fmt.Sprintf("%d of %d places back to the start of history: nothing is wrong, it is too early", places, window.rows)
		}
		return fmt.Sprintf("history begins within the %d days: nothing is wrong, it is too early", window.days)
	case Empty:
		return fmt.Sprintf("no place in the %d days: nothing is wrong, there is nothing to average", window.days)
	case Stale:
		return fmt.Sprintf("places from %s to %s: over the limit on span or age", d.Oldest, d.Newest)
	case Undefined:
		return fmt.Sprintf("%s has no value over %d places", w.a.spec.statistic, places)
	}
	return fmt.Sprintf("%s is outside the range of %s", w.a.spec.statistic, w.Type())
}

// explainNull tells a predicate that is NULL from a value that is.
func (w Windows) explainNull(i int) string {
	v := w.view(i)
	byKey := v.Lost()
	for k := v.From; k < v.To; k++ {
		byKey = byKey || v.State(k)&places.Unusable != 0
	}
	if byKey {
		return "the predicate or the reset is NULL there; fill in the reset, and write the predicate so that NULL decides nothing it need not, as in is_dnp IS NOT TRUE AND minutes_played > 0"
	}
	column := w.a.spec.statistic.column
	if w.a.kind == ratio {
		return fmt.Sprintf("%s or %s is NULL or not finite there: correct the source", column, w.a.spec.statistic.per)
	}
	return fmt.Sprintf("%s is NULL or not finite there: correct the source, or where it is rightly NULL, as a share without an attempt, average a ratio of sums", column)
}

// keyList names a few keys.
func keyList(keys []Key) string {
	const most = 5
	var names []string
	for i, k := range keys {
		if i == most {
			names = append(names, fmt.Sprintf("%d more", len(keys)-most))
			break
		}
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
}
