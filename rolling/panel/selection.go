package panel

import (
	"context"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
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
	return s.words.Say(setting, "")
}

// declare says how a column is declared to be of a type.
func (s *selection) declare(column string, t expr.Type) string {
	return s.words.Say("type", column+"="+string(t))
}

// noTime is the error of a column that says when and is no time.
func (s *selection) noTime(column string, t expr.Type) error {
	return fmt.Errorf("column %q is %s and not a DATE or a TIMESTAMP in every row: mend it, or declare %s or, where there is a time of day, "+
		"%s (read as UTC where it names no zone), which shows the cells that are none", column, t, s.declare(column, expr.Date), s.declare(column, expr.Timestamp))
}

// scan reads the columns.
func (s *selection) scan(ctx context.Context, do func(*expr.Batch) error) error {
	for b, err := range expr.ScanWhole(ctx, s.table.Source, s.columns) {
		if err == nil {
			err = do(b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
