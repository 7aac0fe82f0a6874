package googlesql

import (
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// Renderer writes the statements of plans as GoogleSQL queries. The zero
// Renderer is good for tables that are named with their project.
type Renderer struct {
	// Project is that of tables which are named without one.
	Project string
	// AnyProject leaves tables that are named without one so: for queries that somebody
	// else runs, in a project of theirs.
	AnyProject bool
	// Tables are tables that are read under another name than the plan's, by that
	// name. The others are read under their own.
	Tables map[string]string
	// Instead are tables, by the plan's names, that are read as they would be.
	Instead map[string]Instead
	// SnapshotAt is the instant that tables are read at; zero is now.
	SnapshotAt time.Time
}

// Statement is a statement of a plan as one query.
type Statement struct {
	quality.Query
	Of     *quality.Statement
	layout layout
	Raw    bool // there is raw SQL in it
}

// layout knows what the columns of a query's rows are.
type layout interface {
	// width is how many columns a row has.
	width() int
	// grouped reports whether there is a row for each group; else there is one.
	grouped() bool
	// limit is how many rows a result has at most that was not cut off.
	limit() int64
	// group is the grouping and the segment that a row is of.
	group(row cells) (int, quality.Segment, error)
	// fits says what cannot be so of the rows of one whole result, each of a group
	// of its own.
	fits(rows []cells) error
	// measure takes up one row.
	measure(row cells, add func(*quality.Fold, quality.Segment, quality.Measurement)) error
}

// Render writes a statement. All of its folds are measured by the one query,
// which reads no column that none of them names.
func (r Renderer) Render(st *quality.Statement) (*Statement, error) {
	w := r.writer()
	if st.Relation.Table() != "" {
		w.reads = st.Columns
	}
	from := w.source(st.Relation)
	w.names = from.names
	out := &Statement{Of: st}
	text := ""
	switch st.Class {
	case quality.Folded:
		text, out.layout = w.fold(st, from.from)
	case quality.Keyed:
		text, out.layout = w.keyed(st, from.from)
	default:
		return nil, fmt.Errorf("statements of class %s are not known here", st.Class)
	}
	out.Query, out.Raw = w.query(text), w.raw
	return out, w.err
}

// Bare reads the rows of a statement and nothing of them. It has the bounds on
// dates that any fold has, so that it is accepted where one of them is.
func (r Renderer) Bare(st *quality.Statement) (quality.Query, error) {
	w := r.writer()
	from := w.source(st.Relation)
	w.names = from.names
	text := newProjection(w, st.Schema).sql(from.from, w.anyBounds(st.Folds))
	return w.query(text), w.err
}

func (r Renderer) writer() *writer { return &writer{renderer: r, parameters: newParameters()} }

// query puts the common table expressions before a SELECT.
func (w *writer) query(text string) quality.Query {
	if len(w.ctes) > 0 {
		text = "WITH " + strings.Join(w.ctes, ",\n") + "\n" + text
	}
	return quality.Query{Text: text, Parameters: w.parameters.values}
}

// Report takes the rows of the query's whole result, with values as the BigQuery
// client gives them, and reports what they measure. Where there are too many segments
// the folds that have them fail, and what is left is to be measured by statements of
// its own. An error reports nothing.
func (s *Statement) Report(rows [][]any, out *quality.Measurements) (left []*quality.Statement, err error) {
	type found struct {
		fold    *quality.Fold
		segment quality.Segment
		value   quality.Measurement
	}
	if !s.layout.grouped() && len(rows) != 1 {
		return nil, fmt.Errorf("the result has %d rows, not 1", len(rows))
	}
	read := make([]cells, len(rows))
	for i, row := range rows {
		if len(row) != s.layout.width() {
			return nil, fmt.Errorf("a row of the result has %d columns, not %d", len(row), s.layout.width())
		}
		read[i] = cells{row}
	}
	if int64(len(rows)) > s.layout.limit() {
		tooMany, left, err := s.divide(read)
		for _, f := range tooMany {
			out.Fail(f, quality.TooManySegments(f.By, f.MaxSegments))
		}
		return left, err
	}
	if err := s.contradiction(read); err != nil {
		return nil, fmt.Errorf("the result contradicts itself: %w", err)
	}
	var all []found
	for _, row := range read {
		err := s.layout.measure(row, func(r *quality.Fold, seg quality.Segment, v quality.Measurement) {
			all = append(all, found{r, seg, v})
		})
		if err != nil {
			return nil, err
		}
	}
	for _, r := range s.Of.Folds {
		out.Done(r)
	}
	for _, f := range all {
		out.Add(f.fold, f.segment, f.value)
	}
	return nil, nil
}
