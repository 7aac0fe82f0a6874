package onfile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/publish"
)

// fence is what is written down beside a table: how high tokens have been, and what runs
// have been published.
type fence struct {
	Seen []seen `json:"seen"`
	Runs []done `json:"runs"`
}

// seen is the highest token of some days.
type seen struct {
	From  civil.Date `json:"from"`
	To    civil.Date `json:"to"`
	Token int64      `json:"token"`
}

// done is a run, and what the file was to be after it. One without a name says that others
// had written the file before the next.
type done struct {
	Run    string     `json:"run"`
	Digest string     `json:"sha256"`
	Rows   string     `json:"rows,omitempty"`
	From   civil.Date `json:"from,omitzero"`
	To     civil.Date `json:"to,omitzero"`
}

// mostRuns is how many runs are kept: an older one that is tried again is published again.
const mostRuns = 1000

func beside(path, what string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+what)
}

func readFence(path string) (fence, error) {
	var out fence
	text, err := os.ReadFile(beside(path, "fence"))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.DisallowUnknownFields()
		err = d.Decode(&out)
	}
	if err != nil {
		return out, fmt.Errorf("the fence of %s cannot be read, and without it nothing is written: %w", path, err)
	}
	return out, nil
}

// write replaces the fence.
func (f fence) write(sys System, path string) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	dir := filepath.Dir(path)
	file, err := sys.Create(dir, "."+filepath.Base(path)+".fence-*")
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = sys.Rename(file.Name(), beside(path, "fence"))
	}
	if err == nil {
		err = sys.SyncDir(dir)
	} else {
		err = errors.Join(err, ignoreAbsent(sys.Remove(file.Name())))
	}
	return errors.Join(err, file.Close())
}

// over is what has been seen that is above the token of a write.
func (f fence) over(w publish.Write) error {
	for _, s := range f.Seen {
		if s.Token > w.Token && !s.From.After(w.To) && !s.To.Before(w.From) {
			return &publish.OvertakenError{Table: w.Table, Token: w.Token, Seen: s.Token, From: s.From, To: s.To}
		}
	}
	return nil
}

// raised is the fence that has seen a token; days that lie within those of a token that is
// no lower need no line of their own.
func (f fence) raised(w publish.Write) fence {
	out := fence{Runs: f.Runs, Seen: []seen{{w.From, w.To, w.Token}}}
	for _, s := range f.Seen {
		if s.Token > w.Token || s.From.Before(w.From) || s.To.After(w.To) {
			out.Seen = append(out.Seen, s)
		}
	}
	return out
}

// finished is the fence without a run that was never swapped in: the last, where the file
// is not what it was to be. Where the file is neither what the one before it left, others
// have written it.
func (f fence) finished(digest string) fence {
	n := len(f.Runs)
	if n == 0 || f.Runs[n-1].Digest == digest {
		return f
	}
	if n > 1 && f.Runs[n-2].Digest == digest {
		f.Runs = f.Runs[:n-1]
		return f
	}
	return f.with(done{Digest: digest})
}

// with is the fence with one more run.
func (f fence) with(d done) fence {
	runs := append(f.Runs[:len(f.Runs):len(f.Runs)], d)
	f.Runs = runs[max(0, len(runs)-mostRuns):]
	return f
}

// has reports whether the rows of a run are there. What others may have taken away since is
// not, and can be published again.
func (f fence) has(w publish.Write, digest string) (bool, error) {
	f = f.finished(digest)
	at := -1
	for i, d := range f.Runs {
		if d.Run == w.Run && d.Run != "" {
			at = i
		}
	}
	if at < 0 {
		return false, nil
	}
	if err := w.Spent(f.Runs[at].Rows, f.Runs[at].From, f.Runs[at].To); err != nil {
		return false, err
	}
	there := true
	for _, d := range f.Runs[at+1:] {
		if d.Run == "" {
			there = false
		} else if !d.From.IsZero() && !d.From.After(w.To) && !d.To.Before(w.From) {
			return false, w.Replaced(d.Run)
		}
	}
	return there, nil
}

// raise lets no lower token publish into the days any more.
func raise(ctx context.Context, sys System, path string, w publish.Write) error {
	unlock, err := sys.Lock(ctx, beside(path, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	f, err := readFence(path)
	if err == nil {
		err = f.over(w)
	}
	if err != nil {
		return err
	}
	return f.raised(w).write(sys, path)
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
