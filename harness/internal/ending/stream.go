package ending

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
)

// chunk is how much is read at once.
const chunk = 1 << 16

// Reader returns a reader of r whose reads end with the context. It reads ahead.
func Reader(ctx context.Context, r io.Reader) io.Reader { return &reader{ctx: ctx, in: r} }

type reader struct {
	ctx  context.Context
	in   io.Reader
	buf  []byte // a read that was left behind may still write to it
	rest []byte // of what has been read
	err  error  // behind the rest
}

func (r *reader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 && r.err == nil {
		if r.buf == nil {
			r.buf = make([]byte, chunk)
		}
		var n int
		n, r.err = Await(r.ctx, func() (int, error) { return r.in.Read(r.buf) })
		r.rest = r.buf[:n]
	}
	n := copy(p, r.rest)
	if r.rest = r.rest[n:]; len(r.rest) > 0 {
		return n, nil
	}
	return n, r.err
}

// Writer returns a writer to w whose writes end with the context. How much of a
// write that was left behind arrives is not known.
func Writer(ctx context.Context, w io.Writer) io.Writer { return &writer{ctx, w} }

type writer struct {
	ctx context.Context
	out io.Writer
}

func (w *writer) Write(p []byte) (int, error) {
	p = bytes.Clone(p) // the caller's own bytes are his again when Write returns
	return Await(w.ctx, func() (int, error) { return w.out.Write(p) })
}

// ReadFile is os.ReadFile, but ends with the context: the opening of a pipe that
// nobody writes to would not. Its error does not repeat the path.
func ReadFile(ctx context.Context, path string) ([]byte, error) {
	data, err := Await(ctx, func() ([]byte, error) { return os.ReadFile(path) })
	return data, WithoutPath(err)
}

// WithoutPath drops the path that an operating system's error repeats.
func WithoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
