package windows

import (
	"bufio"
	"context"
	"errors"
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
func (r *run) newOutput(ctx context.Context, out io.Writer) (output, error) {
	k := r.asked()
	as := r.output
	if as == "" {
		as = formatOf(k.table.path)
	}
	passes, err := k.table.passes(ctx, as, r.spec.Dialect.FileColumn)
	if err != nil {
		return nil, err
	}
	if err := r.checkColumns(as, passes); err != nil {
		return nil, err
	}
	var found answers
	var names []string
	for i, w := range r.windows {
		found = append(found, r.result.Windows(i))
		names = append(names, columnsOf(w)...)
	}
	if as == parquetFormat {
		return parquetOutput{k.table, &k.places, found, out, passes}, nil
	}
	t := textOutput{table: k.table, places: &k.places, out: bufio.NewWriterSize(out, 1<<16), passes: passes}
	text := csvText{schema: k.table.schema, names: names, answers: found, delimiter: ',', empty: &r.empty}
	if passes {
		d := r.spec.Dialect
		text.delimiter, text.comma = d.Separator(), d.Decimal == ","
	}
	if t.format = text; as == ndjsonFormat {
		t.format = newNDJSONText(k.table.schema, names, found)
	}
	return t, nil
}

func (r *run) checkColumns(as string, passes bool) error {
	t := r.asked().table
	for _, f := range t.schema {
		for _, w := range r.windows {
			for _, name := range columnsOf(w) {
				if strings.EqualFold(f.Name, name) {
					return SpecError{fmt.Errorf("%s has a column %q already, which the window %s would add: rename it, or leave it out of the input", t.name, f.Name, w.Name())}
				}
			}
		}
		if !passes && f.Err != nil {
			return fmt.Errorf("--output %s: %w", as, f.Err)
		}
		if !passes && !f.Type.Computable() {
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
	places *places
	out    *bufio.Writer
	format format
	passes bool // the text of the rows passes through
}

// A format writes rows as text with answers behind them.
type format interface {
	// begin is the text before the first row, given that of the input.
	begin(out []byte, text *lines) []byte
	// between is the text before the first row of a file that is not the first.
	between(out []byte, text *lines) []byte
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

// passThrough writes the text of the rows as it is. The source sees to it that it is
// still the text that the windows were computed of.
func (t textOutput) passThrough(ctx context.Context) error {
	var buf []byte
	ended := true
	for n, path := range t.table.source.Paths() {
		text, err := openLines(ctx, t.table.source, path)
		if err != nil {
			return err
		}
		starts, from := t.places.inFile(path)
		err = text.each(ctx, starts, func(row int) error {
			switch {
			case row >= 0:
				buf = t.format.behind(buf[:0], text, from+row)
			case n == 0:
				buf = t.format.begin(buf[:0], text)
			default:
				buf = t.format.between(buf[:0], text)
			}
			if len(buf) > 0 {
				ended = buf[len(buf)-1] == text.eol
			}
			_, err := t.out.Write(buf)
			return err
		})
		if err != nil {
			return err
		}
		if !ended && n+1 < len(t.table.source.Paths()) { // the last line of a file needs no end, that of a text before others does
			if err := t.out.WriteByte(text.eol); err != nil {
				return err
			}
		}
	}
	return nil
}

// convert writes the values of rows that came in another format.
func (t textOutput) convert(ctx context.Context) error {
	buf := t.format.beginConverted(nil)
	point := 0
	err := t.table.each(ctx, func(row cells) error {
		if point == len(t.places.lines) {
			return errors.New("more rows are there to be written than have windows: the file has changed")
		}
		buf = t.format.converted(buf, row, point)
		point++
		_, err := t.out.Write(buf)
		buf = buf[:0]
		return err
	})
	if err == nil && point != len(t.places.lines) {
		err = fmt.Errorf("%d rows have windows, and %d were there to be written: the file has changed", len(t.places.lines), point)
	}
	if err != nil {
		return err
	}
	_, err = t.out.Write(buf)
	return err
}
