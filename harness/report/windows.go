package report

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
)

// WindowPlan is the one statement that windows over a table take.
type WindowPlan struct {
	Of      string // the table of the rows
	Windows int    // how many there are
	Reads   map[string][]string
	Query   quality.Query
	Bytes   *int64 // that it would read, nil where that is not known
}

// Windows writes what computing windows would take, and what that costs at a rate per TiB.
func Windows(w io.Writer, p WindowPlan, rate float64) error {
	var b strings.Builder
	fmt.Fprintf(&b, "windows over %s: %s by 1 statement\n", p.Of, counted(p.Windows, "window"))
	for _, table := range slices.Sorted(maps.Keys(p.Reads)) {
		writeColumns(&b, table+": ", p.Reads[table])
	}
	writeStages(&b, p.Query.Text)
	writeLength(&b, p.Query.Text)
	if p.Bytes != nil {
		writeScan(&b, *p.Bytes, rate)
	}
	b.WriteByte('\n')
	writeQuery(&b, p.Query)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeColumns(b *strings.Builder, of string, names []string) {
	fmt.Fprintf(b, "  reads    %s%s: %s\n", of, counted(len(names), "column"), strings.Join(names, ", "))
}

// stage is the line that a common table expression begins with.
var stage = regexp.MustCompile(`(?m)^\s*(?:WITH )?(\w+) AS \($`)

// writeStages names the common table expressions of a statement, if it has any.
func writeStages(b *strings.Builder, text string) {
	var names []string
	for _, m := range stage.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	if len(names) > 0 {
		fmt.Fprintf(b, "  stages   %d: %s\n", len(names), strings.Join(names, ", "))
	}
}

// writeLength writes how long a statement is, of what it can be.
// https://cloud.google.com/bigquery/quotas#query_jobs
func writeLength(b *strings.Builder, text string) {
	fmt.Fprintf(b, "  text     %s bytes of 1 MB\n", quality.Grouped(int64(len(text))))
}

func writeScan(b *strings.Builder, bytes int64, rate float64) {
	fmt.Fprintf(b, "  scans    %s, %s\n", byteText(bytes), price(rate, bytes))
}

// writeQuery writes the text, and its parameters as comments.
func writeQuery(b *strings.Builder, q quality.Query) {
	for line := range strings.Lines(q.Text) {
		b.WriteString("    " + strings.TrimRight(line, "\n") + "\n")
	}
	for _, name := range slices.Sorted(maps.Keys(q.Parameters)) {
		fmt.Fprintf(b, "    -- @%s = %s\n", name, q.Parameters[name].SQL())
	}
}
