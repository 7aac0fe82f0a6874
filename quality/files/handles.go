package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// handles are the files of a relation.
type handles []*file

func (h handles) Paths() []string {
	out := make([]string, len(h))
	for i, f := range h {
		out[i] = f.path
	}
	return out
}

// Close gives the files back. They cannot be read any more.
func (h handles) Close() error {
	var errs []error
	for _, f := range h {
		errs = append(errs, f.close())
	}
	return errors.Join(errs...)
}

func (h handles) Unchanged() error {
	for _, f := range h {
		if err := f.changed(); err != nil {
			return err
		}
	}
	return nil
}

func (h handles) Bytes(ctx context.Context, path string) (io.ReaderAt, int64, error) {
	f, err := h.of(path)
	if err != nil {
		return nil, 0, err
	}
	opened, info, err := f.descriptor()
	if err != nil {
		return nil, 0, err
	}
	return newMeter(ctx, opened, info, nil), info.Size(), nil
}

func (h handles) of(path string) (*file, error) {
	for _, f := range h {
		if f.path == path {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%s is none of the files %v", path, h.Paths())
}

// Text reads a file from its start.
func (t *table) Text(ctx context.Context, path string) (*Text, error) {
	f, err := t.of(path)
	if err != nil {
		return nil, err
	}
	in, err := f.text(ctx, t.Progress, t.AsOfOpen)
	if err != nil {
		return nil, err
	}
	c := chunker{in: in, size: t.chunk, limit: maxRecord, whole: t.AsOfOpen}
	ahead := c.fill(nil, lookAhead)
	c.eol = lineEnd(bytes.TrimPrefix(ahead, utf8Mark), f.format == csvFormat)
	c.in, c.err = &replay{ahead, c.err, c.in}, nil
	return &Text{&chunkReader{f: f, c: &c}, c.eol}, nil
}

// chunkReader is the text of a chunker in one piece.
type chunkReader struct {
	f    *file
	c    *chunker
	buf  []byte
	rest []byte
}

func (r *chunkReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		piece, _, err := r.c.next(r.buf)
		if err == io.EOF {
			return 0, err
		}
		if err != nil {
			return 0, r.f.named(err)
		}
		r.buf, r.rest = piece, piece
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
