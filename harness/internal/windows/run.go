package windows

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/rolling/panel"
)

// Request is one run.
type Request struct {
	Settings Settings
	Path     string // of the rows; "" is Stdin
	Stdin    io.Reader
	Input    string // the format of Stdin, of Formats
	// Output is the format of what is written; "" is that of the rows read.
	Output string
	Stdout io.Writer
	// Progress is told how far the reading of a file is; it may be nil.
	Progress func(files.Progress)
	// Now is when expected keys are due against.
	Now time.Time
}

// Run computes the windows and writes the rows with them. Nothing is written
// before all windows are known. The error is a panel.Mistake where the request is
// wrong and not the data.
func Run(ctx context.Context, q Request) (*Written, error) {
	s := &q.Settings
	spec, err := s.spec()
	if err != nil {
		return nil, err
	}
	rows := input{path: q.Path, format: formatOf(q.Path), types: s.Types, optional: s.ofExpected()}
	if q.Path == "" {
		rows.format = q.Input
		if rows.kept, err = spool.Copy(ctx, q.Stdin, "standard input", q.Input); err != nil {
			return nil, err
		}
		defer rows.kept.Remove()
	}
	in := &inputs{settings: s, progress: q.Progress}
	defer in.close()
	from, asked, err := in.tables(ctx, rows)
	if err != nil {
		return nil, err
	}
	loaded, err := panel.Load(ctx, spec, from, q.Now)
	if err != nil {
		return nil, err
	}
	computed, err := ending.Await(ctx, loaded.Compute)
	if err != nil {
		return nil, err
	}
	as := q.Output
	if as == "" {
		as = asked.format
	}
	written := &Written{Summary: computed.Summary()}
	out, err := newOutput(ctx, asked, computed, as, q.Stdout, &written.Empty)
	if err != nil {
		return nil, err
	}
	if err = out.write(ctx); err == nil {
		err = in.unchanged()
	}
	if err == nil && !s.Dialect.AsOfOpen {
		err = rows.kept.Unchanged()
	}
	if err != nil {
		err = fmt.Errorf("the rows could not be written: %w", err)
	}
	return written, err
}
