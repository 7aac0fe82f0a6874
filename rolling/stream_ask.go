package rolling

import (
	"fmt"
	"math"
	"slices"

	"github.com/intactdata/intact/rolling/internal/places"
)

// Window answers the i-th spec of the stream as of a point, which must not be
// older than the newest row. now is the time, in microseconds since 1970-01-01
// UTC, that expected keys are due against. Keys have no position in an input
// here: Row and Expected are 0 where there is one and −1 where there is none.
func (c *Calculator) Window(i int, p Point, now int64) (Answer, error) {
	w, err := c.walk(i, p, now, nil)
	if err != nil {
		return Answer{}, err
	}
	return c.evaluate(i, w), nil
}

// Faults appends to keys those that the window's refusal is about, oldest first.
func (c *Calculator) Faults(i int, p Point, now int64, keys []Key) ([]Key, error) {
	w, err := c.walk(i, p, now, nil)
	if err != nil {
		return keys, err
	}
	a := c.evaluate(i, w)
	from := len(keys)
	_, err = c.walk(i, p, now, func(k *places.Cell, kind Reason) {
		if kind == a.Reason {
			keys = append(keys, c.key(k))
		}
	})
	slices.Reverse(keys[from:])
	return keys, err
}

// A walked window is what is met on the way back from its point.
type walked struct {
	Detail
	places int
	faults [Null + 1]bool
	stale  bool
	short  bool
}

// walk goes back from the point key by key, collects the usable values, newest
// first, and reports each key at fault.
func (c *Calculator) walk(i int, p Point, now int64, fault func(*places.Cell, Reason)) (walked, error) {
	w := walked{Detail: Detail{Expected: -1, Oldest: noKey, Newest: noKey}}
	if i < 0 || i >= len(c.stream.specs) {
		return w, fmt.Errorf("window %d: the stream has %d", i, len(c.stream.specs))
	}
	s := &c.stream.specs[i]
	if !c.stream.unit.Holds(p.At) {
		return w, fmt.Errorf("window %q: %w", s.name, c.stream.unit.Outside(p.At))
	}
	switch {
	case p.Reset < 0:
		return w, fmt.Errorf("window %q as of %s: its reset is NULL, so it is not known which history it is asked of: fill it in", s.name, c.stream.unit.Text(p.At))
	case c.pushed && p.At < c.newest.at:
		return w, fmt.Errorf("%w: window %q as of %s, and the newest row is of %s: older points are for a batch", ErrLate, s.name, c.stream.unit.Text(p.At), c.stream.unit.Text(c.newest.at))
	}
	days := &c.scratch.days
	first, begins, end := s.frame.Over(p.At, days)
	run, per := &c.scratch.run, &c.scratch.per
	*run = values{kind: c.stream.columns[s.column].kind, x: run.x[:0], i: run.i[:0], n: run.n[:0]}
	*per = values{kind: c.stream.columns[s.per].kind, x: per.x[:0], i: per.i[:0], n: per.n[:0]}
	met := func(k *places.Cell, r Reason) {
		w.faults[r] = true
		if fault != nil {
			fault(k, r)
		}
	}
	due := 0
	for at := c.find(end, math.MinInt64) - 1; at >= 0; at-- {
		k := &c.cells[at]
		if s.window.days > 0 && k.At < begins || s.window.rows > 0 && w.places == s.window.rows {
			break
		}
		if k.Duplicate && k.Seen(p.Reset) {
			met(k, Duplicate)
		}
		state, isPlace := k.Look(p.Reset, c.stream.expects, now)
		if !isPlace {
			continue
		}
		if w.places++; w.places == 1 {
			w.Newest = c.key(k)
		}
		w.Oldest = c.key(k)
		if state&places.Unexpected != 0 {
			w.Unexpected++
		} else {
			due++
		}
		v := c.values[at*len(c.stream.columns):]
		switch {
		case state&places.NotDue != 0:
			w.Missing++
			met(k, Waiting)
		case state&places.Missing != 0:
			w.Missing++
			met(k, Gap)
		case state&places.Twice != 0:
		case state&places.Unusable != 0, !v[s.column].usable(), s.statistic.kind == ratio && !v[s.per].usable():
			w.Nulls++
			met(k, Null)
		default:
			w.Observed++
			run.append(v[s.column])
			if s.statistic.kind == ratio {
				per.append(v[s.per])
			}
		}
	}
	if c.stream.expects {
		if w.Expected = due; s.window.rows > 0 {
			w.Expected = s.window.rows
		}
	}
	w.short = s.window.rows > 0 && w.places < s.window.rows || s.window.days > 0 && c.startOf(p.Reset) > first
	w.stale = w.places > 0 && s.frame.Stale(p.At, w.Oldest.At, w.Newest.At, days)
	return w, nil
}

func (c *Calculator) key(k *places.Cell) Key {
	return Key{At: k.At, Order: k.Order, Row: int(k.Row), Expected: int(k.Expected), timed: c.stream.unit}
}

// evaluate gives a walked window its reason and its value.
func (c *Calculator) evaluate(i int, w walked) Answer {
	s := &c.stream.specs[i]
	a := Answer{Detail: w.Detail, result: s.result}
	k := s.statistic.kind
	a.Reason = Whole
	for r := Duplicate; r <= Null; r++ {
		if w.faults[r] {
			a.Reason = r
			return a
		}
	}
	switch {
	case w.short:
		a.Reason = Warmup
	case w.places == 0 && k != count && k != sum:
		a.Reason = Empty
	case w.stale:
		a.Reason = Stale
	case w.places > 0:
		run, per := &c.scratch.run, &c.scratch.per
		run.oldestFirst()
		per.oldestFirst()
		a.value, a.Reason = c.scratch.judge.evaluate(k, *run, *per, w.places)
	}
	return a
}

func (v *values) oldestFirst() {
	slices.Reverse(v.x)
	slices.Reverse(v.i)
	slices.Reverse(v.n)
}
