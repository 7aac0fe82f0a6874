package windows

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/intactdata/intact/quality"

	"github.com/intactdata/intact/quality/files"
)

// lines gives the text of a file back in pieces of whole lines, byte by byte as
// it is written.
type lines struct {
	in   *bufio.Reader
	eol  byte
	next uint32 // the line that comes next, the first being 1
	text []byte
	end  []int // of each line of text
}

func openLines(ctx context.Context, source files.Source, path string) (*lines, error) {
	text, err := source.Text(ctx, path)
	if err != nil {
		return nil, err
	}
	return &lines{in: bufio.NewReaderSize(text, 1<<16), eol: text.LineEnd, next: 1}, nil
}

// until reads the lines before the given one; 0 is all that are left.
func (l *lines) until(line uint32) error {
	l.text, l.end = l.text[:0], l.end[:0]
	for line == 0 || l.next < line {
		start := len(l.text)
		for {
			part, err := l.in.ReadSlice(l.eol)
			l.text = append(l.text, part...)
			if err == nil {
				break
			}
			if err == io.EOF && line == 0 {
				if len(l.text) > start {
					l.end = append(l.end, len(l.text))
				}
				return nil
			}
			if err != bufio.ErrBufferFull {
				return fmt.Errorf("line %d cannot be read again: %w", l.next, err)
			}
		}
		l.end = append(l.end, len(l.text))
		l.next++
	}
	return nil
}

// content is a line without its end.
func content(line []byte, eol byte) []byte {
	line = bytes.TrimSuffix(line, []byte{eol})
	return bytes.TrimSuffix(line, []byte("\r"))
}

// record is the end of the row that the text begins with: empty lines may follow
// it, but none that is part of it is empty and last.
func (l *lines) record() int {
	if len(l.end) == 0 {
		return 0
	}
	for k := len(l.end) - 1; ; k-- {
		start := 0
		if k > 0 {
			start = l.end[k-1]
		}
		if c := content(l.text[start:l.end[k]], l.eol); len(c) > 0 || k == 0 {
			return start + len(c)
		}
	}
}

// each hands on the text before the first row, as row −1, and then that of each
// row with what stands between it and the next, given the lines that they start at.
func (l *lines) each(ctx context.Context, starts []uint32, do func(row int) error) error {
	for row := -1; row < len(starts); row++ {
		next := uint32(0)
		if row+1 < len(starts) {
			next = starts[row+1]
		}
		if row%4096 == 0 && ctx.Err() != nil {
			return quality.Ended(ctx, nil)
		}
		if err := l.until(next); err != nil {
			return err
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return nil
}
