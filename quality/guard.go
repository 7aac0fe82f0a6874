package quality

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// Guard calls what others wrote, a library or a check of somebody's own, and turns
// a panic in it into an error that begins with blame and names the place: it ends
// neither the process nor what else is to be told. Engines use it around the
// libraries that they call.
func Guard(blame string, do func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("%s: %w (in %s)", blame, p, panickedIn())
		default:
			err = fmt.Errorf("%s: %v (in %s)", blame, p, panickedIn())
		}
	}()
	return do()
}

// panickedIn is the function that panicked, for one who has recovered in a deferred
// call: the first on the stack below the runtime's own.
func panickedIn() string {
	calls := make([]uintptr, 64)
	frames := runtime.CallersFrames(calls[:runtime.Callers(1, calls)])
	panicking := false
	for {
		f, more := frames.Next()
		inRuntime := strings.HasPrefix(f.Function, "runtime.")
		if panicking && !inRuntime {
			return fmt.Sprintf("%s, %s:%d", f.Function, filepath.Base(f.File), f.Line)
		}
		panicking = panicking || f.Function == "runtime.gopanic"
		if !more {
			return "an unknown place"
		}
	}
}
