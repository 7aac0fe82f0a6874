package windows

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/rolling/panel"
)

// writing is what an output writes: the rows of a table with their answers.
type writing struct {
	table    table
	computed *panel.Answers
	answers  answers
	passes   bool // the rows pass through as they are
}

// miscounted is the error of rows that are not those that have windows.
func (w writing) miscounted(rows int) error {
	return fmt.Errorf("%d rows have windows, and %d were there to be written: the file has changed", w.computed.Len(), rows)
}

// An output writes the rows that windows were asked for, with their answers.
type output interface {
	write(ctx context.Context) error
}
