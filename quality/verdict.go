package quality

// Verdict is what a check, a suite or a run comes to. A worse verdict is a
// greater number; the verdict of several is the worst of them. The zero Verdict is
// none at all, so that what was never judged is no pass; it reads as unknown.
type Verdict int

// The verdicts, best first.
const (
	Pass    Verdict = iota + 1
	Waived          // a known failure, let through by name and until a date
	Warn            // a failure of a check whose severity is warn
	Waiting         // what is missing is not due yet
	Unknown         // could not be evaluated, or there was nothing to judge
	Fail
)

func (v Verdict) String() string {
	switch v {
	case Pass:
		return "pass"
	case Waived:
		return "waived"
	case Warn:
		return "warn"
	case Waiting:
		return "waiting"
	case Fail:
		return "fail"
	}
	return "unknown"
}

// Blocks reports whether the verdict keeps data from going on.
func (v Verdict) Blocks() bool { return !v.known() || v >= Waiting }

func (v Verdict) known() bool { return v >= Pass && v <= Fail }
