package files

import (
	"context"
	"io"
	"iter"

	"github.com/intactdata/intact/quality/expr"
)

const (
	// batchRows is how many rows are handed on together: few enough for the
	// columns of a batch to stay in the processor's cache, and a multiple of 64.
	batchRows = 4096
	// batchBytes ends a batch sooner where cells are long.
	batchBytes = 8 << 20
)

// TextBatch is some rows of one file, read and as they are written.
type TextBatch struct {
	expr.Batch
	Path   string
	Header []byte   // of a CSV file, as written; nil for NDJSON
	Raw    [][]byte // each row as written, without the end of its line
	Lines  []int64  // at which each row begins, the file's first being 1
}

// Rows is Scan with the rows as they are written beside what they say. A batch
// is the reader's own only until the next one is asked for.
func (t *Text) Rows(ctx context.Context, columns []string) iter.Seq2[*TextBatch, error] {
	return t.scan(ctx, columns, true)
}

func (t *Text) scan(ctx context.Context, columns []string, written bool) iter.Seq2[*TextBatch, error] {
	return func(yield func(*TextBatch, error) bool) {
		survey, err := t.survey(ctx, t.read)
		if err != nil {
			yield(nil, err)
			return
		}
		s := &scan{batch: &TextBatch{}, written: written}
		if err := s.ask(survey, columns); err != nil {
			yield(nil, err)
			return
		}
		known := survey.names()
		for _, f := range t.files {
			r, err := t.open(ctx, f, known)
			if err != nil {
				yield(nil, err)
				return
			}
			more := s.file(r, yield)
			r.Close()
			if !more {
				return
			}
		}
	}
}

// scan reads the columns that are asked for, batch after batch.
type scan struct {
	columns []*column
	batch   *TextBatch
	written bool
	raw     []byte // of the batch's rows, one behind the other
	ends    []int
}

// ask finds the columns.
func (s *scan) ask(in *survey, names []string) error {
	for _, name := range names {
		at, err := in.find(name)
		if err != nil {
			return err
		}
		s.columns = append(s.columns, newColumn(in.schema[at], at, in.declared[at]))
	}
	s.batch.Columns = make([]expr.Vector, len(names))
	return nil
}

// file hands on the rows of one file; false is the end of the scan.
func (s *scan) file(r *rowReader, yield func(*TextBatch, error) bool) bool {
	s.batch.Path, s.batch.Header = r.file.path, r.header()
	for {
		err := s.fill(r)
		if err != nil && err != io.EOF {
			yield(nil, err)
			return false
		}
		if s.batch.Rows > 0 && !yield(s.batch, nil) {
			return false
		}
		if err == io.EOF {
			return true
		}
	}
}

// fill reads a batch, the last of the file with io.EOF.
func (s *scan) fill(r *rowReader) (err error) {
	for i, c := range s.columns {
		c.begin(&s.batch.Columns[i], batchRows)
	}
	s.raw, s.ends, s.batch.Lines = s.raw[:0], s.ends[:0], s.batch.Lines[:0]
	n, bytes := 0, 0
	for ; n < batchRows && (bytes < batchBytes || n%64 != 0); n++ {
		if err = r.next(); err != nil {
			break
		}
		raw, line := r.record()
		bytes += len(raw)
		cells := r.cells()
		for _, c := range s.columns {
			if c.err != nil {
				continue
			}
			if err := c.set(n, cells[r.place(c.at)]); err != nil {
				c.err = r.file.named(lineError{line, err})
			}
		}
		if s.written {
			s.raw = append(s.raw, raw...)
			s.ends = append(s.ends, len(s.raw))
			s.batch.Lines = append(s.batch.Lines, line)
		}
	}
	s.finish(n)
	return err
}

func (s *scan) finish(rows int) {
	s.batch.Rows = rows
	for _, c := range s.columns {
		c.finish(rows)
	}
	s.batch.Raw = s.batch.Raw[:0]
	start := 0
	for _, end := range s.ends {
		s.batch.Raw = append(s.batch.Raw, s.raw[start:end:end])
		start = end
	}
}
