package googlesql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
)

// keyedLayout is the layout of a keyed statement: every request is a grouping of
// its own, because each has its own rows.
type keyedLayout struct {
	groupings *groupings
	requests  []*quality.Request
}

// keyed writes the one statement for a key set. It counts the rows of each key
// in each segment; of a key's segments, in the order of their values, the first
// has the row that is the key's own.
func (w *writer) keyed(st *quality.Statement, from string) (string, layout) {
	p := newProjection(w, st.Schema)
	l := &keyedLayout{newGroupings(), st.Requests}
	for i, r := range st.Requests {
		l.groupings.append(strconv.Itoa(i), r.By)
	}
	selected := l.groupings.selected(p)
	filtered := l.rows(p)
	keys := keyColumns(p, st)
	names := l.groupings.names()
	by := strings.Join(append(append([]string(nil), names...), keys...), ", ")

	text := "WITH keyed AS (\n" + p.sql(from, w.where(st.Requests)) + "\n),\n" +
		"counted AS (\n" +
		"SELECT " + strings.Join(append(selected, keys...), ", ") + ", COUNT(*) AS n\n" +
		"FROM keyed" + l.groupings.join() + filtered + "\n" +
		"GROUP BY " + by + "\n)"
	text += ",\nturned AS (\nSELECT " + strings.Join(append(append([]string(nil), names...), "n"), ", ") + ",\n" +
		"  " + hole(keys) + " AS hole,\n  " + l.turn(keys) + "\nFROM counted\n)\n"
	text += "SELECT " + strings.Join(append(append([]string(nil), names...), keyCounts...), ",\n  ") + "\nFROM turned"
	if len(names) > 0 {
		text += "\nGROUP BY " + strings.Join(names, ", ")
	}
	return text, l
}

// keyCounts are the counts of quality.KeyCounts in its order. A key is told as
// duplicated where its first surplus row is.
var keyCounts = []string{
	"IFNULL(SUM(n), 0) AS key_rows",
	"COUNTIF(NOT hole AND turn = 1) AS key_distinct",
	"COUNTIF(NOT hole AND (turn = 1 AND n > 1 OR turn = 2 AND before = 1)) AS key_duplicated",
	"IFNULL(SUM(IF(hole, 0, IF(turn = 1, n - 1, n))), 0) AS key_surplus",
	"IFNULL(SUM(IF(hole, n, 0)), 0) AS key_null",
}

// keyColumns are the columns of the key, as the projection calls them.
func keyColumns(p *projection, st *quality.Statement) []string {
	var out []string
	for _, name := range st.Requests[0].Metric.Columns() {
		out = append(out, p.key(name))
	}
	return out
}

func hole(keys []string) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k + " IS NULL"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// rows keeps the rows of each request.
func (l *keyedLayout) rows(p *projection) string {
	var cases strings.Builder
	filtered := false
	for i, r := range l.requests {
		f := p.filter(r)
		filtered = filtered || f != ""
		if f == "" {
			f = "TRUE"
		}
		if !l.groupings.several() {
			cases.WriteString(f)
			continue
		}
		fmt.Fprintf(&cases, " WHEN %d THEN %s", i, f)
	}
	switch {
	case !filtered:
		return ""
	case l.groupings.several():
		return "\nWHERE CASE g" + cases.String() + " END"
	}
	return "\nWHERE " + cases.String()
}

// turn numbers the segments that a key occurs in, and says how many rows it has
// in the one before. Without group-by columns there is nothing to number.
func (l *keyedLayout) turn(keys []string) string {
	if l.groupings.columns() == 0 {
		return "1 AS turn, 0 AS before"
	}
	var order []string
	for i := range l.groupings.columns() {
		order = append(order, "s"+strconv.Itoa(i))
	}
	if l.groupings.several() {
		keys = append([]string{"g"}, keys...)
	}
	over := "OVER (PARTITION BY " + strings.Join(keys, ", ") + " ORDER BY " + strings.Join(order, ", ") + ")"
	return "ROW_NUMBER() " + over + " AS turn,\n  LAG(n) " + over + " AS before"
}

func (l *keyedLayout) width() int { return l.groupings.lead() + len(keyCounts) }

func (l *keyedLayout) grouped() bool { return l.groupings.lead() > 0 }

func (l *keyedLayout) group(row cells) (int, quality.Segment, error) { return l.groupings.of(row) }

func (l *keyedLayout) measure(row cells, add func(*quality.Request, quality.Segment, quality.Measurement)) error {
	i, segment, err := l.groupings.of(row)
	if err != nil {
		return err
	}
	at := l.groupings.lead()
	n, err := row.counts(at, at+1, at+2, at+3, at+4)
	if err != nil {
		return err
	}
	c := quality.KeyCounts{Rows: n[0], Distinct: n[1], Duplicated: n[2], Surplus: n[3], Null: n[4]}
	if c != (quality.KeyCounts{}) {
		add(l.requests[i], segment, c)
	}
	return nil
}
