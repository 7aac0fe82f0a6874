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

	// placed: somebody asks where the rows stand, which is counted where the source
	// does not tell.
	placed    bool
	files     *paths
	rows      int64
	positions expr.Vector
}

// placed is the place of where rows stand, which is no column of the source.
const placed = -1

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
	for b, err := range expr.Scan(ctx, in.source, in.columns) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if in.placed {
			in.place(b)
		}
		for _, r := range in.readers {
			r.take(b, &in.positions)
		}
	}
	return nil
}

// place says where the rows of a batch stand.
func (in *input) place(b *expr.Batch) {
	file := quality.Position(in.files.number(b.File), 0)
	in.positions.Reset(expr.Int64, b.Rows)
	in.positions.Valid = in.positions.Valid.Fill(b.Rows)
	out := in.positions.Ints
	for i := range out {
		out[i] = file + in.rows + int64(i) + 1
	}
	for i, line := range b.Lines {
		out[i] = file + line
	}
	in.rows += int64(b.Rows)
}

// paths are files in the order that they are met in.
type paths []string

func (p *paths) number(path string) int {
	for i := len(*p) - 1; i >= 0; i-- { // mostly the last
		if (*p)[i] == path {
			return i
		}
	}
	*p = append(*p, path)
	return len(*p) - 1
}

func (in *input) fail(err error) {
	for _, r := range in.readers {
		r.err = err
	}
}

func (r *reader) take(b *expr.Batch, positions *expr.Vector) {
	if r.err != nil {
		return
	}
	r.batch.Rows = b.Rows
	for i, c := range r.at {
		if c == placed {
			r.batch.Columns[i] = *positions
			continue
		}
		r.batch.Columns[i] = b.Columns[c]
	}
	r.send(&r.batch)
}
