package history

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// File is the path of an NDJSON file, a record a line. Processes of one machine append
// to it at the same time and lose nothing: they wait for each other's lock.
type File string

// askAgain is how long it takes until a lock that another process has is asked for again.
const askAgain = 10 * time.Millisecond

// Append adds a run's records, all or none, and returns once they are on the disk.
// Where the file ends within a line, as that of a process that was killed, they begin
// on the next one. Added is false where the file has the run already.
func (f File) Append(ctx context.Context, records []Record) (added bool, err error) {
	if len(records) == 0 {
		return false, nil
	}
	lines, err := linesOf(records)
	if err != nil {
		return false, err
	}
	file, done, err := f.locked(ctx)
	if err != nil {
		return false, fmt.Errorf("history %s: %w", string(f), err)
	}
	defer func() { err = errors.Join(err, done()) }()
	there, err := holds(ctx, file, records[0].RunID)
	if err == nil && !there {
		err = appendWhole(file, lines)
	}
	if err == nil && !there {
		err = syncFolder(filepath.Dir(string(f)))
	}
	if err != nil {
		return false, fmt.Errorf("history %s: %w", string(f), err)
	}
	return !there, nil
}

// syncFolder has a file that is new be found again after a crash. Windows knows no such
// thing of folders.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func linesOf(records []Record) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for _, r := range records {
		if err := e.Encode(r); err != nil {
			return nil, fmt.Errorf("a record cannot be written: %w", err)
		}
	}
	return out.Bytes(), nil
}

// locked opens the file and waits until nobody else has its lock. A file that took its
// name meanwhile is the one that is meant.
func (f File) locked(ctx context.Context) (*os.File, func() error, error) {
	for {
		if info, err := os.Stat(string(f)); err == nil && !info.Mode().IsRegular() {
			return nil, nil, errors.New("it is no regular file: name a file, or one that is not there yet")
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		lock := flock.New(string(f), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
		if _, err := lock.TryLockContext(ctx, askAgain); err != nil {
			if ctx.Err() != nil {
				err = fmt.Errorf("another process has its lock: %w", context.Cause(ctx))
			}
			return nil, nil, errors.Join(err, lock.Close())
		}
		file, err := os.OpenFile(string(f), os.O_RDWR|os.O_APPEND, 0)
		if err == nil && same(lock, file) {
			return file, func() error { return errors.Join(file.Close(), lock.Close()) }, nil
		}
		if err == nil {
			err = file.Close()
		}
		if err = errors.Join(err, lock.Close()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
	}
}

func same(lock *flock.Flock, file *os.File) bool {
	locked, err1 := lock.Stat()
	opened, err2 := file.Stat()
	return errors.Join(err1, err2) == nil && os.SameFile(locked, opened)
}

// holds reports whether the file has a whole run of an id.
func holds(ctx context.Context, file io.Reader, id string) (bool, error) {
	mark, err := json.Marshal(id)
	if err != nil {
		return false, err
	}
	seen := newRuns()
	err = eachLine(ctx, file, func(n int, line []byte, _ bool) {
		var r Record
		if bytes.Contains(line, mark) && json.Unmarshal(line, &r) == nil && r.RunID == id {
			seen.add(r, n)
		}
	})
	return len(seen.whole()) > 0, err
}

// growing is what lines are added to: a file.
type growing interface {
	io.Writer
	io.Seeker
	io.ReaderAt
	Truncate(int64) error
	Sync() error
}

// appendWhole adds lines behind a whole one. What cannot be written as a whole, as on a
// full disk, is taken back: under the lock nobody has added anything behind it.
func appendWhole(file growing, lines []byte) error {
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if last := make([]byte, 1); end > 0 {
		if _, err := file.ReadAt(last, end-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			lines = append([]byte{'\n'}, lines...)
		}
	}
	_, err = file.Write(lines)
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("nothing was appended: %w", err), file.Truncate(end))
	}
	return nil
}
