package audit

import "github.com/intactdata/intact/rolling"

// A number is a value, or none.
type number struct {
	v  float64
	ok bool
}

// near reports whether both are values, and equal but for the tolerance.
func (t Tolerance) near(a, b number) bool { return a.ok && b.ok && t.Near(a.v, b.v) }

// evidence is what a stored value is held against.
type evidence struct {
	stored   number
	declared number // the window, where it is whole
	reason   rolling.Reason
	// What is there, refused or not.
	present, including, zeros, dropped number
	others                             []number
	// changed is TRUE where a row of the window was changed after the value was stored.
	changed bool
}

// told reports whether it can be told of a value whether it is a leak: whether the window
// that includes its own time is another.
func (t Tolerance) told(e *evidence) bool { return e.stored.ok && t.differs(e, e.including) }

// differs reports whether a variant is another than the declared window over what is
// there.
func (t Tolerance) differs(e *evidence, variant number) bool {
	return variant.ok && !t.near(variant, e.present)
}

// classify is the first class that fits a value of a known entity.
func (t Tolerance) classify(e *evidence) Class {
	switch {
	case !e.stored.ok && e.declared.ok:
		return Missing
	case !e.stored.ok:
		return RightlyNull
	case t.near(e.stored, e.declared):
		return Right
	}
	is := func(variant number) bool { return t.near(e.stored, variant) && t.differs(e, variant) }
	switch {
	case is(e.including):
		return Leak
	case is(e.zeros):
		return AsZero
	case is(e.dropped):
		return DroppedLate
	}
	for _, other := range e.others {
		if is(other) {
			return OtherWindow
		}
	}
	switch {
	case isPartial(e.reason) && t.near(e.stored, e.present):
		return Partial
	case e.reason != rolling.Whole:
		return Refused
	case e.changed:
		return Outdated
	}
	return Wrong
}

// isPartial reports whether a window is refused because something of it is not there.
func isPartial(r rolling.Reason) bool {
	switch r {
	case rolling.Duplicate, rolling.Gap, rolling.Waiting, rolling.Null, rolling.Warmup, rolling.Empty:
		return true
	}
	return false
}
