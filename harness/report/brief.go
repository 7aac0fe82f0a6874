package report

import (
	"io"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Brief writes for logs what does not pass and why, and the last line of [Table].
func Brief(w io.Writer, r *quality.Report, o TableOptions) error {
	var b strings.Builder
	for _, s := range r.Suites {
		var reasons []string
		for _, c := range s.Checks {
			reasons = append(reasons, o.reasons(c)...)
		}
		if len(reasons) > 0 {
			b.WriteString(o.heading(s) + strings.Join(reasons, "\n") + "\n")
		}
	}
	b.WriteString(o.conclusion(r))
	_, err := io.WriteString(w, b.String())
	return err
}
