package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Plain writes the report line by line, with nothing laid out: what is left where
// another form of it cannot be written.
func Plain(w io.Writer, r *quality.Report) error {
	var b strings.Builder
	for _, s := range r.Suites {
		fmt.Fprintf(&b, "%s on %s: %s\n", s.Suite, s.Table, s.Verdict)
		for _, c := range s.Checks {
			fmt.Fprintf(&b, "  %s %s: %s\n", c.Verdict, c.ID, c.Reason)
			for _, f := range c.Findings {
				fmt.Fprintf(&b, "    %s %s: %s\n", f.Verdict, f.Segment, f.Reason)
			}
		}
	}
	fmt.Fprintf(&b, "%s\n", strings.ToUpper(r.Verdict.String()))
	_, err := io.WriteString(w, b.String())
	return err
}
