package onfile

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/publish"
)

// compose writes the table as it would be: what is there outside of the days, and behind
// it the rows sent.
func (s *staged) compose(ctx context.Context, to io.Writer) error {
	form, err := writerOf(s.t.Path, s.t.Options)
	if err != nil {
		return err
	}
	if form == nil {
		return s.composeParquet(ctx, to)
	}
	zipped := strings.HasSuffix(strings.ToLower(s.path), ".gz")
	file := bufio.NewWriterSize(to, 1<<16)
	out, close := &tail{w: file}, file.Flush
	if zipped {
		packed := gzip.NewWriter(file)
		out.w = packed
		close = func() error { return errors.Join(packed.Close(), file.Flush()) }
	}
	schema, err := s.sent.Schema(ctx)
	if err != nil {
		return err
	}
	if s.present != nil {
		if schema, err = s.present.Schema(ctx); err != nil {
			return err
		}
		if err := s.keep(ctx, out, zipped); err != nil {
			return err
		}
	}
	if err := form.begin(out, schema, s.present == nil); err != nil {
		return err
	}
	if err := s.append(ctx, form, out, schema); err != nil {
		return err
	}
	return close()
}

// keep copies the lines of the rows outside of the days, and those before all rows.
func (s *staged) keep(ctx context.Context, out *tail, zipped bool) error {
	f, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = reader{ctx, f}
	if zipped {
		if in, err = gzip.NewReader(in); err != nil {
			return err
		}
	}
	lines, keep := &copier{in: bufio.NewReaderSize(in, 1<<16), out: out, line: 1}, true
	err = s.eachPresent(ctx, func(b *expr.Batch, kept []bool) error {
		if len(b.Lines) != b.Rows {
			return errors.New("it does not tell on which lines its rows are")
		}
		for i, line := range b.Lines {
			if err := lines.until(line, keep); err != nil {
				return err
			}
			keep = kept[i]
		}
		return nil
	})
	if err != nil {
		return err
	}
	return lines.until(0, keep)
}

// eachPresent says of each row of the table whether it stays.
func (s *staged) eachPresent(ctx context.Context, take func(b *expr.Batch, kept []bool) error) error {
	schema, err := s.present.Schema(ctx)
	if err != nil {
		return err
	}
	days, err := s.w.Days.BindPredicate(schema)
	if err != nil {
		return err
	}
	columns := days.Columns()
	ev := expr.NewEvaluator(columns)
	written, err := ev.Prepare(days)
	if err != nil {
		return err
	}
	for b, err := range expr.Scan(ctx, s.present, columns) {
		if err != nil {
			return err
		}
		ev.Next(b)
		v, err := written.Vector()
		if err != nil {
			return err
		}
		kept := make([]bool, b.Rows)
		for i := range kept {
			kept[i] = !v.Valid.Get(i) || !v.Bools.Get(i)
		}
		if err := take(b, kept); err != nil {
			return err
		}
	}
	return nil
}

// append writes the rows sent, as the columns of the table have them.
func (s *staged) append(ctx context.Context, form writer, out io.Writer, schema expr.Schema) error {
	sent, err := s.sent.Schema(ctx)
	if err != nil {
		return err
	}
	columns, at, err := publish.Places(schema, sent)
	if err != nil {
		return err
	}
	read := int64(0)
	for b, err := range expr.Scan(ctx, s.sent, columns) {
		if err != nil {
			return err
		}
		for i := range b.Rows {
			read++
			if err := form.row(out, b, i, at); err != nil {
				return fmt.Errorf("row %d: %w", read, err)
			}
		}
	}
	return nil
}

// tail knows the last byte that was written.
type tail struct {
	w    io.Writer
	last byte
	crlf bool // the first line ended so
	any  bool
}

func (t *tail) Write(p []byte) (int, error) {
	if len(p) > 0 {
		t.last, t.any = p[len(p)-1], true
	}
	return t.w.Write(p)
}

// lineEnd is what lines end with here.
func (t *tail) lineEnd() string {
	if t.crlf {
		return "\r\n"
	}
	return "\n"
}

// copier copies lines or passes over them.
type copier struct {
	in   *bufio.Reader
	out  *tail
	line int64 // that is next
}

// until goes on to a line, or to the end where that is 0.
func (c *copier) until(line int64, copy bool) error {
	for line == 0 || c.line < line {
		part, err := c.in.ReadSlice('\n')
		if err == nil {
			if c.line == 1 {
				c.out.crlf = strings.HasSuffix(string(part), "\r\n")
			}
			c.line++
		}
		if copy && len(part) > 0 {
			if _, err := c.out.Write(part); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF && line == 0:
			return nil
		case err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil && err != bufio.ErrBufferFull:
			return err
		}
	}
	return nil
}
