package windows

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// A selection is the columns of a table that are read.
type selection struct {
	table *table
	// setting is what names the table in errors; "" is what names the column.
	setting string
	// hint ends the error of a key column that is not there.
	hint    string
	columns []string
}

// add returns the place of a column in the batches.
func (s *selection) add(setting, column string) (int, expr.Type, error) {
	f, err := s.table.schema.Field(column)
	if f.Err != nil { // which names the file
		return 0, "", fmt.Errorf("--%s: %w", s.named(setting), spool.Named(f.Err, s.table.path, s.table.name))
	}
	if err != nil {
		return 0, "", s.fail(setting, "%w", err)
	}
	return s.place(f.Name), f.Type, nil
}

// addKey is add for a key column that may go by another name than in the rows.
func (s *selection) addKey(setting, column, name string) (int, expr.Type, error) {
	at, typ, err := s.add(setting, name)
	if err != nil && s.hint != "" {
		err = fmt.Errorf("%w"+s.hint, err, column)
	}
	return at, typ, err
}

func (s *selection) place(name string) int {
	if i := slices.Index(s.columns, name); i >= 0 {
		return i
	}
	s.columns = append(s.columns, name)
	return len(s.columns) - 1
}

// fail is an error about a setting and the table.
func (s *selection) fail(setting, format string, args ...any) error {
	return fmt.Errorf("--%s: %s: %w", s.named(setting), s.table.name, fmt.Errorf(format, args...))
}

// named is the setting that an error is told of.
func (s *selection) named(setting string) string {
	if s.setting != "" {
		return s.setting
	}
	return setting
}

// predicate adds the columns of an expression.
func (s *selection) predicate(setting string, e expr.Expr) (expr.Expr, error) {
	if e.IsZero() {
		return e, nil
	}
	bound, err := e.BindPredicate(s.table.schema)
	if err != nil {
		return expr.Expr{}, fmt.Errorf("--%s: %s: %w", setting, s.table.name, err)
	}
	for _, c := range bound.Columns() {
		s.place(c)
	}
	return bound, nil
}

// A predicate is evaluated over the batches of a selection.
type predicate struct {
	evaluator *expr.Evaluator
	computed  expr.Computed
	resting   expr.Computed // whether it rests on a NaN

	rows  int // that it was evaluated for
	nulls int // of those it was NULL for
	nans  int // and rested on a NaN for
}

// prepare is called when all columns of the selection are known. Without an
// expression the predicate is nil.
func (s *selection) prepare(e expr.Expr) (*predicate, error) {
	if e.IsZero() {
		return nil, nil
	}
	p := &predicate{evaluator: expr.NewEvaluator(s.columns)}
	var err error
	if p.computed, err = p.evaluator.Prepare(e); err != nil {
		return nil, err
	}
	rests := e.RestsOnNaN()
	if rests.IsZero() {
		rests = expr.Lit(false)
	}
	p.resting, err = p.evaluator.Prepare(rests)
	return p, err
}

// truths appends what the predicate is for each row of the batch; nothing for nil.
func (p *predicate) truths(to []rolling.Truth, b *expr.Batch) ([]rolling.Truth, error) {
	if p == nil {
		return to, nil
	}
	p.evaluator.Next(b)
	v, err := p.computed.Vector()
	if err != nil {
		return nil, err
	}
	for i := range b.Rows {
		t := rolling.Unknown
		if v.Type == expr.Bool && v.Valid.Get(i) {
			if t = rolling.False; v.Bools.Get(i) {
				t = rolling.True
			}
		}
		if t == rolling.Unknown {
			p.nulls++
		}
		to = append(to, t)
	}
	p.rows += b.Rows
	if v, err = p.resting.Vector(); err != nil {
		return nil, err
	}
	p.nans += v.Trues(nil, b.Rows).Ones()
	return to, nil
}
