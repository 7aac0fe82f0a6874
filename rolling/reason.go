package rolling

import "fmt"

// A Reason says whether a window is whole and, if it is not, why it is refused.
// Where several apply a window carries the first in the order of the constants.
// The zero Reason is no answer at all.
type Reason uint8

const (
	// Duplicate: a key in the window's span occurs twice.
	Duplicate Reason = iota + 1
	// Gap: an expected key in the window has no row, and it is due.
	Gap
	// Waiting: an expected key in the window has no row, and none of those is due yet.
	Waiting
	// Null: a place holds no usable value: the predicate is NULL, the reset
	// value is NULL, or the value is NULL, NaN or infinite.
	Null
	// Warmup: history begins too late: fewer than n places back to the start,
	// or the range of days reaches back before it.
	Warmup
	// Empty: a range of days holds no place. Count and sum are whole there, and 0.
	Empty
	// Stale: the span or the age of the window is over the declared limit.
	Stale
	// Undefined: the statistic has no value here: 0/0, or a sample deviation of one value.
	Undefined
	// NonFinite: the result is outside the range of its type.
	NonFinite
	// Whole: every place is usable and the window has a value.
	Whole
)

var reasonNames = [...]string{
	"none", "duplicate", "gap", "waiting", "null", "warmup", "empty", "stale", "undefined", "nonfinite", "whole",
}

// String returns the word for the reason: "whole", "gap", "warmup" and so on.
func (r Reason) String() string {
	if int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return "none"
}

// ParseReason reads the word for a reason.
func ParseReason(word string) (Reason, error) {
	for r := Duplicate; r <= Whole; r++ {
		if reasonNames[r] == word {
			return r, nil
		}
	}
	return 0, fmt.Errorf("%q is no reason: it is one of %q", word, reasonNames[Duplicate:])
}

// Fault reports whether the refusal means that something is wrong with the data:
// duplicate, gap, null and nonfinite. The other refusals are nobody's fault.
func (r Reason) Fault() bool {
	return r == Duplicate || r == Gap || r == Null || r == NonFinite
}
