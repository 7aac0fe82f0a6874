package windows

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// Suffixes of the columns beside a window's own.
const (
	reasonSuffix   = "_reason"
	observedSuffix = "_observed"
	expectedSuffix = "_expected"
)

// columnsOf are the columns that a window adds.
func columnsOf(w rolling.Spec) []string {
	return []string{w.Name(), w.Name() + reasonSuffix, w.Name() + observedSuffix, w.Name() + expectedSuffix}
}

// answers are those of all windows.
type answers []rolling.Windows

// newOutput refuses columns that are there already, and those that the format
// cannot hold.
func newOutput(ctx context.Context, of table, computed *panel.Answers, as string, out io.Writer, empty *int) (output, error) {
	passes, err := of.passes(ctx, as)
	if err != nil {
		return nil, err
	}
	var found answers
	var names []string
	for i := range computed.Specs() {
		found = append(found, computed.Windows(i))
		names = append(names, columnsOf(found[i].Spec())...)
	}
	if err := of.checkColumns(found, as, passes); err != nil {
		return nil, err
	}
	w := writing{table: of, computed: computed, answers: found, passes: passes}
	if as == parquetFormat {
		return parquetOutput{w, out}, nil
	}
	text := csvText{schema: of.schema, names: names, answers: found, delimiter: ',', empty: empty}
	if passes {
		text.delimiter, text.comma = of.dialect.Separator(), of.dialect.Decimal == ","
	}
	var f format = text
	if as == ndjsonFormat {
		f = newNDJSONText(of.schema, names, found)
	}
	return textOutput{w, bufio.NewWriterSize(out, 1<<16), f}, nil
}

func (t *table) checkColumns(windows answers, as string, passes bool) error {
	for _, f := range t.schema {
		for _, w := range windows {
			for _, name := range columnsOf(w.Spec()) {
				if strings.EqualFold(f.Name, name) {
					return panel.Mistake{Err: fmt.Errorf("%s has a column %q already, which the window %s would add: rename it, or leave it out of the input", t.Name, f.Name, w.Spec().Name())}
				}
			}
		}
		if !passes && f.Err != nil {
			return fmt.Errorf("--output %s: %w", as, f.Err)
		}
		if !passes && !f.Type.Computable() {
			return panel.Mistake{Err: fmt.Errorf("--output %s: column %q of %s is %s, which only the input's own format holds: leave it out", as, f.Name, t.Name, f.Type)}
		}
	}
	return nil
}
