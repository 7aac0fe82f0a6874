package panel

import (
	"context"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// A selection is the columns of a table that are read.
type selection struct {
	table   Table
	schema  expr.Schema
	columns []string
	words   Wording
	// setting is what names the table in errors; "" is what names the column.
	setting string
	// hint ends the error of a key column that is not there.
	hint func(column string) string
}

// add returns the place of a column in the batches.
func (s *selection) add(setting, column string) (int, expr.Type, error) {
	f, err := s.schema.Field(column)
	if f.Err != nil { // which names the file
		return 0, "", fmt.Errorf("%s: %w", s.named(setting), f.Err)
	}
	if err != nil {
		return 0, "", s.fail(setting, "%w", err)
	}
	return s.place(f.Name), f.Type, nil
}

// addKey is add for a key column that may go by another name than in the rows.
func (s *selection) addKey(setting, column, name string) (int, expr.Type, error) {
	at, typ, err := s.add(setting, name)
	if err != nil && s.hint != nil {
		err = fmt.Errorf("%w%s", err, s.hint(column))
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
	return fmt.Errorf("%s: %s: %w", s.named(setting), s.table.Name, fmt.Errorf(format, args...))
}

// named is the setting that an error is told of.
func (s *selection) named(setting string) string {
	if s.setting != "" {
		setting = s.setting
	}
	return s.words.say(setting, "")
}

// declare says how a column is declared to be of a type.
func (s *selection) declare(column string, t expr.Type) string {
	return s.words.say("type", column+"="+string(t))
}

// noTime is the error of a column that says when and is no time.
func (s *selection) noTime(column string, t expr.Type) error {
	return fmt.Errorf("column %q is %s and not a DATE or a TIMESTAMP in every row: mend it, or declare %s or, where there is a time of day, "+
		"%s (read as UTC where it names no zone), which shows the cells that are none", column, t, s.declare(column, expr.Date), s.declare(column, expr.Timestamp))
}

// scan reads the columns.
func (s *selection) scan(ctx context.Context, do func(*expr.Batch) error) error {
	for b, err := range s.table.Source.Scan(ctx, s.columns) {
		if err != nil {
			return err
		}
		for i := range b.Columns {
			if err := b.Columns[i].Err; err != nil { // of a cell that is no value
				return err
			}
		}
		if err := do(b); err != nil {
			return err
		}
	}
	return nil
}

// A predicate is evaluated over the batches of a selection.
type predicate struct {
	evaluator *expr.Evaluator
	computed  expr.Computed
	resting   expr.Computed // whether it rests on a NaN
	text      string

	rows  int // that it was evaluated for
	nulls int // of those it was NULL for
	nans  int // and rested on a NaN for
}

// predicate adds the columns of an expression, once all others are known. Without one
// it is nil.
func (s *selection) predicate(setting string, e expr.Expr) (*predicate, error) {
	if e.IsZero() {
		return nil, nil
	}
	bound, err := e.BindPredicate(s.schema)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", s.words.say(setting, ""), s.table.Name, err)
	}
	for _, c := range bound.Columns() {
		s.place(c)
	}
	p := &predicate{evaluator: expr.NewEvaluator(s.columns), text: e.String()}
	if p.computed, err = p.evaluator.Prepare(bound); err != nil {
		return nil, err
	}
	rests := bound.RestsOnNaN()
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
