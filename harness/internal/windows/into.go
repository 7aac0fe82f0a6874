package windows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling/panel"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// Into is the table that the answers of a query are written into.
type Into struct {
	Table   quality.TableInfo
	Absent  bool // there is no such table, and it is to be made
	Replace bool // the days of the query are written anew
}

// Script writes the answers of a query into the table. The error is a panel.Mistake
// where the table cannot hold them.
func (t Into) Script(r googlesql.Renderer, q *rollingsql.Query, answers expr.Schema) (quality.Query, error) {
	name := t.Table.Name
	if err := t.check(r, q, answers); err != nil {
		return quality.Query{}, panel.Mistake{Err: fmt.Errorf("--into %s: %w", name, err)}
	}
	switch {
	case t.Absent:
		return q.Create(r, name)
	case t.Replace:
		return q.Replace(r, name)
	}
	return q.Merge(r, name)
}

func (t Into) check(r googlesql.Renderer, q *rollingsql.Query, answers expr.Schema) error {
	into, err := r.Table(t.Table.Name)
	if err != nil {
		return err
	}
	for table := range q.Reads() {
		from, err := r.Table(table)
		switch {
		case err != nil || from != into:
		case q.Expected != nil && q.Expected.Table == table:
			return errors.New("it is the list of what was due, which stands apart from what is computed: name another table")
		case t.Replace:
			return errors.New("--replace removes rows, and it is the table that they are computed of: leave --replace out, or name another table")
		}
	}
	if t.Absent {
		return nil
	}
	var errs []error
	for _, want := range answers {
		switch got, err := t.Table.Schema.Field(want.Name); {
		case err != nil:
			errs = append(errs, fmt.Errorf("it has no column %s %s: add it by ALTER TABLE %s ADD COLUMN %s %s", want.Name, want.Type, into.SQL(), want.Name, want.Type))
		case got.Type != want.Type:
			errs = append(errs, fmt.Errorf("its column %s is %s, and the answers are %s: name another table, or give the window another name", got.Name, got.Type, want.Type))
		}
	}
	points := len(q.Rows.Entity) + 1 // the columns that are never NULL
	for _, f := range t.Table.Schema {
		at := slices.IndexFunc(answers, func(a expr.Field) bool { return strings.EqualFold(a.Name, f.Name) })
		if t.Table.Modes[f.Name] == quality.Required && (at < 0 || at >= points) {
			errs = append(errs, fmt.Errorf("its column %s is REQUIRED, and would be NULL in some rows: drop NOT NULL from it", f.Name))
		}
	}
	if p := t.Table.Partitioning; p != nil && p.Required && (q.From == q.To && q.From == (civil.Date{}) || !strings.EqualFold(p.Column, q.Rows.At)) {
		errs = append(errs, fmt.Errorf("it is read only with a filter on its partitions, which are by %s: give --from and --to, of a table that is partitioned by %s", p.Column, q.Rows.At))
	}
	return errors.Join(errs...)
}

// Tally is what became of the answers that were written, given the rows of a script's
// last statement.
func Tally(q *rollingsql.Query, rows [][]any) (*Written, error) {
	out := &Written{Summary: &panel.Summary{Expects: q.Expected != nil}}
	for _, row := range rows {
		if len(row) != 3 {
			return nil, fmt.Errorf("the count of what was written has a row of %d values and not of 3: %v", len(row), row)
		}
	}
	for _, spec := range q.Specs {
		w, err := panel.Tallied(spec, func(yield func(reason string, windows int64) bool) {
			for _, row := range rows {
				if row[0] == spec.Name() {
					reason, _ := row[1].(string)
					n, _ := row[2].(int64)
					if !yield(reason, n) {
						return
					}
				}
			}
		})
		if err != nil {
			return nil, err
		}
		out.Windows = append(out.Windows, w)
		out.Rows = max(out.Rows, w.Windows)
	}
	return out, nil
}

// Unjudged says why nothing could be missing, "" where something could, given what
// [rollingsql.Query.Due] selects.
func Unjudged(q *rollingsql.Query, due [][]any) string {
	n := map[any]any{}
	for _, row := range due {
		if len(row) == 3 {
			n[row[1]] = row[2]
		}
	}
	list := q.Expected.Table
	switch none := int64(0); {
	case n[rollingsql.TallyListed] == none:
		return fmt.Sprintf("--expected: %s holds no key, so nothing was due and no hole can be seen", list)
	case n[rollingsql.TallyOwing] == none:
		return fmt.Sprintf("--expected-where: no key of %s owes a row, so nothing was due and no hole can be seen", list)
	case n[rollingsql.TallyMet] == none:
		return fmt.Sprintf("--expected: no key of %s is that of a row of %s, so no hole can be seen: are they written alike?", list, q.Rows.Table)
	}
	return ""
}
