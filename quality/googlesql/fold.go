package googlesql

import (
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// folded is the layout of a fold statement: the groupings' columns, then counts
// that several requests can share.
type folded struct {
	groupings *groupings
	counts    []string       // the text of each
	at        map[string]int // a count's column, by its text
	tallies   []tally
}

// tally says where a request's counts stand: its rows, those where the predicate
// is TRUE and, unless it is never NULL, those where it is FALSE.
type tally struct {
	request  *quality.Request
	grouping int
	columns  []int
}

// fold writes the one statement for all counts by predicate over a relation.
func (w *writer) fold(st *quality.Statement, from string) (string, layout) {
	p := newProjection(w, st.Schema)
	f := &folded{groupings: newGroupings(), at: map[string]int{}}
	for _, r := range st.Requests {
		f.groupings.add(r.By)
	}
	for _, r := range st.Requests {
		f.tallies = append(f.tallies, f.tally(p, r))
	}
	selected := append(f.groupings.selected(p), f.counts...)
	text := "SELECT\n  " + strings.Join(selected, ",\n  ") + "\nFROM (\n" + p.sql(from, w.where(st.Requests)) + "\n)" + f.groupings.join()
	if names := f.groupings.names(); len(names) > 0 {
		text += "\nGROUP BY " + strings.Join(names, ", ")
	}
	return text, f
}

func (f *folded) tally(p *projection, r *quality.Request) tally {
	of := r.Metric.(quality.Tally).Of
	rows, and := "COUNT(*)", ""
	if filter := p.filter(r); filter != "" {
		rows, and = "COUNTIF("+filter+")", filter+" AND "
	}
	t := tally{request: r, grouping: f.groupings.add(r.By), columns: []int{f.count(rows)}}
	if isTrue(of) {
		t.columns = append(t.columns, t.columns[0])
		return t
	}
	predicate := p.predicate(of)
	t.columns = append(t.columns, f.count("COUNTIF("+and+predicate+")"))
	if !neverNull(of) {
		t.columns = append(t.columns, f.count("COUNTIF("+and+"NOT "+predicate+")"))
	}
	return t
}

// count is the column of a count, which is written once however often it is
// needed.
func (f *folded) count(text string) int {
	at, ok := f.at[text]
	if !ok {
		at = f.groupings.lead() + len(f.counts)
		f.at[text] = at
		f.counts = append(f.counts, text+" AS c"+strconv.Itoa(len(f.counts)))
	}
	return at
}

func isTrue(e expr.Expr) bool {
	l, ok := e.Node().(expr.LiteralExpr)
	return ok && l.Value.Go() == true
}

// neverNull reports whether a predicate is sure to be TRUE or FALSE.
func neverNull(e expr.Expr) bool {
	switch n := e.Node().(type) {
	case expr.PopulatedExpr, expr.IsExpr:
		return true
	case expr.NotExpr:
		return neverNull(n.X)
	case expr.CompareExpr:
		return neverNull(n.Left) && neverNull(n.Right)
	case expr.LogicExpr:
		for _, o := range n.Operands {
			if !neverNull(o) {
				return false
			}
		}
		return true
	}
	return false
}

func (f *folded) width() int { return f.groupings.lead() + len(f.counts) }

func (f *folded) grouped() bool { return f.groupings.lead() > 0 }

func (f *folded) group(row cells) (int, quality.Segment, error) { return f.groupings.of(row) }

func (f *folded) measure(row cells, add func(*quality.Request, quality.Segment, quality.Measurement)) error {
	grouping, segment, err := f.groupings.of(row)
	if err != nil {
		return err
	}
	for _, t := range f.tallies {
		if t.grouping != grouping {
			continue
		}
		n, err := row.counts(t.columns...)
		if err != nil {
			return err
		}
		rows, c := n[0], quality.Counts{True: n[1], False: n[0] - n[1]}
		if len(n) > 2 {
			c.False = n[2]
		}
		c.Null = rows - c.True - c.False
		if c != (quality.Counts{}) {
			add(t.request, segment, c)
		}
	}
	return nil
}
