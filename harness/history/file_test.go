package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofrs/flock"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// envAppend has this test binary append runs to the file that it names, and end.
const envAppend = "INTACT_TEST_APPEND"

func TestMain(m *testing.M) {
	if path := os.Getenv(envAppend); path != "" {
		if err := appendRuns(path, os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const runsOfAProcess = 25

func appendRuns(path, name string) error {
	errs := make([]error, runsOfAProcess)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			_, errs[i] = File(path).Append(context.Background(), made(fmt.Sprintf("%s-%d", name, i), 30))
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// made are so many records of a run, of about a block of a pipe together.
func made(id string, n int) []Record {
	out := make([]Record, n)
	for i := range out {
		out[i] = Record{
			SchemaVersion: SchemaVersion, Record: OfFinding, RunID: id, Number: int64(i + 1), Records: int64(n),
			Suite: "games", CheckID: ptr("rows"), Verdict: ptr("pass"), Reason: ptr(strings.Repeat("r", 200)),
		}
	}
	return out
}

func path(t *testing.T) File { return File(filepath.Join(t.TempDir(), "history.ndjson")) }

func appended(t *testing.T, f File, records []Record) {
	t.Helper()
	added, err := f.Append(t.Context(), records)
	require.NoError(t, err)
	require.True(t, added)
}

func ids(records []Record) []string {
	var out []string
	for _, r := range records {
		out = append(out, r.RunID)
	}
	return slices.Compact(out)
}

// Real processes append at the same time, each of them several runs, and not a line is lost or torn.
func TestProcessesAppendAtOnce(t *testing.T) {
	f := path(t)
	self, err := os.Executable()
	require.NoError(t, err)
	const processes = 6
	var all sync.WaitGroup
	for i := range processes {
		cmd := exec.CommandContext(t.Context(), self, fmt.Sprintf("p%d", i))
		cmd.Env = append(os.Environ(), envAppend+"="+string(f))
		all.Go(func() {
			out, err := cmd.CombinedOutput()
			assert.NoError(t, err, "%s", out)
		})
	}
	all.Wait()
	got, skipped, err := f.Read(t.Context())
	require.NoError(t, err)
	assert.Empty(t, skipped)
	assert.Len(t, got, processes*runsOfAProcess*30)
	assert.Len(t, ids(got), processes*runsOfAProcess, "the records of a run follow one another")
}

func TestFileKeepsARunOnce(t *testing.T) {
	f := path(t)
	appended(t, f, made("r1", 3))
	before, err := os.ReadFile(string(f))
	require.NoError(t, err)
	added, err := f.Append(t.Context(), made("r1", 5))
	require.NoError(t, err)
	assert.False(t, added)
	after, err := os.ReadFile(string(f))
	require.NoError(t, err)
	assert.Equal(t, before, after)
}

// What a killed process left is told by its line, and the next run begins on its own.
func TestTornLineIsTold(t *testing.T) {
	for name, cut := range map[string]int{"within a line": 40, "of its last sign": 1} {
		t.Run(name, func(t *testing.T) {
			f := path(t)
			appended(t, f, made("r1", 2))
			appended(t, f, made("r2", 2))
			text, err := os.ReadFile(string(f))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(string(f), text[:len(text)-cut], 0o600))
			if cut == 1 { // the line is whole but for its end
				got, skipped, err := f.Read(t.Context())
				require.NoError(t, err)
				assert.Empty(t, skipped)
				assert.Equal(t, []string{"r1", "r2"}, ids(got))
				appended(t, f, made("r3", 1))
				got, _, err = f.Read(t.Context())
				require.NoError(t, err)
				assert.Equal(t, []string{"r1", "r2", "r3"}, ids(got))
				return
			}
			appended(t, f, made("r3", 1))
			got, skipped, err := f.Read(t.Context())
			require.NoError(t, err)
			assert.Equal(t, []string{"r1", "r3"}, ids(got), "of r2 a part is there")
			require.Len(t, skipped, 2)
			assert.Equal(t, []int{3, 4}, []int{skipped[0].Line, skipped[1].Line})
			assert.ErrorContains(t, skipped[0].Err, "run r2 has 2 records, and 1 of them are here")
			assert.ErrorContains(t, skipped[1].Err, "it is torn, as by a run that was killed: ")

			appended(t, f, made("r2", 2)) // and is appended again by whoever repeats it
			got, _, err = f.Read(t.Context())
			require.NoError(t, err)
			assert.Equal(t, []string{"r1", "r3", "r2"}, ids(got))
		})
	}
}

// Two writings of a run, each cut off, are not put together to one.
func TestPartsOfTwoWritingsAreNoRun(t *testing.T) {
	f := path(t)
	lines, err := linesOf(made("r1", 3))
	require.NoError(t, err)
	each := strings.SplitAfter(string(lines), "\n")
	require.NoError(t, os.WriteFile(string(f), []byte(each[0]+each[0]+each[1]+each[0]+each[2]), 0o600))
	got, skipped, err := f.Read(t.Context())
	require.NoError(t, err)
	assert.Empty(t, got)
	assert.Len(t, skipped, 4)
}

func TestLinesThatAreNoRecords(t *testing.T) {
	f := path(t)
	appended(t, f, made("r1", 1))
	for _, line := range []string{"{}", `{"schema_version": 2}`, "[1]", `"text"`, "null", "\x00\xff", `{"schema_version":1,"record":"finding","run_id":"x","record_number":1,"record_count":1}`} {
		text, err := os.ReadFile(string(f))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(string(f), append(text, line+"\n"...), 0o600))
	}
	got, skipped, err := f.Read(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"r1"}, ids(got))
	assert.Len(t, skipped, 7)
	appended(t, f, made("r2", 1))
}

// A file whose lock another process has is waited for, as long as there is time.
func TestLockThatIsNotGivenBack(t *testing.T) {
	f := path(t)
	lock := flock.New(string(f))
	require.NoError(t, lock.Lock())
	defer lock.Unlock()
	ctx, stop := context.WithCancelCause(t.Context())
	stop(errors.New("enough"))
	_, err := f.Append(ctx, made("r1", 1))
	assert.ErrorContains(t, err, "another process has its lock: enough")
}

func TestFileThatCannotBeAppendedTo(t *testing.T) {
	dir := t.TempDir()
	for name, f := range map[string]File{
		"a folder":        File(dir),
		"no such folder":  File(filepath.Join(dir, "no", "history.ndjson")),
		"no regular file": File(os.DevNull),
	} {
		_, err := f.Append(t.Context(), made("r1", 1))
		assert.ErrorContains(t, err, "history "+string(f), name)
	}
}

// full is a file on a disk that takes so many bytes more.
type full struct {
	*os.File
	left int
}

func (f *full) Write(p []byte) (int, error) {
	n, err := f.File.Write(p[:min(len(p), f.left)])
	if err == nil && n < len(p) {
		err = errors.New("no space left on device")
	}
	return n, err
}

// A disk that is full takes nothing: what was there stays, and is whole.
func TestFullDisk(t *testing.T) {
	f := path(t)
	appended(t, f, made("r1", 1))
	before, err := os.ReadFile(string(f))
	require.NoError(t, err)
	file, err := os.OpenFile(string(f), os.O_RDWR|os.O_APPEND, 0)
	require.NoError(t, err)
	defer file.Close()
	lines, err := linesOf(made("r2", 2))
	require.NoError(t, err)
	err = appendWhole(&full{file, 100}, lines)
	assert.ErrorContains(t, err, "nothing was appended: no space left on device")
	after, err := os.ReadFile(string(f))
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}
