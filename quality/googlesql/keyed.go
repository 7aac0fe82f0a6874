package googlesql

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// keyedLayout is the layout of a keyed statement: the rows of each fold are a
// grouping of their own.
type keyedLayout struct {
	groupings *groupings
	folds     [][]*quality.Fold // by grouping: those over the same rows
	repeated  []string          // the values of terms that are keys, each once
	cells     map[*quality.Fold]int
}

// keyed writes the one statement for a key set. It counts the rows of each key
// in each segment; of a key's segments, in the order of their values, the first
// has the row that is the key's own.
func (w *writer) keyed(st *quality.Statement, from string) (string, layout) {
	p := newProjection(w, st.Schema)
	l := &keyedLayout{groupings: newGroupings(), cells: map[*quality.Fold]int{}}
	at := map[string]int{}
	for _, f := range st.Folds {
		n, ok := at[f.Over()]
		if !ok {
			n = l.groupings.append(f.Over(), f.By)
			at[f.Over()] = n
			l.folds = append(l.folds, nil)
		}
		l.folds[n] = append(l.folds[n], f)
		l.groupings.allow(n, f)
	}
	selected := l.groupings.selected(p)
	filtered := l.rows(p)
	keys := keyColumns(p, st)
	names := l.groupings.names()
	repeats := l.repeats(p, st, keys)
	by := strings.Join(append(append([]string(nil), names...), keys...), ", ")

	w.ctes = append(w.ctes, "keyed AS (\n"+p.sql(from, w.where(st.Folds))+"\n)",
		"counted AS (\n"+
			"SELECT "+strings.Join(append(selected, keys...), ", ")+", COUNT(*) AS n\n"+
			"FROM keyed"+l.groupings.join()+filtered+"\n"+
			"GROUP BY "+by+"\n)",
		"turned AS (\nSELECT "+strings.Join(append(append([]string(nil), names...), "n"), ", ")+",\n"+
			"  "+hole(keys)+" AS hole,\n  "+l.turn(keys)+repeats+"\nFROM counted\n)")
	text := "SELECT " + strings.Join(append(append([]string(nil), names...), "IFNULL(SUM(n), 0) AS key_rows"), ",\n  ")
	for _, c := range keyCounts {
		text += ",\n  " + c.text + " AS " + string(c.op)
	}
	for i, value := range l.repeated {
		text += ",\n  " + value + " AS repeated" + strconv.Itoa(i)
	}
	text += "\nFROM turned"
	if len(names) > 0 {
		text += "\nGROUP BY " + strings.Join(names, ", ")
	}
	return text + l.groupings.cutOff(), l
}

// keyCounts are the keyed terms. A key is told as duplicated where its first
// surplus row is.
var keyCounts = []struct {
	op   quality.TermOp
	text string
}{
	{quality.OpKeyDistinct, "COUNTIF(NOT hole AND turn = 1)"},
	{quality.OpKeyDuplicated, "COUNTIF(NOT hole AND (turn = 1 AND n > 1 OR turn = 2 AND before = 1))"},
	{quality.OpKeySurplus, "IFNULL(SUM(IF(hole, 0, IF(turn = 1, n - 1, n))), 0)"},
	{quality.OpKeyNull, "IFNULL(SUM(IF(hole, n, 0)), 0)"},
}

// keyColumns are the columns of the key, as the projection calls them.
func keyColumns(p *projection, st *quality.Statement) []string {
	var out []string
	for _, name := range st.Folds[0].Term.KeyColumns() {
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
	for i, folds := range l.folds {
		f := p.filter(folds[0])
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

// repeats prepares the terms that are keys: what else turned has for them.
func (l *keyedLayout) repeats(p *projection, st *quality.Statement, keys []string) string {
	for _, f := range st.Folds {
		if f.Term.Op != quality.OpKeyRepeated {
			continue
		}
		value := p.repeated(f.Term)
		at := slices.Index(l.repeated, value)
		if at < 0 {
			at = len(l.repeated)
			l.repeated = append(l.repeated, value)
		}
		l.cells[f] = at
	}
	if len(l.repeated) == 0 {
		return ""
	}
	every := "n"
	if l.groupings.columns() > 0 {
		every = "SUM(n) OVER (PARTITION BY " + strings.Join(l.partition(keys), ", ") + ")"
	}
	return ",\n  " + strings.Join(keys, ", ") + ", " + every + " AS every"
}

// partition is what the segments of a key have in common.
func (l *keyedLayout) partition(keys []string) []string {
	if l.groupings.several() {
		return append([]string{"g"}, keys...)
	}
	return keys
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
	over := "OVER (PARTITION BY " + strings.Join(l.partition(keys), ", ") + " ORDER BY " + strings.Join(order, ", ") + ")"
	return "ROW_NUMBER() " + over + " AS turn,\n  LAG(n) " + over + " AS before"
}

func (l *keyedLayout) width() int { return l.groupings.lead() + 1 + len(keyCounts) + len(l.repeated) }

func (l *keyedLayout) grouped() bool { return l.groupings.lead() > 0 }

func (l *keyedLayout) limit() int64 { return l.groupings.limit() }

func (l *keyedLayout) group(row cells) (int, quality.Segment, error) { return l.groupings.of(row) }

func (l *keyedLayout) measure(row cells, add func(*quality.Fold, quality.Segment, quality.Measurement)) error {
	i, segment, err := l.groupings.of(row)
	if err != nil {
		return err
	}
	lead := l.groupings.lead()
	rows, err := row.count(lead)
	if err != nil {
		return err
	}
	values := make([]expr.Value, len(keyCounts))
	met := rows > 0
	for n := range keyCounts {
		count, err := row.count(lead + 1 + n)
		if err != nil {
			return err
		}
		if values[n], err = expr.ValueOf(count); err != nil {
			return err
		}
		met = met || count > 0 // which cannot be
	}
	for _, f := range l.folds[i] {
		for n, c := range keyCounts {
			if met && f.Term.Op == c.op {
				add(f, segment, quality.Measurement{Rows: rows, Value: values[n]})
			}
		}
		if at, ok := l.cells[f]; ok && met {
			v, err := row.value(lead+1+len(keyCounts)+at, expr.String)
			if err == nil {
				v, err = canonical(f.Term, v)
			}
			if err != nil {
				return err
			}
			add(f, segment, quality.Measurement{Rows: rows, Value: v})
		}
	}
	return nil
}
