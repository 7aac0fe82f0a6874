package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxRecord is the longest row that is read, as in BigQuery: beyond it, a quote
// that is never closed is likelier than data.
// https://cloud.google.com/bigquery/quotas#load_jobs
const maxRecord = 100 << 20

// lines gathers the bytes of one record after the other, a record being one line
// or several. What it returns is good until the next call.
type lines struct {
	r     io.Reader
	limit int
	buf   []byte
	start int   // of the record in buf
	end   int   // of its last line
	err   error // of r, once it has ended

	count int64 // lines read
	first int64 // line of the record
}

func newLines(r io.Reader) *lines {
	return &lines{r: r, limit: maxRecord, buf: make([]byte, 0, 1<<18)}
}

// begin reads the first line of the next record, with its end. At the end of the
// input it returns io.EOF.
func (l *lines) begin() ([]byte, error) {
	l.start, l.first = l.end, l.count+1
	record, err := l.extend()
	if err != nil || l.count > 1 {
		return record, err
	}
	if record, err = checkMark(record); err != nil {
		return nil, lineError{l.count, err}
	}
	l.start = l.end - len(record)
	return record, nil
}

// extend adds a line to the record and returns all of the record. Where there is
// no further line it returns io.EOF.
func (l *lines) extend() ([]byte, error) {
	seen := l.end
	for {
		if i := bytes.IndexByte(l.buf[seen:], '\n'); i >= 0 {
			l.end = seen + i + 1
			break
		}
		seen = len(l.buf)
		if l.err == io.EOF && seen > l.end { // the last line has no end
			l.end = seen
			break
		}
		if l.err != nil {
			return nil, l.err
		}
		if seen-l.start > l.limit {
			return nil, lineError{l.first, fmt.Errorf("the row is longer than %d bytes: is a quote not closed?", l.limit)}
		}
		seen -= l.read()
	}
	l.count++
	return l.buf[l.start:l.end], nil
}

// read adds bytes to the buffer. It drops those before the record, and returns
// by how many the others moved.
func (l *lines) read() (moved int) {
	if len(l.buf) == cap(l.buf) {
		kept := l.buf[l.start:]
		if l.start == 0 || len(kept) > cap(l.buf)/2 {
			l.buf = append(make([]byte, 0, 2*cap(l.buf)), kept...)
		} else {
			l.buf = append(l.buf[:0], kept...)
		}
		moved = l.start
		l.start, l.end = 0, l.end-moved
	}
	n, err := l.r.Read(l.buf[len(l.buf):cap(l.buf)])
	l.buf, l.err = l.buf[:len(l.buf)+n], err
	return moved
}

// content is a record without the end of its last line.
func content(record []byte) []byte {
	record = bytes.TrimSuffix(record, []byte("\n"))
	return bytes.TrimSuffix(record, []byte("\r"))
}

var (
	utf8Mark  = []byte{0xef, 0xbb, 0xbf}
	utf16Mark = [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}
)

// checkMark refuses UTF-16 and returns the file's first record without the mark
// that says UTF-8.
func checkMark(first []byte) ([]byte, error) {
	for _, m := range utf16Mark {
		if bytes.HasPrefix(first, m) {
			return nil, errors.New("the text is UTF-16: write it as UTF-8")
		}
	}
	return bytes.TrimPrefix(first, utf8Mark), nil
}
