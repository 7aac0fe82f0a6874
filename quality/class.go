package quality

// Class fixes the statement that measures a term: terms of one class on one
// relation share as few statements as the class allows.
type Class int

// The classes. Folded terms of a relation all share one statement, whatever
// they are grouped by; keyed terms share one for each key set.
const (
	Folded Class = iota
	Keyed
)

func (c Class) String() string {
	if c == Keyed {
		return "keyed"
	}
	return "fold"
}
