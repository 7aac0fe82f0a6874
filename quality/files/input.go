package files

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// file is one file of a relation.
type file struct {
	path    string
	format  format
	gzipped bool
}

// input reads the unpacked bytes of a file.
type input struct {
	io.Reader
	file *os.File
}

func (i *input) Close() error { return i.file.Close() }

var gzipMagic = []byte{0x1f, 0x8b}

// open begins to read. Cancelling the context ends the reading.
func (f file) open(ctx context.Context, progress func(Progress)) (*input, error) {
	opened, err := os.Open(f.path)
	if err != nil {
		return nil, err // a *PathError: it names the path
	}
	in, err := f.unpack(ctx, opened, progress)
	if err != nil {
		opened.Close()
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	return &input{in, opened}, nil
}

func (f file) unpack(ctx context.Context, opened *os.File, progress func(Progress)) (io.Reader, error) {
	info, err := opened.Stat()
	if err != nil {
		return nil, err
	}
	packed := bufio.NewReaderSize(newMeter(ctx, opened, info, progress), 1<<16)
	start, err := packed.Peek(len(gzipMagic))
	switch {
	case len(start) == 0 && err == io.EOF:
		return nil, errEmpty
	case len(start) == 0:
		return nil, err
	case !f.gzipped && bytes.Equal(start, gzipMagic):
		return nil, errors.New("it is gzipped: its name must end in .gz")
	case !f.gzipped:
		return packed, nil
	}
	if len(start) == len(gzipMagic) && !bytes.Equal(start, gzipMagic) {
		return nil, errors.New("it is not gzipped, though its name says so")
	}
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return nil, damaged(err, 0)
	}
	return unpacked, nil
}
