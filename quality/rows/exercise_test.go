package rows_test

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func TestExercise(t *testing.T) {
	enginetest.Exercise(t, enginetest.Subject{Load: memory(whole)})
}

// TestExerciseOnDisk is where every operator spills after the first rows: it answers
// as if nothing did, and as if each relation were made for each place it stands in.
func TestExerciseOnDisk(t *testing.T) {
	disk := &counted{}
	enginetest.Exercise(t, enginetest.Subject{
		Load:   memory(func(s expr.Source) expr.Source { return pieces{s} }, rows.SpillAtOnce(), rows.SpillTo(disk)),
		Oracle: unshared,
	})
	require.NotZero(t, disk.records)
	require.Zero(t, disk.open, "sorts that were not closed")
}

func whole(s expr.Source) expr.Source { return s }

func memory(source func(expr.Source) expr.Source, options ...rows.Option) enginetest.Load {
	return func(_ context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
		sources := map[string]expr.Source{}
		for _, table := range tables {
			sources["memory."+table.Name] = source(enginetest.Source(table))
		}
		return func() (quality.Engine, error) { return rows.NewEngine(sources, options...), nil }, "memory", nil
	}
}

// unshared is the engine as one that does not say that it shares relations.
func unshared(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
	open, dataset, err := memory(whole)(ctx, tables)
	return func() (quality.Engine, error) {
		e, err := open()
		return struct{ quality.Engine }{e}, err
	}, dataset, err
}

// counted counts the records that it sorts, which it does in memory.
type counted struct{ sorts, records, open int }

func (c *counted) Sort(context.Context, int) rows.Sorter {
	c.sorts++
	c.open++
	return &sorter{of: c}
}

type sorter struct {
	of      *counted
	records [][]byte
	closed  bool
}

func (s *sorter) Add(record []byte) error {
	s.of.records++
	s.records = append(s.records, bytes.Clone(record))
	return nil
}

func (s *sorter) Sorted() iter.Seq2[[]byte, error] {
	slices.SortFunc(s.records, bytes.Compare)
	return func(yield func([]byte, error) bool) {
		for _, r := range s.records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (s *sorter) Close() {
	if !s.closed {
		s.closed = true
		s.of.open--
	}
}

// pieces are batches of a few rows.
type pieces struct{ expr.Source }

func (p pieces) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range p.Source.Scan(ctx, columns) {
			if err != nil {
				yield(nil, err)
				return
			}
			for low := 0; low < b.Rows; low += 64 {
				if !yield(rows.Piece(b, low, min(low+64, b.Rows)), nil) {
					return
				}
			}
		}
	}
}
