package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
)

// shownEntities is how many keys of a date or of a rebuild are named.
const shownEntities = 12

// Blast writes what a gap spoils for people: of each table how many rows, on which dates
// and whose, and what mends them.
func Blast(w io.Writer, r *lineage.Blast, all bool) error {
	var b strings.Builder
	most := shownEntities
	if all {
		most = 1 << 30
	}
	for i, t := range r.Tables {
		if len(t.Rows) == 0 {
			fmt.Fprintf(&b, "%s: nothing spoilt\n", t.Table)
			continue
		}
		b.WriteString(t.Table + ": " + quality.Plural(int64(len(t.Rows)), "row", "rows"))
		if i > 0 {
			b.WriteString(" spoilt")
		} else {
			b.WriteString(" in the gap")
		}
		switch absent := count(t.Rows, func(row lineage.Row) bool { return row.Absent }); absent {
		case 0:
		case len(t.Rows):
			b.WriteString(", not there")
		default:
			fmt.Fprintf(&b, ", %s of them not there", quality.Grouped(int64(absent)))
		}
		first, last := t.Rows[0].Date, t.Rows[len(t.Rows)-1].Date
		if first == last {
			fmt.Fprintf(&b, ", on %s\n", first)
		} else {
			fmt.Fprintf(&b, ", from %s to %s\n", first, last)
		}
		for rows := t.Rows; len(rows) > 0; {
			n := 1
			for n < len(rows) && rows[n].Date == rows[0].Date {
				n++
			}
			var keys [][]expr.Value
			for _, row := range rows[:n] {
				keys = append(keys, row.Key)
			}
			fmt.Fprintf(&b, "  %s  %s\n", rows[0].Date, some(keys, most))
			rows = rows[n:]
		}
	}
	if len(r.Rebuild) > 0 {
		fmt.Fprintf(&b, "\nonce the rows of %s are as they should be, rebuild in this order:\n", r.Gap.Table)
	}
	for i, s := range r.Rebuild {
		if s.Command != "" {
			fmt.Fprintf(&b, "%s\n", s.Command)
			continue
		}
		fmt.Fprintf(&b, "%3d. %s %s to %s", i+1, s.Table, s.From, s.To)
		if len(s.Columns) > 0 {
			fmt.Fprintf(&b, ", %s: %s", strings.Join(s.Columns, ":"), some(s.Values, most))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func count[T any](of []T, is func(T) bool) (n int) {
	for _, one := range of {
		if is(one) {
			n++
		}
	}
	return n
}

// some names keys, and how many more there are.
func some(keys [][]expr.Value, most int) string {
	var out []string
	for _, k := range keys[:min(most, len(keys))] {
		var parts []string
		for _, v := range k {
			parts = append(parts, v.String())
		}
		out = append(out, strings.Join(parts, ":"))
	}
	text := strings.Join(out, " ")
	if more := len(keys) - most; more > 0 {
		text += fmt.Sprintf(" and %s more", quality.Grouped(int64(more)))
	}
	return text
}

type (
	jsonSpoiltRow struct {
		Date   string         `json:"date"`
		Key    map[string]any `json:"key"`
		Absent bool           `json:"absent"`
	}
	jsonSpoilt struct {
		Table string          `json:"table"`
		Rows  []jsonSpoiltRow `json:"rows"`
	}
	jsonRebuild struct {
		Table   string           `json:"table"`
		From    string           `json:"from"`
		To      string           `json:"to"`
		Keys    []map[string]any `json:"keys"`
		Rows    int              `json:"rows"`
		Command string           `json:"command,omitempty"`
	}
)

// BlastJSON writes the same for programs, every row of it.
func BlastJSON(w io.Writer, r *lineage.Blast) error {
	tables, plan := []jsonSpoilt{}, []jsonRebuild{}
	key := func(columns []string, values []expr.Value) map[string]any {
		out := map[string]any{}
		for i, c := range columns {
			out[c] = values[i].Go()
			if !slices.Contains([]expr.Type{expr.String, expr.Int64, expr.Bool, expr.Float64}, values[i].Type()) {
				out[c] = values[i].String()
			}
		}
		return out
	}
	for _, t := range r.Tables {
		one := jsonSpoilt{Table: t.Table, Rows: []jsonSpoiltRow{}}
		for _, row := range t.Rows {
			one.Rows = append(one.Rows, jsonSpoiltRow{row.Date.String(), key(t.Key, row.Key), row.Absent})
		}
		tables = append(tables, one)
	}
	for _, s := range r.Rebuild {
		one := jsonRebuild{s.Table, s.From.String(), s.To.String(), []map[string]any{}, s.Rows, s.Command}
		for _, v := range s.Values {
			if len(s.Columns) > 0 {
				one.Keys = append(one.Keys, key(s.Columns, v))
			}
		}
		plan = append(plan, one)
	}
	return indented(w, map[string]any{"gap": r.Gap.String(), "tables": tables, "rebuild": plan})
}

// RowsPlan is a reading of a table, with its query and bytes where an engine is asked.
type RowsPlan struct {
	lineage.Reading
	Query quality.Query
	Bytes *int64
}

// Rows writes what following a gap would read, and what that costs at a rate per TiB.
func Rows(w io.Writer, plans []RowsPlan, rate float64) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, each once, into memory\n", counted(len(plans), "reading"))
	var sum int64
	for _, p := range plans {
		from := ", whole"
		if p.From.IsValid() {
			from = " from " + p.From.String()
		}
		fmt.Fprintf(&b, "\n%s%s\n", p.Table, from)
		writeColumns(&b, "", p.Columns)
		if p.Bytes != nil {
			sum += *p.Bytes
			writeScan(&b, *p.Bytes, rate)
			writeQuery(&b, p.Query)
		}
	}
	if len(plans) > 1 && plans[0].Bytes != nil {
		b.WriteString("\nin all\n")
		writeScan(&b, sum, rate)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
