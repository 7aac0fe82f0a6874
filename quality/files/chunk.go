package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	// chunkSize is how many bytes of text are read together: enough for the work on
	// them to outweigh handing them on, few enough for the processor's cache.
	chunkSize = 1 << 18
	// maxRecord is the longest row that is read, as in BigQuery: beyond it, a quote
	// that is never closed is likelier than data.
	// https://cloud.google.com/bigquery/quotas#load_jobs
	maxRecord = 100 << 20
)

// chunker cuts a text into pieces of whole records, so that each can be read by
// itself. What it cuts at is the end of a line with an even number of quotes before
// it: in a text that is well formed no record goes on there; in one that is not,
// what is wrong lies in the first record of the next piece.
type chunker struct {
	in     io.Reader
	quotes bool // records can go on over line ends in quotes
	size   int
	limit  int
	// whole: what stands behind the last line end is left out, as it is still being
	// written.
	whole bool

	eol  byte   // '\n', or '\r' where lines end so
	rest []byte // read already
	err  error  // of in, once it has ended
	line int64  // of the next chunk, the first being 1
}

// next appends the next piece to buf; io.EOF is the end, and comes without one.
func (c *chunker) next(buf []byte) (piece []byte, line int64, err error) {
	buf = append(buf[:0], c.rest...)
	c.rest = c.rest[:0]
	for size := c.size; ; size = 2 * len(buf) {
		buf = c.fill(buf, size)
		if c.err == io.EOF && !c.whole && len(buf) > 0 {
			return buf, c.advance(buf), nil
		}
		if cut := c.cut(buf); cut > 0 {
			c.rest = append(c.rest, buf[cut:]...)
			return buf[:cut], c.advance(buf[:cut]), nil
		}
		switch {
		case c.err == io.EOF:
			return nil, c.line, io.EOF
		case c.err != nil:
			return nil, c.line, damaged(c.err, c.line-1+int64(bytes.Count(buf, []byte{c.eol})))
		case len(buf) > c.limit: // unless something else is wrong with it
			return buf, c.line, lineError{c.line, fmt.Errorf("the row is longer than %d bytes: is a quote not closed?", c.limit)}
		}
	}
}

// advance counts the lines of a piece, and returns the first.
func (c *chunker) advance(piece []byte) int64 {
	line := c.line
	c.line += int64(bytes.Count(piece, []byte{c.eol}))
	return line
}

// fill reads until there are so many bytes.
func (c *chunker) fill(buf []byte, size int) []byte {
	if cap(buf) < size {
		buf = append(make([]byte, 0, size+size/4), buf...)
	}
	for empty := 0; len(buf) < size && c.err == nil; {
		var n int
		n, c.err = c.in.Read(buf[len(buf):size])
		buf = buf[:len(buf)+n]
		if empty++; n > 0 {
			empty = 0
		}
		if empty > 100 {
			c.err = io.ErrNoProgress
		}
	}
	return buf
}

// cut is the end of the last record that is whole; 0 is none.
func (c *chunker) cut(buf []byte) int {
	at := bytes.LastIndexByte(buf, c.eol) + 1
	if !c.quotes || at == 0 {
		return at
	}
	odd := bytes.Count(buf[:at], []byte{'"'})%2 == 1
	for odd && at > 0 {
		before := bytes.LastIndexByte(buf[:at-1], c.eol) + 1
		odd = odd != (bytes.Count(buf[before:at], []byte{'"'})%2 == 1)
		at = before
	}
	return at
}

var (
	utf8Mark  = []byte{0xef, 0xbb, 0xbf}
	utf16Mark = [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}
)

// lookAhead is how far the first line end is looked for.
const lookAhead = 1 << 16

// begin reads what a text begins with: a mark, lines that are not part of the table,
// and the first line end, which tells how lines end.
func (c *chunker) begin(skip int) error {
	c.line = 1
	ahead := c.fill(nil, lookAhead)
	for _, m := range utf16Mark {
		if bytes.HasPrefix(ahead, m) {
			return lineError{1, errors.New("the text is UTF-16: write it as UTF-8")}
		}
	}
	ahead = bytes.TrimPrefix(ahead, utf8Mark)
	c.eol = lineEnd(ahead, c.quotes)
	for range skip {
		for bytes.IndexByte(ahead, c.eol) < 0 && c.err == nil && len(ahead) < c.limit {
			ahead = c.fill(ahead, 2*len(ahead)+lookAhead)
		}
		at := bytes.IndexByte(ahead, c.eol) + 1
		if at == 0 {
			return fmt.Errorf("it has fewer than %d lines, which are to be skipped (skip_lines)", skip)
		}
		ahead = ahead[at:]
		c.line++
	}
	if len(ahead) == 0 && c.err == io.EOF {
		return io.EOF
	}
	c.in, c.err = &replay{ahead, c.err, c.in}, nil
	return nil
}

// lineEnd is the last byte of the first line end outside of quotes: CR where that is
// one and no LF follows.
func lineEnd(text []byte, quotes bool) byte {
	for from := 0; ; {
		i := bytes.IndexAny(text[from:], "\r\n")
		if i < 0 {
			return '\n'
		}
		at := from + i
		if quotes && bytes.Count(text[:at], []byte{'"'})%2 == 1 {
			from = at + 1
			continue
		}
		if text[at] == '\r' && at+1 < len(text) && text[at+1] != '\n' {
			return '\r'
		}
		return '\n'
	}
}

// replay gives out what has been read ahead, and then the rest.
type replay struct {
	ahead []byte
	err   error // of the rest, if it has ended
	rest  io.Reader
}

func (r *replay) Read(p []byte) (int, error) {
	if len(r.ahead) > 0 {
		n := copy(p, r.ahead)
		r.ahead = r.ahead[n:]
		return n, nil
	}
	if r.err != nil {
		return 0, r.err
	}
	return r.rest.Read(p)
}
