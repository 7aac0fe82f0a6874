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
	if err != nil {
		err = fmt.Errorf("the rows could not be written: %w", err)
	}
	return written, err
}

// spec is what the settings ask for, checked.
func (s *Settings) spec() (panel.Spec, error) {
	spec := s.Spec
	spec.Wording = flagged
	if err := s.Dialect.Check(); err != nil {
		return spec, panel.Mistake{Err: err}
	}
	if err := spec.Ask(s.Windows); err != nil {
		return spec, err
	}
	return spec, spec.Validate()
}

// flagged writes a setting as a flag.
func flagged(setting, value string) string {
	if value != "" {
		value = " " + value
	}
	return "--" + dashed(setting) + value
}

// tables opens the files, and says which is the one whose rows are written.
func (n *inputs) tables(ctx context.Context, rows input) (from panel.Tables, asked table, err error) {
	s := n.settings
	expected, points := s.ofExpected(), s.ofPoints()
	for _, of := range []struct {
		setting string
		in      input
		into    *panel.Table
		asked   bool
	}{
		{"", rows, &from.Rows, true},
		{"expected", input{path: s.Expected, format: formatOf(s.Expected), types: expected, optional: expected}, &from.Expected, false},
		{"points", input{path: s.Points, format: formatOf(s.Points), types: points, optional: points}, &from.Points, true},
	} {
		if of.setting != "" && of.in.path == "" {
			continue
		}
		source, err := n.open(ctx, of.in)
		if err != nil {
			if of.setting != "" {
				err = fmt.Errorf("%s: %w", flagged(of.setting, ""), err)
			}
			return from, asked, err
		}
		*of.into = panel.Table{Name: of.in.name(), Source: source}
		if of.in.format == parquetFormat {
			of.into.At = rowOfParquet
		}
		if of.asked {
			asked = table{Table: *of.into, source: source, format: of.in.format, dialect: s.Dialect}
		}
	}
	return from, asked, n.checkFormats()
}

// rowOfParquet says where a row is that no line tells.
func rowOfParquet(file string, row int64) string { return fmt.Sprintf("%s, row %d", file, row) }
