package windows

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
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

// A format writes rows with answers behind them.
type format interface {
	// begin is the text before the first row, given that of the input.
	begin(out []byte, text *lines) []byte
	// behind is a row of the input with its answers.
	behind(out []byte, text *lines, point int) []byte
	// beginConverted is the text before the first row of an input of another format.
	beginConverted(out []byte) []byte
	// converted is such a row with its answers.
	converted(out []byte, row cells, point int) []byte
}

// answers are those of all windows.
type answers []rolling.Windows

// A writer writes the rows that windows were asked for, with their answers.
type writer struct {
	table  *table
	starts []uint32
	out    *bufio.Writer
	format format
	as     string
}

// newWriter refuses columns that are there already, and those that the format
// cannot hold.
func (r *run) newWriter(out io.Writer) (*writer, error) {
	k := r.asked()
	var names []string
	for _, w := range r.windows {
		for _, name := range columnsOf(w) {
			names = append(names, name)
			for _, f := range k.table.schema {
				if strings.EqualFold(f.Name, name) {
					return nil, SpecError{fmt.Errorf("%s has a column %q already, which the window %s would add: rename it, or leave it out of the input", k.table.name, f.Name, w.Name())}
				}
			}
		}
	}
	w := &writer{table: k.table, starts: k.lines, out: bufio.NewWriterSize(out, 1<<16), as: r.output}
	if w.as == "" {
		w.as = formatOf(k.table.path)
	}
	var found answers
	for i := range r.windows {
		found = append(found, r.result.Windows(i))
	}
	switch w.as {
	case ndjson:
		w.format = newNDJSONFormat(k.table.schema, names, found)
	default:
		w.format = csvFormat{k.table.schema, names, found}
	}
	if w.as == formatOf(k.table.path) {
		return w, nil
	}
	for _, f := range k.table.schema {
		if !f.Type.Computable() {
			return nil, SpecError{fmt.Errorf("--output %s: column %q of %s is %s, which only the input's own format holds: leave it out", w.as, f.Name, k.table.name, f.Type)}
		}
	}
	return w, nil
}

func (w *writer) write(ctx context.Context) error {
	var err error
	if w.as == formatOf(w.table.path) {
		err = w.passThrough(ctx)
	} else {
		err = w.convert(ctx)
	}
	if err == nil {
		err = w.out.Flush()
	}
	if err != nil {
		return fmt.Errorf("the rows could not be written: %w", err)
	}
	return nil
}

// passThrough writes the text of the rows as it is.
func (w *writer) passThrough(ctx context.Context) error {
	text, err := openLines(w.table.path)
	if err != nil {
		return named(err, w.table.path, w.table.name)
	}
	defer text.close()
	var buf []byte
	return text.each(ctx, w.starts, func(row int) error {
		if row < 0 {
			buf = w.format.begin(buf[:0], text)
		} else {
			buf = w.format.behind(buf[:0], text, row)
		}
		_, err := w.out.Write(buf)
		return err
	})
}

// convert writes the values of the rows in another format than they came in.
func (w *writer) convert(ctx context.Context) error {
	columns := make([]string, len(w.table.schema))
	for i, f := range w.table.schema {
		columns[i] = f.Name
	}
	buf := w.format.beginConverted(nil)
	point := 0
	for b, err := range w.table.rows(ctx, columns) {
		if err != nil {
			return err
		}
		for i := range b.Columns {
			if err := b.Columns[i].Err; err != nil {
				return named(err, w.table.path, w.table.name)
			}
		}
		for i := range b.Rows {
			buf = w.format.converted(buf, cells{&b.Batch, i}, point)
			point++
			if _, err := w.out.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	_, err := w.out.Write(buf)
	return err
}

// cells are those of one row.
type cells struct {
	batch *quality.Batch
	row   int
}
