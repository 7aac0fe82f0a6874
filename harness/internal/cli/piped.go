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
	opts   files.Options

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
	return p.kept.Open(p.opts)
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

// Schema is that of the rows.
func (p *piped) Schema(ctx context.Context) (expr.Schema, error) {
	src, err := p.rows(ctx)
	if err != nil {
		return nil, err
	}
	return src.Schema(ctx)
}

// Settle makes the schema no guess.
func (p *piped) Settle(ctx context.Context) error {
	src, err := p.rows(ctx)
	if err != nil {
		return err
	}
	return src.Settle(ctx)
}

// Scan reads the rows.
func (p *piped) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	src, err := p.rows(ctx)
	if err != nil {
		return unreadable{err}.Scan(ctx, columns)
	}
	return src.Scan(ctx, columns)
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
