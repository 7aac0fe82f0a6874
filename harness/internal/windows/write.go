package windows

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

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

// answers are those of all windows.
type answers []rolling.Windows

// newOutput refuses columns that are there already, and those that the format
// cannot hold.
func (r *run) newOutput(out io.Writer) (output, error) {
	k := r.asked()
	as := r.output
	if as == "" {
		as = formatOf(k.table.path)
	}
	if err := r.checkColumns(as); err != nil {
		return nil, err
	}
	var found answers
	var names []string
	for i, w := range r.windows {
		found = append(found, r.result.Windows(i))
		names = append(names, columnsOf(w)...)
	}
	if as == parquetFormat {
		return parquetOutput{k.table, found, out}, nil
	}
	t := textOutput{table: k.table, starts: k.lines, out: bufio.NewWriterSize(out, 1<<16), passes: as == formatOf(k.table.path)}
	if t.format = (csvText{k.table.schema, names, found}); as == ndjsonFormat {
		t.format = newNDJSONText(k.table.schema, names, found)
	}
	return t, nil
}

func (r *run) checkColumns(as string) error {
	t := r.asked().table
	for _, f := range t.schema {
		for _, w := range r.windows {
			for _, name := range columnsOf(w) {
				if strings.EqualFold(f.Name, name) {
					return SpecError{fmt.Errorf("%s has a column %q already, which the window %s would add: rename it, or leave it out of the input", t.name, f.Name, w.Name())}
				}
			}
		}
		if as != formatOf(t.path) && !f.Type.Computable() {
			return SpecError{fmt.Errorf("--output %s: column %q of %s is %s, which only the input's own format holds: leave it out", as, f.Name, t.name, f.Type)}
		}
	}
	return nil
}

// An output writes the rows that windows were asked for, with their answers.
type output interface {
	write(ctx context.Context) error
}

// textOutput writes rows as text.
type textOutput struct {
	table  *table
	starts []uint32 // lines of the rows
	out    *bufio.Writer
	format format
	passes bool // the text of the rows passes through
}

// A format writes rows as text with answers behind them.
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

func (t textOutput) write(ctx context.Context) error {
	var err error
	if t.passes {
		err = t.passThrough(ctx)
	} else {
		err = t.convert(ctx)
	}
	if err != nil {
		return err
	}
	return t.out.Flush()
}

// passThrough writes the text of the rows as it is.
func (t textOutput) passThrough(ctx context.Context) error {
	text, err := openLines(t.table.path)
	if err != nil {
		return err
	}
	defer text.close()
	var buf []byte
	return text.each(ctx, t.starts, func(row int) error {
		if row < 0 {
			buf = t.format.begin(buf[:0], text)
		} else {
			buf = t.format.behind(buf[:0], text, row)
		}
		_, err := t.out.Write(buf)
		return err
	})
}

// convert writes the values of rows that came in another format.
func (t textOutput) convert(ctx context.Context) error {
	buf := t.format.beginConverted(nil)
	point := 0
	err := t.table.each(ctx, func(row cells) error {
		buf = t.format.converted(buf, row, point)
		point++
		_, err := t.out.Write(buf)
		buf = buf[:0]
		return err
	})
	if err != nil {
		return err
	}
	_, err = t.out.Write(buf)
	return err
}
