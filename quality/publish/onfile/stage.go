package onfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/rows"
)

// stagePrefix is what the names of files begin with that are no table yet. They end as the
// table's does, which tells how they are read.
const stagePrefix = ".publish-"

// staged is a file beside a table.
type staged struct {
	t       *Table
	w       publish.Write
	path    string // of the table
	file    File
	digest  string
	was     os.FileInfo // nil: there was no table
	before  string      // its digest
	present files.Source
	would   files.Source
	sent    expr.Source
}

// Stage writes the file as it would be.
func (t *Table) Stage(ctx context.Context, w publish.Write, sent expr.Source) (publish.Staged, error) {
	path, err := t.path()
	if err != nil {
		return nil, err
	}
	if err := raise(ctx, t.system(), path, w); err != nil {
		return nil, err
	}
	s := &staged{t: t, w: w, path: path, sent: sent}
	if err := s.stage(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s could not be written anew: %w", t.Path, err), s.Discard(ctx))
	}
	return s, nil
}

// sweep removes what those have left that have died.
func (t *Table) sweep(path string) {
	dir, base := escaped(filepath.Dir(path)), escaped(filepath.Base(path))
	for _, pattern := range []string{stagePrefix + "*-" + base, "." + base + ".fence-*"} {
		left, _ := filepath.Glob(filepath.Join(dir, pattern)) // it is none that is malformed
		for _, name := range left {
			t.system().Sweep(name)
		}
	}
}

func (s *staged) stage(ctx context.Context) (err error) {
	s.t.sweep(s.path)
	if s.was, err = os.Stat(s.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		if s.present, err = s.t.open(s.path); err != nil {
			return err
		}
		if s.before, err = digestOf(ctx, s.path); err != nil {
			return err
		}
	}
	if s.file, err = s.t.system().Create(filepath.Dir(s.path), stagePrefix+"*-"+filepath.Base(s.path)); err != nil {
		return err
	}
	if s.was != nil {
		if err := s.file.Chmod(s.was.Mode().Perm()); err != nil {
			return err
		}
	}
	sum := sha256.New()
	if err := s.compose(ctx, io.MultiWriter(s.file, sum)); err != nil {
		return err
	}
	s.digest = hex.EncodeToString(sum.Sum(nil))
	if err := s.file.Sync(); err != nil {
		return err
	}
	if s.moved() {
		return publish.ErrMoved
	}
	s.would, err = s.t.open(s.file.Name())
	return err
}

// moved reports whether the table is not the file that was read.
func (s *staged) moved() bool {
	now, err := os.Stat(s.path)
	if s.was == nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return err != nil || !os.SameFile(now, s.was) || now.Size() != s.was.Size() || !now.ModTime().Equal(s.was.ModTime())
}

// Engine measures the file in memory.
func (s *staged) Engine() quality.Engine {
	tables := maps.Clone(s.t.Others)
	if tables == nil {
		tables = map[string]expr.Source{}
	}
	tables[s.t.Name], tables[publish.Sent] = s.would, s.sent
	if s.present != nil {
		tables[publish.Present] = s.present
	}
	return rows.NewEngine(tables, s.t.Memory...)
}

// Swap renames the file over the table.
func (s *staged) Swap(ctx context.Context) error {
	sys := s.t.system()
	unlock, err := sys.Lock(ctx, beside(s.path, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	f, err := readFence(s.path)
	if err == nil {
		err = f.over(s.w)
	}
	if err == nil && s.moved() {
		err = publish.ErrMoved
	}
	if err != nil {
		return err
	}
	f = f.finished(s.before).with(done{s.w.Run, s.digest, s.w.Rows, s.w.From, s.w.To})
	if err := f.write(sys, s.path); err != nil {
		return err
	}
	if err := sys.Rename(s.file.Name(), s.path); err != nil {
		return err
	}
	s.closeAll()
	return sys.SyncDir(filepath.Dir(s.path))
}

// Discard removes the file, if it is not the table.
func (s *staged) Discard(context.Context) error {
	s.closeAll()
	if s.file == nil {
		return nil
	}
	return ignoreAbsent(s.t.system().Remove(s.file.Name()))
}

func (s *staged) closeAll() {
	if s.present != nil {
		closed(s.present)
	}
	if s.would != nil {
		closed(s.would)
	}
	if s.file != nil {
		s.file.Close()
	}
}

// escaped is a name as a pattern of it.
func escaped(name string) string {
	var out []rune
	for _, r := range name {
		if r == '*' || r == '?' || r == '[' || r == '\\' {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(out)
}
