package audit

import "strings"

// A Class says what a stored value is, held against the recomputed one. Of several a
// row has the first.
type Class uint8

const (
	// Unkeyed: the row lacks a part of its key, so that nothing can be recomputed.
	Unkeyed Class = iota + 1
	// Unmatched: a value is stored, and the rows that windows are over know nothing of its
	// entity.
	Unmatched
	// Right: the stored value is the recomputed one.
	Right
	// RightlyNull: no value is stored, and the window is refused.
	RightlyNull
	// Leak: the stored value is that of the window which includes the row's own time,
	// where that is another than the declared one's.
	Leak
	// AsZero: rows that are not counted, or have no value, were counted as 0.
	AsZero
	// DroppedLate: rows that are not counted took a place, and were dropped then.
	DroppedLate
	// OtherWindow: rows against days, or one row or day more or less.
	OtherWindow
	// Partial: the window is not whole, and the stored value is that of what is there.
	Partial
	// Refused: a value is stored, and the window is refused.
	Refused
	// Missing: no value is stored, and the window is whole.
	Missing
	// Outdated: the value is another, and a row of the window was changed after it was
	// stored.
	Outdated
	// Wrong: the value is another.
	Wrong
)

var classNames = [...]string{
	"none", "unkeyed", "unmatched", "right", "rightly null", "leak", "excused as 0", "dropped late", "other window", "partial",
	"stored though refused", "missing though whole", "outdated", "wrong",
}

// String is the word for it.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return classNames[0]
}

// Classes are all of them, in their order.
func Classes() []Class {
	out := make([]Class, 0, Wrong)
	for c := Unkeyed; c <= Wrong; c++ {
		out = append(out, c)
	}
	return out
}

// detail is what the number of its rows is called in reports.
func (c Class) detail() string { return strings.ReplaceAll(c.String(), " ", "_") + "_rows" }
