package onfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
)

// Aside is a file that keeps rows which are set aside, of all runs. It is a
// [publish.Aside].
type Aside struct {
	Path string
	// System defaults to the operating system.
	System System
}

// Keep puts the rows of a run behind those of others, and in the place of those that it
// has kept before.
func (a *Aside) Keep(ctx context.Context, run string, rows expr.Source) error {
	name := "aside"
	t := &Table{Name: name, Path: a.Path, System: a.System, Options: files.Options{Types: map[string]expr.Type{}}}
	path, err := t.path()
	if err != nil {
		return err
	}
	unlock, err := t.system().Lock(ctx, beside(path, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	s := &staged{t: t, path: path, sent: rows, w: publish.Write{Table: name, Days: expr.Col(publish.RunColumn).Eq(run)}}
	if _, err := os.Stat(path); err == nil {
		t.Options.Types[publish.RunColumn] = expr.String
		if err := a.kept(ctx); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.stage(ctx); err != nil {
		return errors.Join(err, s.Discard(ctx))
	}
	if err := t.system().Rename(s.file.Name(), path); err != nil {
		return errors.Join(err, s.Discard(ctx))
	}
	s.closeAll()
	return t.system().SyncDir(filepath.Dir(path))
}

// kept is the error of a file that keeps something else.
func (a *Aside) kept(ctx context.Context) error {
	source, err := files.Open([]string{a.Path}, files.Options{})
	if err != nil {
		return err
	}
	defer closed(source)
	schema, err := source.Schema(ctx)
	if err == nil && !expr.Named(schema.Names(), publish.RunColumn) {
		err = fmt.Errorf("%s has no column %s, so that it keeps something else: name another file", a.Path, publish.RunColumn)
	}
	return err
}
