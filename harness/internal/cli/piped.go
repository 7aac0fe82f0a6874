package cli

import (
	"context"
	"fmt"
	"iter"
	"os"
	"strings"
	"sync"

	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

// piped is the rows of a pipe, which is read once and kept until it is closed.
type piped struct {
	path   string
	format string
	open   func(path string) (files.Source, error)

	mu     sync.Mutex
	kept   spool.File
	source files.Source
	err    error
}

// isPipe reports whether reading a path uses up what it gives, as that of standard
// input may.
func isPipe(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && (!info.Mode().IsRegular() || strings.HasPrefix(path, "/dev/"))
}

// rows are those of the file that the pipe is kept in.
func (p *piped) rows(ctx context.Context) (files.Source, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.source == nil && p.err == nil {
		p.source, p.err = p.keep(ctx)
	}
	return p.source, p.err
}

func (p *piped) keep(ctx context.Context) (files.Source, error) {
	in, err := openPipe(ctx, p.path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if p.kept, err = spool.Copy(ctx, in, p.path, p.format); err != nil {
		return nil, err
	}
	return p.open(p.kept.Path)
}

// openPipe waits for somebody to write, as long as there is time.
func openPipe(ctx context.Context, path string) (*os.File, error) {
	type result struct {
		file *os.File
		err  error
	}
	done := make(chan result, 1)
	go func() {
		f, err := os.Open(path)
		done <- result{f, err}
	}()
	select {
	case r := <-done:
		return r.file, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("nothing is written to %s: %w", path, context.Cause(ctx))
	}
}

func (p *piped) named(err error) error { return spool.Named(err, p.kept.Path, p.path) }

// Schema is that of the rows.
func (p *piped) Schema(ctx context.Context) (expr.Schema, error) {
	src, err := p.rows(ctx)
	if err != nil {
		return nil, err
	}
	s, err := src.Schema(ctx)
	for i := range s {
		s[i].Err = p.named(s[i].Err)
	}
	return s, p.named(err)
}

// Settle makes the schema no guess.
func (p *piped) Settle(ctx context.Context) error {
	src, err := p.rows(ctx)
	if err != nil {
		return err
	}
	return p.named(src.Settle(ctx))
}

// Scan reads the rows.
func (p *piped) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		src, err := p.rows(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		for b, err := range src.Scan(ctx, columns) {
			for i := range columns {
				if err == nil {
					b.Columns[i].Err = p.named(b.Columns[i].Err)
				}
			}
			if !yield(b, p.named(err)) {
				return
			}
		}
	}
}

// Notes are those of the rows.
func (p *piped) Notes() []string {
	if p.source == nil {
		return nil
	}
	return p.source.Notes()
}

// Close takes the copy away.
func (p *piped) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.source != nil {
		p.source.Close()
	}
	return p.kept.Remove()
}
