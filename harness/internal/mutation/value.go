package mutation

import (
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// value writes a value in YAML as a check reads it again.
func value(v expr.Value) string {
	switch v.Type() {
	case expr.Int64, expr.Bool:
		return v.String()
	}
	text := form.Quote(v.String())
	if strings.HasPrefix(text, `"`) {
		return text
	}
	return `"` + text + `"`
}
