// Package spill sorts on disk what the engine of package rows cannot keep in memory:
//
//	engine := rows.NewEngine(sources, rows.SpillTo(spill.Disk{}))
package spill

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/lanrat/extsort"

	"github.com/intactdata/intact/quality/rows"
)

// Disk sorts in a folder, which is the system's for temporary files where none is
// named, but not one that lies in memory. Its files are gone when a plan is measured,
// and where the system allows it they have no name.
type Disk struct{ Folder string }

var _ rows.Spiller = Disk{}

// chunkBytes is about how much of a sort is in memory: extsort counts records, of
// which it sorts one chunk while the next comes.
const chunkBytes = 16 << 20

// Sort begins a sort.
func (d Disk) Sort(ctx context.Context, size int) rows.Sorter {
	ctx, cancel := context.WithCancel(ctx)
	return &sort{ctx: ctx, cancel: cancel, folder: d.Folder, size: size}
}

// start is once it is known how large a record is.
func (s *sort) start(record []byte) {
	s.in, s.ended = make(chan string, 256), make(chan struct{})
	chunk := min(max(chunkBytes/max(s.size, len(record), 1), 64), 1<<17)
	sorter, out, errs := extsort.Generic(s.in, fromBytes, toBytes, strings.Compare,
		&extsort.Config{ChunkSize: chunk, NumWorkers: 1, SortedChanBuffSize: 256, TempFilesDir: s.folder})
	s.out, s.errs = out, errs
	go func() {
		defer close(s.ended)
		sorter.Sort(s.ctx)
	}()
}

func fromBytes(b []byte) (string, error) { return string(b), nil }
func toBytes(s string) ([]byte, error)   { return []byte(s), nil }

type sort struct {
	ctx    context.Context
	cancel context.CancelFunc
	folder string
	size   int
	in     chan string
	out    <-chan string
	errs   <-chan error
	ended  chan struct{} // all came, or it failed
	closed bool
}

func (s *sort) Add(record []byte) error {
	if s.in == nil {
		s.start(record)
	}
	select {
	case s.in <- string(record):
		return nil
	case <-s.ended:
		return failed(<-s.errs)
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

func (s *sort) Sorted() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if s.in == nil {
			return
		}
		s.end()
		for record := range s.out {
			if !yield([]byte(record), nil) {
				return
			}
		}
		if err := <-s.errs; err != nil {
			yield(nil, failed(err))
		}
	}
}

func (s *sort) end() {
	if !s.closed {
		s.closed = true
		close(s.in)
	}
}

// Close waits until the files are gone.
func (s *sort) Close() {
	s.cancel()
	if s.in == nil {
		return
	}
	s.end()
	for range s.out {
	}
	<-s.ended
}

func failed(err error) error {
	if err == nil {
		err = errors.New("it ended, and does not say why")
	}
	return fmt.Errorf("what memory does not hold could not be sorted on disk: %w", err)
}
