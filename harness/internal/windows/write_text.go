package windows

import (
	"bufio"
	"context"

	"github.com/intactdata/intact/quality/expr"
)

// textOutput writes rows as text.
type textOutput struct {
	writing
	out    *bufio.Writer
	format format
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
	converted(out []byte, b *expr.Batch, row, point int) []byte
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
		from, starts := t.computed.Lines(path)
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
	for b, err := range t.table.rows(ctx) {
		if err != nil {
			return err
		}
		if point+b.Rows > t.computed.Len() {
			return t.miscounted(point + b.Rows)
		}
		for row := range b.Rows {
			buf = t.format.converted(buf, b, row, point)
			point++
		}
		if _, err := t.out.Write(buf); err != nil {
			return err
		}
		buf = buf[:0]
	}
	if point != t.computed.Len() {
		return t.miscounted(point)
	}
	_, err := t.out.Write(buf)
	return err
}
