package rows

import (
	"context"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// input is rows that are read: a table's, those of a derivation, or literal ones.
type input struct {
	name    string
	source  expr.Source
	columns []string
	readers []*reader
	// before are the inputs whose rows must be there first, for a join to stream.
	before []*input
	read   bool
}

// reader takes some columns of an input's batches.
type reader struct {
	*stage
	at    []int
	batch expr.Batch
	err   error
}

func (in *input) run(ctx context.Context) {
	if in.read {
		return
	}
	in.read = true
	for _, b := range in.before {
		b.run(ctx)
	}
	if ctx.Err() != nil {
		return
	}
	err := quality.Guard(sourcePanicked, func() error { return in.scan(ctx) })
	if err == nil {
		err = ctx.Err() // a source that stopped for it may not have said so
	}
	if err != nil {
		in.fail(err)
		return
	}
	for _, r := range in.readers {
		if r.err == nil {
			r.finish()
		}
	}
}

func (in *input) scan(ctx context.Context) error {
	for b, err := range in.source.Scan(ctx, in.columns) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for _, r := range in.readers {
			r.take(b)
		}
	}
	return nil
}

func (in *input) fail(err error) {
	for _, r := range in.readers {
		r.err = err
	}
}

func (r *reader) take(b *expr.Batch) {
	if r.err != nil {
		return
	}
	r.batch.Rows = b.Rows
	for i, c := range r.at {
		r.batch.Columns[i] = b.Columns[c]
	}
	r.send(&r.batch)
}
