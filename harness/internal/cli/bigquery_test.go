package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bq "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

// onFake runs the command against a fake of BigQuery that holds the table
// games.played.
func onFake(t *testing.T, srv *fakebq.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	srv.AddDataset("games", "EU")
	srv.AddTable("games", "played", bq.Table{Schema: &bq.TableSchema{Fields: fakebq.Columns("season STRING", "usage FLOAT")}})
	suite := filepath.Join(t.TempDir(), "suite.yaml")
	require.NoError(t, os.WriteFile(suite, []byte("suite: played\ntable: games.played\nchecks:\n  - complete: usage\n    by: season\n"), 0o600))
	var out, err bytes.Buffer
	code = Run(t.Context(), Process{
		Args:      append(args, suite),
		Stdout:    &out,
		Stderr:    &err,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		OpenBigQuery: func(ctx context.Context, project string) (*bigquery.Client, error) {
			assert.Equal(t, fakebq.Project, project)
			return srv.Client(ctx)
		},
	})
	return code, out.String(), err.String()
}

func TestPlanOnBigQueryTellsBytesAndPriceAndRunsNothing(t *testing.T) {
	srv := fakebq.New()
	srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Bytes: 3 << 40} }
	code, stdout, stderr := onFake(t, srv, "plan", "--project", fakebq.Project, "--rate", "5")
	require.Equal(t, exitPass, code, stderr)
	assert.Contains(t, stdout, "scans    3.0 TiB, $15.0000")
	assert.Empty(t, srv.Ran())
}

func TestCheckOnBigQueryHeedsItsFlags(t *testing.T) {
	srv := fakebq.New()
	srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Bytes: 20 << 20} }
	code, stdout, stderr := onFake(t, srv, "check", "--project", fakebq.Project, "--max-bytes", "10485760", "--location", "EU")
	assert.Equal(t, exitUnknown, code, stderr)
	assert.Contains(t, stdout, "could not be evaluated")
	assert.Contains(t, stdout, "10485760")
	ran := srv.Queries()
	require.NotEmpty(t, ran)
	assert.EqualValues(t, 10485760, ran[0].MaximumBytesBilled)
	assert.Equal(t, "EU", ran[0].Location)
	assert.Equal(t, "intact", ran[0].Labels["tool"])
	assert.NotContains(t, ran[0].SQL, "FOR SYSTEM_TIME", "one statement reads one instant by itself")
}

func TestFlagsThatTheEngineDoesNotHeedAreRefused(t *testing.T) {
	for name, args := range map[string][]string{
		"--location, --max-bytes, --label and --no-snapshot are for BigQuery": {"check", "--location", "EU"},
		"--data is read by the engines rows and emulator":                     {"check", "--project", "p", "--data", "games.played=x.csv"},
		"a time is more than 0":                          {"check", "--timeout", "0s"},
		"--engine emulator: the emulator knows no costs": {"plan", "--engine", "emulator"},
		"--rate NaN": {"plan", "--rate", "NaN"},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := onFake(t, fakebq.New(), args...)
			assert.Equal(t, exitUsage, code)
			assert.Empty(t, stdout)
			assert.Contains(t, stderr, name)
		})
	}
}

func TestBigQueryThatCannotBeReachedIsUnknown(t *testing.T) {
	srv := fakebq.New()
	srv.Inject(fakebq.Fault{Op: fakebq.TablesGet, Error: fakebq.AccessDenied("Table fake:games.played"), Times: fakebq.Always})
	code, stdout, _ := onFake(t, srv, "check", "--project", fakebq.Project)
	assert.Equal(t, exitUnknown, code)
	assert.Contains(t, stdout, "could not be evaluated")
}

func TestATimeOutTellsWhatBigQuerySaidLast(t *testing.T) {
	for _, op := range []fakebq.Op{fakebq.TablesGet, fakebq.JobsInsert} {
		for _, command := range []string{"check", "plan"} {
			synctest.Test(t, func(t *testing.T) {
				srv := fakebq.New()
				srv.Inject(fakebq.Fault{Op: op, Error: fakebq.Unavailable(), Times: fakebq.Always})
				began := time.Now()
				code, stdout, stderr := onFake(t, srv, command, "--project", fakebq.Project, "--timeout", "1m")
				assert.Equal(t, exitUnknown, code)
				assert.Less(t, time.Since(began), 62*time.Second)
				assert.Empty(t, stdout)
				lines := strings.Split(strings.TrimSpace(stderr), "\n")
				last := lines[len(lines)-1]
				assert.Contains(t, last, "there was no answer within 1m0s (--timeout)")
				assert.Contains(t, last, "Visibility check was unavailable. Please retry the request, backendError")
				require.Greater(t, len(lines), 2)
				assert.Regexp(t, `^intact: still waiting for the .* games\.played after 3s: .*backendError$`, lines[0])
			})
		}
	}
}

func TestASignalIsTheContextsOwnError(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupt signal received"))
	err := Process{Stdout: io.Discard, Stderr: io.Discard}.until(ctx, func(Process) error { return context.Canceled })
	assert.EqualError(t, err, "interrupt signal received")
	assert.ErrorIs(t, err, context.Canceled)
	code, told := codeOf(err)
	assert.Equal(t, exitUnknown, code)
	assert.False(t, told)
}
