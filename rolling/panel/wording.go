package panel

import (
	"fmt"
	"strings"
)

// Wording writes a setting, and what it is set to where that is not "", as whoever
// wrote the spec would: last: 10, or --last 10. Settings go by the names of their keys,
// those of Expected with expected_ before; of a column's name or type it is given
// COLUMN=NAME.
type Wording func(setting, value string) string

// Say writes a setting, by default as YAML does.
func (w Wording) Say(setting, value string) string {
	if w != nil {
		return w(setting, value)
	}
	if value == "" {
		return setting
	}
	if left, right, ok := strings.Cut(value, "="); ok {
		value = "{" + left + ": " + right + "}"
	}
	return setting + ": " + value
}

// Mistake is an error in a spec, as against one in the rows.
type Mistake struct{ Err error }

func (m Mistake) Error() string { return m.Err.Error() }
func (m Mistake) Unwrap() error { return m.Err }

// mistake is one about a setting.
func (w Wording) mistake(setting, format string, args ...any) error {
	return Mistake{fmt.Errorf("%s %s", w.Say(setting, ""), fmt.Sprintf(format, args...))}
}
