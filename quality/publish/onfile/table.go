package onfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/rows"
)

// Table is a file that rows are published into. It is a [publish.Target].
type Table struct {
	// Name is what suites call it.
	Name string
	Path string
	// Options say how it is read, and written.
	Options files.Options
	// Others are the rows of the other tables that suites read.
	Others map[string]expr.Source
	// Memory are options of the engine that suites are run by.
	Memory []rows.Option
	// System defaults to the operating system.
	System System
}

func (t *Table) system() System {
	if t.System == nil {
		return machine{}
	}
	return t.System
}

// path is where the file is, whatever links lead there: they stay.
func (t *Table) path() (string, error) {
	real, err := filepath.EvalSymlinks(t.Path)
	if errors.Is(err, fs.ErrNotExist) {
		if info, err := os.Lstat(t.Path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return "", fmt.Errorf("%s is a link to where nothing is: name the file itself", t.Path)
		}
		return t.Path, nil
	}
	return real, err
}

// Look reads what columns the file has.
func (t *Table) Look(ctx context.Context) (quality.TableInfo, error) {
	out := quality.TableInfo{Name: t.Name}
	if _, err := writerOf(t.Path, t.Options); err != nil {
		return out, err
	}
	if _, err := os.Stat(t.Path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s: %w", t.Path, publish.ErrNoTable)
		}
		return out, err
	}
	source, err := t.open(t.Path)
	if err != nil {
		return out, err
	}
	defer closed(source)
	if s, ok := source.(expr.Settler); ok {
		if err := s.Settle(ctx); err != nil {
			return out, err
		}
	}
	out.Schema, err = source.Schema(ctx)
	return out, err
}

func (t *Table) open(path string) (files.Source, error) {
	return files.Open([]string{path}, t.Options)
}

// Done reports whether the fence knows the run.
func (t *Table) Done(ctx context.Context, w publish.Write) (bool, error) {
	path, err := t.path()
	if err != nil {
		return false, err
	}
	f, err := readFence(path)
	if err != nil {
		return false, err
	}
	digest, err := digestOf(ctx, path)
	if err != nil {
		return false, err
	}
	return f.has(w, digest)
}

// digestOf is of a file's bytes, "" of none.
func digestOf(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, reader{ctx, f}); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// reader ends with its context.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.Reader.Read(p)
}

func closed(s expr.Source) {
	if c, ok := s.(io.Closer); ok {
		c.Close()
	}
}
