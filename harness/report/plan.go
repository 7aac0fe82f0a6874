package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Plan writes what measuring a plan would take: each statement with its class,
// columns, bytes, price at a rate per TiB, and SQL; then what cannot be measured.
func Plan(w io.Writer, p *quality.Plan, c *quality.Cost, rate float64) error {
	var b strings.Builder
	for i, s := range c.Statements {
		st := s.Statement
		fmt.Fprintf(&b, "statement %d of %d: %s on %s for %s\n", i+1, len(c.Statements), st.Class, st.Relation, strings.Join(st.Suites, ", "))
		fmt.Fprintf(&b, "  measures %s\n", counted(len(st.Folds), "term"))
		writeRelation(&b, st)
		for _, line := range shownText(st) {
			fmt.Fprintf(&b, "  shows    %s\n", line)
		}
		if s.SQL != "" {
			writeStages(&b, s.SQL)
			writeLength(&b, s.SQL)
		}
		switch {
		case s.Err != nil:
			fmt.Fprintf(&b, "  refused  %v\n", s.Err)
		case s.Bytes != nil:
			writeScan(&b, *s.Bytes, rate)
		}
		b.WriteByte('\n')
		writeQuery(&b, quality.Query{Text: s.SQL, Parameters: s.Parameters})
		b.WriteByte('\n')
	}
	for _, w := range p.Whole() {
		if w.ID == "" {
			fmt.Fprintf(&b, "read whole: %s, its calendar: %s, for its rows tell which days it knows of: covers would say so\n", w.Suite, w.Table)
			continue
		}
		fmt.Fprintf(&b, "read whole: %s, %s: %s, for no key pairs its date with the suite's\n", w.Suite, w.ID, w.Table)
	}
	unresolved(&b, p)
	if total, known := c.Bytes(); known && len(c.Statements) > 0 {
		each := make([]int64, len(c.Statements))
		for i, s := range c.Statements {
			each[i] = *s.Bytes
		}
		fmt.Fprintf(&b, "%s, %s, %s\n", counted(len(c.Statements), "statement"), byteText(total), price(rate, each...))
	} else {
		fmt.Fprintf(&b, "%s\n", counted(len(c.Statements), "statement"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shownText says which rows a statement gives, "up to 5 rows: game_date, points".
func shownText(st *quality.Statement) []string {
	var out []string
	for _, f := range st.Folds {
		most, values := f.Term.First()
		what := map[quality.TermOp]string{quality.OpFirst: "row", quality.OpKeyRepeated: "duplicate key"}[f.Term.Op]
		if what == "" {
			continue
		}
		texts := make([]string, len(values))
		for i, v := range values {
			if texts[i] = v.String(); slices.Contains(v.Columns(), quality.PositionColumn) {
				texts[i] = "file and line"
			}
		}
		if line := fmt.Sprintf("up to %s: %s", counted(most, what), strings.Join(texts, ", ")); !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// writeRelation tells how a statement's rows are made, where they are not a table's as
// they are, and which columns it reads.
func writeRelation(b *strings.Builder, st *quality.Statement) {
	if st.Relation.Table() != "" {
		writeColumns(b, "", st.Columns)
		return
	}
	heading := "rows"
	for line := range strings.Lines(st.Relation.Text()) {
		fmt.Fprintf(b, "  %-8s %s\n", heading, strings.TrimRight(line, "\n"))
		heading = ""
	}
	reads := st.Relation.Reads()
	for _, table := range slices.Sorted(maps.Keys(reads)) {
		if names := reads[table]; names != nil {
			writeColumns(b, table+": ", names)
		} else {
			fmt.Fprintf(b, "  reads    %s: what is derived from it\n", table)
		}
	}
}

// unresolved tells what cannot be measured, each cause once.
func unresolved(w io.Writer, p *quality.Plan) {
	type cause struct{ suite, why string }
	var order []cause
	ids := map[cause][]string{}
	for _, u := range p.Unresolved() {
		c := cause{u.Suite, u.Err.Error()}
		if ids[c] == nil {
			order = append(order, c)
		}
		ids[c] = append(ids[c], u.ID)
	}
	for _, c := range order {
		fmt.Fprintf(w, "cannot be measured: %s, %s: %s\n", c.suite, quality.AndMore(ids[c][0], len(ids[c])), c.why)
	}
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return quality.Grouped(int64(n)) + " " + noun
}

// byteText writes bytes in the unit that people pay by: powers of 1,024.
func byteText(n int64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB"}
	f, unit := float64(n), 0
	for f >= 1024 && unit < len(units)-1 {
		f, unit = f/1024, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[unit])
}

// leastBilled is what a query that reads a table is billed for at least.
// https://cloud.google.com/bigquery/pricing#on_demand_pricing
const leastBilled = 10 << 20

// price is what statements cost that read so many bytes each.
func price(rate float64, statements ...int64) string {
	bytes := int64(0)
	for _, n := range statements {
		if n > 0 {
			n = max(n, leastBilled)
		}
		bytes += n
	}
	return fmt.Sprintf("$%.4f", float64(bytes)/(1<<40)*rate)
}
