package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// file is one file of a relation. It is opened once, for all that is read of it: a
// file that is replaced by another of its name is read as it was.
type file struct {
	path    string
	format  format
	gzipped bool

	mu       sync.Mutex
	opened   *os.File
	info     os.FileInfo // when it was opened
	seed     maphash.Seed
	digest   uint64 // of its bytes, once they have all been read
	digested bool
}

// descriptor opens the file, if it is not open yet.
func (f *file) descriptor() (*os.File, os.FileInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.opened != nil {
		return f.opened, f.info, nil
	}
	opened, err := os.Open(f.path)
	if err != nil {
		return nil, nil, err // a *PathError: it names the path
	}
	info, err := opened.Stat()
	if err != nil {
		opened.Close()
		return nil, nil, err
	}
	f.opened, f.info, f.seed = opened, info, maphash.MakeSeed()
	return opened, info, nil
}

// close gives the descriptor back.
func (f *file) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.opened == nil {
		return nil
	}
	err := f.opened.Close()
	f.opened = nil
	return err
}

// unchanged reports whether the file is as it was when it was opened. Its ctime is
// not looked at: a link or a change of permissions changes no byte.
func (f *file) unchanged() bool {
	now, err := f.opened.Stat()
	return err == nil && now.Size() == f.info.Size() && now.ModTime().Equal(f.info.ModTime())
}

// changed is the error of a file that is not as it was when it was opened.
func (f *file) changed() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.opened != nil && !f.unchanged() {
		return f.named(errChanged)
	}
	return nil
}

// reading is a pass over the bytes of a file as they lie on disk. At their end it
// sees to it that they are those of the file as it was opened, and those of the pass
// before.
type reading struct {
	f    *file
	in   io.Reader
	hash maphash.Hash
	read int64
	size int64 // as many bytes are read
	grow bool  // more may have come since
}

// read begins a pass; asOfOpen reads the bytes that were there when the file was
// opened, and lets others come.
func (f *file) read(ctx context.Context, progress func(Progress), asOfOpen bool) (*reading, error) {
	opened, info, err := f.descriptor()
	if err != nil {
		return nil, err
	}
	r := &reading{f: f, size: info.Size(), grow: asOfOpen}
	r.hash.SetSeed(f.seed)
	limit := int64(1) << 62 // what has come since must be seen
	if asOfOpen {
		limit = r.size
	}
	r.in = io.NewSectionReader(newMeter(ctx, opened, info, progress), 0, limit)
	return r, nil
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.hash.Write(p[:n])
	r.read += int64(n)
	if err == io.EOF && !r.same() {
		err = errChanged
	}
	return n, err
}

// same is asked at the end.
func (r *reading) same() bool {
	f := r.f
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.read != r.size || f.opened == nil || !r.grow && !f.unchanged() {
		return false
	}
	sum := r.hash.Sum64()
	if f.digested {
		return f.digest == sum
	}
	f.digest, f.digested = sum, true
	return true
}

var gzipMagic = []byte{0x1f, 0x8b}

// text begins a pass over the unpacked bytes.
func (f *file) text(ctx context.Context, progress func(Progress), asOfOpen bool) (io.Reader, error) {
	if f.gzipped && asOfOpen {
		return nil, fmt.Errorf("%s is gzipped, and its end is what makes it whole: as_of_open is for texts that grow", f.path)
	}
	raw, err := f.read(ctx, progress, asOfOpen)
	if err != nil {
		return nil, err
	}
	in, err := f.unpack(raw)
	if err != nil {
		return nil, f.named(err)
	}
	return in, nil
}

func (f *file) unpack(raw io.Reader) (io.Reader, error) {
	packed := bufio.NewReaderSize(raw, 1<<16)
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
