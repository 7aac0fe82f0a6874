package googlesql

import (
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// folded is the layout of a fold statement: the groupings' columns, then values
// that several folds can share.
type folded struct {
	groupings *groupings
	values    []string       // the text of each
	counted   []bool         // those that are numbers of rows
	added     []bool         // those that a whole has as many of as its parts: not of different values
	at        map[string]int // a value's column, by its text
	cells     []foldCell
}

// foldCell says where a fold's value stands.
type foldCell struct {
	fold     *quality.Fold
	typ      expr.Type
	grouping int
	rows     int // the column that counts the fold's rows
	value    int
}

// fold writes the one statement for all folds over a relation.
func (w *writer) fold(st *quality.Statement, from string) (string, layout) {
	p := newProjection(w, st.Schema)
	f := &folded{groupings: newGroupings(), at: map[string]int{}}
	for _, x := range st.Folds {
		f.groupings.allow(f.groupings.add(x.By), x)
	}
	for _, x := range st.Folds {
		f.cells = append(f.cells, f.cell(p, x))
	}
	selected := append(f.groupings.selected(p), f.values...)
	text := "SELECT\n  " + strings.Join(selected, ",\n  ") + "\nFROM (\n" + p.sql(from, w.where(st.Folds)) + "\n)" + f.groupings.join()
	if names := f.groupings.names(); len(names) > 0 {
		text += "\nGROUP BY " + strings.Join(names, ", ")
	}
	return text + f.groupings.cutOff(), f
}

func (f *folded) cell(p *projection, x *quality.Fold) foldCell {
	o := over{p.filter(x)}
	typ, err := x.Term.Type()
	if err != nil {
		p.w.fail(err)
	}
	return foldCell{
		fold:     x,
		typ:      typ,
		grouping: f.groupings.add(x.By),
		rows:     f.column(o.rows(), true, true),
		value:    f.column(p.term(x.Term, o), x.Term.Counts(), x.Term.Merges()),
	}
}

// column is the column of a value, which is written once however often it is
// needed.
func (f *folded) column(text string, counts, merges bool) int {
	at, ok := f.at[text]
	if !ok {
		at = f.groupings.lead() + len(f.values)
		f.at[text] = at
		f.values = append(f.values, text+" AS c"+strconv.Itoa(len(f.values)))
		f.counted = append(f.counted, counts)
		f.added = append(f.added, counts && merges)
	}
	return at
}

func (f *folded) width() int { return f.groupings.lead() + len(f.values) }

func (f *folded) grouped() bool { return f.groupings.lead() > 0 }

func (f *folded) limit() int64 { return f.groupings.limit() }

func (f *folded) group(row cells) (int, quality.Segment, error) { return f.groupings.of(row) }

func (f *folded) measure(row cells, add func(*quality.Fold, quality.Segment, quality.Measurement)) error {
	grouping, segment, err := f.groupings.of(row)
	if err != nil {
		return err
	}
	for _, c := range f.cells {
		if c.grouping != grouping {
			continue
		}
		rows, err := row.count(c.rows)
		if err != nil {
			return err
		}
		value, err := row.value(c.value, c.typ)
		if err == nil {
			value, err = canonical(c.fold.Term, value)
		}
		if err != nil {
			return err
		}
		if rows > 0 {
			add(c.fold, segment, quality.Measurement{Rows: rows, Value: value})
		}
	}
	return nil
}
