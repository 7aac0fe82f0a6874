package files

import (
	"context"
	"io"
)

// rowReader reads the rows of one file of a relation. Its errors name the file.
type rowReader struct {
	reader
	io.Closer
	file   file
	known  []string // the relation's columns, where earlier files tell them
	places []int    // of those columns in the file; nil: they are the file's own
}

// open begins to read a file, given the columns that the relation has already.
func (t *Text) open(ctx context.Context, f file, known []string) (*rowReader, error) {
	in, err := f.open(ctx, t.progress)
	if err != nil {
		return nil, err
	}
	r := &rowReader{Closer: in, file: f, known: known}
	r.reader, err = newReader(f.format, in, known)
	if err == nil && f.format == csvFormat && known != nil {
		r.places, err = match(known, r.names(), t.origin(f))
	}
	if err != nil {
		in.Close()
		return nil, f.named(err)
	}
	return r, nil
}

// origin says where the columns come from that a file must have.
func (t *Text) origin(f file) string {
	if first := t.files[0]; first.path != f.path {
		return first.path
	}
	return "the relation" // as it was read before
}

func (r *rowReader) next() error {
	err := r.reader.next()
	if err != nil && err != io.EOF {
		return r.file.named(err)
	}
	return err
}

// columns are those of the relation, as far as it is known now.
func (r *rowReader) columns() []string {
	if r.places != nil {
		return r.known
	}
	return r.names()
}

// place of a column of the relation in the file.
func (r *rowReader) place(column int) int {
	if r.places != nil {
		return r.places[column]
	}
	return column
}
