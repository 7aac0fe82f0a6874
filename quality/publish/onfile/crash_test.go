package onfile_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/publish/onfile"
)

var errInjected = errors.New("injected")

// failing is a system in which something happens at one of its calls.
type failing struct {
	onfile.System
	at   int // which call
	how  string
	stop context.CancelFunc
	n    int
	dead bool
	name string // of the call
}

// do makes a call. A process that has died makes none.
func (f *failing) do(name string, call func() error) error {
	if f.dead {
		return errInjected
	}
	if f.n++; f.n != f.at {
		return call()
	}
	f.name = name
	switch f.how {
	case "an error":
		return errInjected
	case "death before":
		f.dead = true
		return errInjected
	case "death behind":
		f.dead = true
		return errors.Join(call(), errInjected)
	case "the answer is lost":
		return errors.Join(call(), errInjected)
	case "cancelled":
		f.stop()
	}
	return call()
}

func (f *failing) Create(dir, pattern string) (out onfile.File, err error) {
	err = f.do("create", func() (err error) { out, err = f.System.Create(dir, pattern); return err })
	if err == nil {
		return failingFile{out, f}, nil
	}
	if out != nil { // the process that died holds no lock
		out.Close()
	}
	return nil, err
}

func (f *failing) Rename(from, to string) error {
	return f.do("rename", func() error { return f.System.Rename(from, to) })
}

func (f *failing) SyncDir(dir string) error {
	return f.do("sync the folder", func() error { return nil }) // which takes its time, and shows nothing here
}

func (f *failing) Remove(path string) error {
	return f.do("remove", func() error { return f.System.Remove(path) })
}

func (f *failing) Lock(ctx context.Context, path string) (unlock func(), err error) {
	err = f.do("lock", func() (err error) { unlock, err = f.System.Lock(ctx, path); return err })
	if err != nil && unlock != nil {
		unlock()
	}
	return unlock, err
}

type failingFile struct {
	onfile.File
	f *failing
}

func (f failingFile) Write(p []byte) (n int, err error) {
	err = f.f.do("write", func() (err error) { n, err = f.File.Write(p); return err })
	if err != nil && n == 0 && f.f.n == f.f.at { // some of it gets through
		n, _ = f.File.Write(p[:len(p)/2])
	}
	return n, err
}

func (f failingFile) Sync() error { return f.f.do("sync", func() error { return nil }) }

func (f failingFile) Chmod(m os.FileMode) error {
	return f.f.do("chmod", func() error { return f.File.Chmod(m) })
}

const (
	sentRows = "game_date,team,points\n2026-01-04,NYK,98\n2026-01-04,BOS,97\n2026-01-04,LAL,0\n"
	after    = "game_date,team,points\n2026-01-03,BOS,101\n2026-01-05,\"L,A\nL\",77\n2026-01-04,NYK,98\n2026-01-04,BOS,97\n"
	aside    = "game_date,team,points,set_aside_by,run_id\n2026-01-04,LAL,0,range:points,r1\n"
)

// league is a request with a suite that sets rows aside, on a system of its own.
func (l league) request(t *testing.T, sys onfile.System) publish.Request {
	t.Helper()
	some := quality.AtMost(quality.Percent(50))
	of := checks.Ends{Column: "points"}
	var err error
	of.Low, err = expr.ValueOf(50)
	require.NoError(t, err)
	r := request(l.path, source(t, l.rows))
	r.Target = &onfile.Table{Name: table, Path: l.path, System: sys}
	r.Suites = []quality.Suite{{Name: "team_game", Table: table, Date: "game_date", Rules: []quality.Rule{{Check: checks.Range{Of: []checks.Ends{of}}, SetAside: &some}}}}
	r.Aside = &onfile.Aside{Path: l.aside, System: sys}
	return r
}

type league struct{ dir, path, rows, aside string }

func newLeague(t *testing.T) league {
	t.Helper()
	dir := t.TempDir()
	return league{dir, put(t, dir, "team_game.csv", before), put(t, dir, "rows.csv", sentRows), filepath.Join(dir, "aside.csv")}
}

// Whatever happens at whichever call, the table is as it was or as it is to be, and the run
// tried again ends well and leaves nothing behind.
func TestEveryCallMayBeTheLast(t *testing.T) {
	for _, how := range []string{"an error", "death before", "death behind", "the answer is lost", "cancelled"} {
		t.Run(how, func(t *testing.T) {
			calls, old, published := 0, 0, 0
			for at := 1; ; at++ {
				l := newLeague(t)
				ctx, stop := context.WithCancel(t.Context())
				sys := &failing{System: onfile.Machine(), at: at, how: how, stop: stop}
				_, err := publish.Run(ctx, l.request(t, sys))
				stop()
				if sys.name == "" {
					require.NoError(t, err)
					break
				}
				calls++
				what := fmt.Sprintf("%s at call %d, %s", how, at, sys.name)
				switch got := get(t, l.path); got {
				case before:
					old++
				case after:
					published++
				default:
					t.Fatalf("%s: the table is between: %q", what, got)
				}
				r, err := publish.Run(t.Context(), l.request(t, &failing{System: onfile.Machine()}))
				require.NoError(t, err, what)
				require.True(t, r.Published || r.Already, what)
				require.Equal(t, after, get(t, l.path), what)
				require.Equal(t, aside, get(t, l.aside), what)
				left, err := filepath.Glob(filepath.Join(l.dir, ".*-*"))
				require.NoError(t, err)
				require.Empty(t, left, what)
			}
			t.Logf("%d calls: %d times the old table, %d times the new one", calls, old, published)
			assert.Greater(t, calls, 15)
			assert.Positive(t, old)
			assert.Positive(t, published)
		})
	}
}
