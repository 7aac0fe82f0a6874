package spool

import (
	"context"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// Open opens the content as rows that go by the pipe's name: in their errors, and as the
// name of their file.
func (f File) Open(opts files.Options) (files.Source, error) {
	source, err := files.Open([]string{f.Path}, opts)
	if err != nil {
		return nil, f.named(err)
	}
	return named{source, f}, nil
}

// named says the pipe's name where an error has that of the file that it was kept in.
func (f File) named(err error) error {
	if err == nil {
		return nil
	}
	return namedError{err, f.text(err.Error())}
}

func (f File) text(s string) string { return strings.ReplaceAll(s, f.Path, f.Name) }

type namedError struct {
	error
	text string
}

func (e namedError) Error() string { return e.text }
func (e namedError) Unwrap() error { return e.error }

type named struct {
	of files.Source
	in File
}

func (n named) Paths() []string { return []string{n.in.Name} }

// Identity is that of the file that the pipe was, where it was one.
func (n named) Identity() ([]string, error) {
	if n.in.origin == nil {
		return nil, nil
	}
	id, err := files.FileIdentity(n.in.Name, n.in.origin)
	if err != nil {
		return nil, nil // what it cannot tell of itself is no file either
	}
	return []string{id}, nil
}

func (n named) Schema(ctx context.Context) (expr.Schema, error) {
	s, err := n.of.Schema(ctx)
	return n.in.fields(s), n.in.named(err)
}

func (f File) fields(s expr.Schema) expr.Schema {
	s = slices.Clone(s)
	for i := range s {
		s[i].Err, s[i].Fields = f.named(s[i].Err), f.fields(s[i].Fields)
	}
	return s
}

func (n named) Settle(ctx context.Context) error { return n.in.named(n.of.Settle(ctx)) }

func (n named) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range n.of.Scan(ctx, columns) {
			if err == nil {
				b.File = n.in.Name
				for i := range b.Columns {
					n.in.rename(&b.Columns[i])
				}
			}
			if !yield(b, n.in.named(err)) {
				return
			}
		}
	}
}

func (f File) rename(v *expr.Vector) {
	v.Err = f.named(v.Err)
	if v.Items != nil {
		f.rename(v.Items)
	}
	if written := v.Written; written != nil {
		v.Written = func(i int) (digits, where string) {
			digits, where = written(i)
			return digits, f.text(where)
		}
	}
}

func (n named) Notes() []string {
	out := n.of.Notes()
	for i := range out {
		out[i] = n.in.text(out[i])
	}
	return out
}

func (n named) Text(ctx context.Context, _ string) (*files.Text, error) {
	text, err := n.of.Text(ctx, n.in.Path)
	if err != nil {
		return nil, n.in.named(err)
	}
	return &files.Text{Reader: namedReader{text.Reader, n.in}, LineEnd: text.LineEnd}, nil
}

type namedReader struct {
	of io.Reader
	in File
}

func (r namedReader) Read(p []byte) (int, error) {
	n, err := r.of.Read(p)
	if err != nil && err != io.EOF {
		err = r.in.named(err)
	}
	return n, err
}

func (n named) Bytes(ctx context.Context, _ string) (io.ReaderAt, int64, error) {
	data, size, err := n.of.Bytes(ctx, n.in.Path)
	return data, size, n.in.named(err)
}

func (n named) Unchanged() error { return n.in.named(n.of.Unchanged()) }
func (n named) Close() error     { return n.in.named(n.of.Close()) }
