package windows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/rolling"
)

// Request is one run.
type Request struct {
	Spec  Spec
	Path  string // of the rows; "" is Stdin
	Stdin io.Reader
	Input string // the format of Stdin, of Formats
	// Output is the format of what is written; "" is that of the rows read.
	Output string
	Stdout io.Writer
	// Progress is told how far the reading of a file is; it may be nil.
	Progress func(files.Progress)
	// Now is when expected keys are due against.
	Now time.Time
}

// Run computes the windows and writes the rows with them. Nothing is written
// before all windows are known. The error is a SpecError where the request is
// wrong and not the data.
func Run(ctx context.Context, q Request) (*Summary, error) {
	if err := q.Spec.Check(); err != nil {
		return nil, err
	}
	zone := time.UTC
	if q.Spec.Zone != nil {
		zone = q.Spec.Zone
	}
	for _, e := range []*expr.Expr{&q.Spec.Counted, &q.Spec.Expected.Where} {
		*e = e.At(q.Now, zone)
	}
	path, name := q.Path, q.Path
	open := sources{dialect: q.Spec.Dialect, progress: q.Progress, opened: map[string]files.Source{}}
	if path == "" {
		open.reads(q.Stdin)
		spooled, err := spool.Copy(ctx, q.Stdin, "standard input", q.Input)
		if err != nil {
			return nil, err
		}
		defer spooled.Remove()
		path, name = spooled.Path, "standard input"
	}
	defer open.close()
	r, err := q.load(ctx, &open, path, name)
	if err != nil {
		return nil, err
	}
	if _, err := ending.Await(ctx, func() (any, error) { return nil, r.compute(q.Now) }); err != nil {
		return nil, err
	}
	out, err := r.newOutput(ctx, q.Stdout)
	if err != nil {
		return nil, err
	}
	s := r.summarize()
	err = out.write(ctx)
	s.Empty = r.empty
	if err == nil {
		err = open.unchanged()
	}
	if err != nil {
		return s, fmt.Errorf("the rows could not be written: %w", spool.Named(err, path, name))
	}
	return s, nil
}

// load loads the columns of all files. What the first rows of a file seem to be can
// turn out otherwise: then it begins again, with what all rows say.
func (q *Request) load(ctx context.Context, open *sources, path, name string) (*run, error) {
	for settled := false; ; {
		r := &run{spec: &q.Spec, output: q.Output, sources: open, apart: exactKeys{}}
		err := r.load(ctx, path, name)
		switch {
		case errors.Is(err, expr.ErrRevised):
		case err == nil || settled:
			return r, err
		default:
			settled = true
			open.settle(ctx)
		}
	}
}

// A run is what has been loaded and computed.
type run struct {
	spec    *Spec
	output  string
	sources *sources
	// formatted are the columns with a format that some file has.
	formatted []string
	windows   []rolling.Spec

	entities, teams, resets rolling.Dictionary
	apart                   exactKeys

	rows    *keys
	values  []*valueColumn
	counted []rolling.Truth // nil: every row
	// The predicates as they were computed; nil where there are none.
	countedBy, owedBy *predicate

	expected *keys // nil: none
	unkeyed  int   // keys that are not whole and owe no row
	excused  []bool
	due      []int64
	points   *keys // nil: the rows

	result  rolling.Result
	nothing string // says why nothing was judged; "" where something was
	empty   int    // texts that CSV does not tell from NULL
}
