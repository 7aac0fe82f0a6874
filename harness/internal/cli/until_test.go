package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files"
)

// process is the command with nothing around it.
func process(args ...string) (p Process, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return Process{
		Args: args, Stdin: bytes.NewReader(nil), Stdout: stdout, Stderr: stderr,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	}, stdout, stderr
}

// gamesSuite writes a suite on rows of which one half has no usage.
func gamesSuite(t *testing.T, bound string) string {
	t.Helper()
	dir := t.TempDir()
	suite := filepath.Join(dir, "suite.yaml")
	require.NoError(t, os.WriteFile(suite, []byte("suite: games\ntable: d.games\nsource: games.csv\nchecks:\n  - complete: usage\n    at_least: "+bound+"\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte("day,usage\n1,2.5\n2,\n"), 0o600))
	return suite
}

func TestReportOutlivesItsRenderer(t *testing.T) {
	for name, render := range map[string]func(io.Writer, *quality.Report, report.Options) error{
		"a panic": func(w io.Writer, _ *quality.Report, _ report.Options) error {
			_, _ = io.WriteString(w, "half of a")
			panic("no such width")
		},
		"an error": func(io.Writer, *quality.Report, report.Options) error { return errors.New("no such width") },
	} {
		t.Run(name, func(t *testing.T) {
			outputs["failing"] = render
			defer delete(outputs, "failing")
			for bound, want := range map[string]struct {
				code    int
				verdict string
			}{"50%": {exitPass, "pass"}, "95%": {exitFail, "fail"}} {
				p, stdout, stderr := process("check", "-o", "failing", gamesSuite(t, bound))
				assert.Equal(t, want.code, Run(t.Context(), p))
				assert.Contains(t, stdout.String(), "complete:usage\n  "+want.verdict+": 1 of 2 rows (50.0%)")
				assert.NotContains(t, stdout.String(), "half of a")
				assert.Contains(t, stderr.String(), "no such width")
			}
		})
	}
}

func TestBarThatPanicsIsNoReasonToStop(t *testing.T) {
	p, _, _ := process()
	drawn := 0
	p.ErrTerminal, p.Stderr = true, writerFunc(func([]byte) (int, error) {
		drawn++
		panic("no such terminal")
	})
	progress := p.progress()
	for read := range int64(3) {
		progress(files.Progress{Path: "games.csv", Read: read * worthABar, Size: 4 * worthABar})
	}
	assert.Equal(t, 1, drawn, "it is not tried again")
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestFaultOfOurOwnIsNoVerdict(t *testing.T) {
	p, stdout, stderr := process("check", "--project", "p", gamesSuite(t, "95%"))
	p.OpenBigQuery = func(context.Context, string) (*bigquery.Client, error) { panic("no credentials in the answer") }
	assert.Equal(t, exitUnknown, Run(t.Context(), p))
	assert.Empty(t, stdout.String())
	assert.Contains(t, stderr.String(), "no credentials in the answer")
	assert.Contains(t, stderr.String(), "until_test.go", "it says where")
}

// What does not heed its context is left behind, as are readers that do not read.
func TestCommandEndsWhateverItIsDoing(t *testing.T) {
	errSignal := errors.New("a signal")
	never := make(chan struct{})
	defer close(never)
	for name, begin := range map[string]func(*Process, func()){
		"connecting": func(p *Process, begun func()) {
			p.OpenBigQuery = func(context.Context, string) (*bigquery.Client, error) {
				begun()
				<-never
				return nil, errors.New("too late")
			}
			p.Args = append(p.Args, "--project", "p")
		},
		"writing": func(p *Process, begun func()) {
			p.Stdout = writerFunc(func(b []byte) (int, error) {
				begun()
				<-never
				return len(b), nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, _, stderr := process("check", gamesSuite(t, "95%"))
			ctx, end := context.WithCancelCause(t.Context())
			begin(&p, func() { end(errSignal) })
			assert.Equal(t, exitUnknown, Run(ctx, p))
			assert.Contains(t, stderr.String(), "a signal")
		})
	}
}

func TestLastWordsNeedNoReader(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	ctx, end := context.WithCancelCause(t.Context())
	p, _, _ := process("check", gamesSuite(t, "95%"))
	p.Stdout = writerFunc(func(b []byte) (int, error) {
		end(errors.New("a signal"))
		<-never
		return len(b), nil
	})
	p.Stderr = writerFunc(func(b []byte) (int, error) {
		<-never
		return len(b), nil
	})
	assert.Equal(t, exitUnknown, Run(ctx, p))
}
