package cli

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/publish/onfile"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/spill"
	"github.com/intactdata/intact/quality/suitefile"
)

// publishIntoFile opens a publication into a file.
func (p Process) publishIntoFile(ctx context.Context, f publishFlags, j *publishing) error {
	main := j.files[0]
	overrides, err := parseData(f.data)
	if err != nil {
		return err
	}
	if _, ok := overrides[j.request.Table]; ok {
		return fmt.Errorf("--data names %s, which is what --into says: leave one out", j.request.Table)
	}
	memory := []rows.Option{rows.SpillTo(spill.Disk{})}
	j.request.Memory = memory
	read := withoutSource(j.files, j.request.Table)
	if f.oracle != "" {
		read = append(read, suitefile.File{Suite: quality.Suite{Name: "--oracle", Table: f.oracle}})
	}
	others, err := sourcesOf(read, overrides, f.input, nil)
	if err != nil {
		return err
	}
	j.local = others
	for _, s := range others {
		if c, ok := s.(io.Closer); ok {
			j.onClose(func() { c.Close() })
		}
	}
	options := files.Options{Types: main.Columns, Dialect: main.Dialect}
	into := &onfile.Table{Name: j.request.Table, Path: f.into, Options: options, Others: others, Memory: memory}
	j.request.Target = into
	info, err := into.Look(ctx)
	if err != nil && !errors.Is(err, publish.ErrNoTable) {
		return evaluationError{err}
	}
	types := typesOf(info)
	maps.Copy(types, main.Columns)
	return p.openSent(ctx, f, j, files.Options{Types: types})
}

// withoutSource are the suites without where the rows of a table are: they are those that
// are published.
func withoutSource(of []suitefile.File, table string) []suitefile.File {
	out := make([]suitefile.File, len(of))
	for i, f := range of {
		if out[i] = f; f.Suite.Table == table {
			out[i].Local = suitefile.Local{}
		}
		out[i].Tables = nil
		for _, t := range f.Tables {
			if t.Name != table {
				out[i].Tables = append(out[i].Tables, t)
			}
		}
	}
	return out
}

// openSent opens the rows that are to be published, and where they go that are set aside.
func (p Process) openSent(ctx context.Context, f publishFlags, j *publishing, o files.Options) error {
	types, err := declared(ctx, f.rowsFile, o)
	if err != nil {
		return evaluationError{fmt.Errorf("--rows: %w", err)}
	}
	o.Types, o.Progress = types, p.progress()
	source, err := files.Open([]string{f.rowsFile}, o)
	if err != nil {
		return evaluationError{fmt.Errorf("--rows: %w", err)}
	}
	j.request.Rows = source
	j.onClose(func() { closeSource(source) })
	if f.aside != "" {
		for flag, path := range map[string]string{"rows": f.rowsFile, "into": f.into} {
			if sameFile(f.aside, path) {
				return fmt.Errorf("--aside %s is the file of --%s: what is set aside goes to a file of its own", f.aside, flag)
			}
		}
		j.request.Aside = &onfile.Aside{Path: f.aside}
	}
	return nil
}

// sameFile reports whether two paths are of one file, which need not be there yet.
func sameFile(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	if err1 == nil && err2 == nil {
		return os.SameFile(one, other)
	}
	a, err1 = filepath.Abs(a)
	b, err2 = filepath.Abs(b)
	return err1 == nil && err2 == nil && a == b
}

func closeSource(s any) {
	if c, ok := s.(io.Closer); ok {
		c.Close()
	}
}

// digestOf is of the bytes of the file of the rows.
func digestOf(ctx context.Context, path string) (string, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8]), context.Cause(ctx)
}

// runOf names a run by its rows, its days and its claim: tried again under the same claim it
// is the same, and under another one it is not.
func runOf(r publish.Request) string {
	return fmt.Sprintf("rows %s of %s to %s token %d", r.Digest, r.From, r.To, r.Token)
}
