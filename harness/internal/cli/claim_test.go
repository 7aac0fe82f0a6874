package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

// clerks are processes that claim in one store, at a time that tests move.
type clerks struct {
	t      *testing.T
	store  string
	passed atomic.Int64 // since the evening
	sleep  func(context.Context, time.Duration) error
	open   func(context.Context, string) (*bigquery.Client, error)
	stdout begun
	stderr bytes.Buffer
}

// begun is a buffer, and tells when something has been written.
type begun struct {
	text  bytes.Buffer
	once  sync.Once
	begun chan struct{}
}

func (b *begun) Write(text []byte) (int, error) {
	defer b.once.Do(func() { close(b.begun) })
	return b.text.Write(text)
}

func (b *begun) String() string { return b.text.String() }

func newClerks(t *testing.T) *clerks {
	return &clerks{t: t, store: filepath.Join(t.TempDir(), "claims"), sleep: forGood, stdout: begun{begun: make(chan struct{})}}
}

func (c *clerks) now() time.Time { return evening.Add(time.Duration(c.passed.Load())) }

func (c *clerks) pass(d time.Duration) { c.passed.Add(int64(d)) }

// forGood sleeps until nobody needs it any more.
func forGood(ctx context.Context, _ time.Duration) error {
	<-ctx.Done()
	return context.Cause(ctx)
}

func (c *clerks) run(args ...string) int {
	c.t.Helper()
	c.stdout.text.Reset()
	c.stderr.Reset()
	return Run(c.t.Context(), Process{
		Args: args, Stdout: &c.stdout, Stderr: &c.stderr,
		LookupEnv: func(name string) (string, bool) {
			value := map[string]string{"INTACT_STORE": c.store, "USER": "ann"}[name]
			return value, value != ""
		},
		Now:          c.now,
		Sleep:        c.sleep,
		OpenBigQuery: c.open,
	})
}

func TestACommandRunsWithinItsClaim(t *testing.T) {
	c := newClerks(t)
	code := c.run("claim", "nba.team_offense", "--from", "2021-10-19", "--to", "2026-01-02", "--", "sh", "-c",
		`echo $INTACT_CLAIM_TABLE $INTACT_CLAIM_FROM $INTACT_CLAIM_TO $INTACT_CLAIM_TOKEN $INTACT_STORE; exit 7`)
	assert.Equal(t, 7, code, "it is the command's own")
	assert.Equal(t, "nba.team_offense 2021-10-19 2026-01-02 1 "+c.store+"\n", c.stdout.String())
	assert.Equal(t, exitPass, c.run("claims"))
	assert.Equal(t, "Nothing is claimed.\n", c.stdout.String())
	assert.Equal(t, exitPass, c.run("claim", "nba.team_offense", "--", "sh", "-c", "echo $INTACT_CLAIM_TOKEN$INTACT_CLAIM_FROM"))
	assert.Equal(t, "2\n", c.stdout.String())
}

// left leaves a claim behind, as a process does that is killed.
func (c *clerks) left(args ...string) {
	c.t.Helper()
	// The command takes the store's folder away, so that nothing can be released there, and
	// the test puts it back.
	args = append(append([]string{"claim"}, args...), "--", "mv", c.store, c.store+".kept")
	require.Equal(c.t, exitPass, c.run(args...), c.stderr.String())
	require.NoError(c.t, os.RemoveAll(c.store))
	require.NoError(c.t, os.Rename(c.store+".kept", c.store))
}

// onBigQuery has claims kept on a fake of BigQuery, which has the clock of the tests.
func (c *clerks) onBigQuery() *fakebq.Server {
	srv := fakebq.New()
	srv.Now = c.now
	srv.AddDataset("claims", "EU")
	c.store, c.open = "bigquery:claims", func(ctx context.Context, _ string) (*bigquery.Client, error) { return srv.Client(ctx) }
	return srv
}

func TestASecondWriterIsRefused(t *testing.T) {
	c := newClerks(t)
	c.left("nba.team_offense", "--from", "2021-10-19", "--to", "2026-01-02", "--purpose", "the bug fix")
	second := []string{"claim", "nba.team_offense", "--from", "2021-10-01", "--to", "2024-05-01", "--", "echo", "started"}
	assert.Equal(t, exitFail, c.run(second...))
	assert.Empty(t, c.stdout.String())
	for _, says := range []string{"ann holds 2021-10-19..2026-01-02", `for "the bug fix"`, "926 days", "944 days", "--wait", "echo was not started"} {
		assert.Contains(t, c.stderr.String(), says)
	}
	assert.Equal(t, 75, c.run(append([]string{"claim", "--refused-exit", "75"}, second[1:]...)...))
	assert.Equal(t, exitPass, c.run("claim", "nba.team_offense", "--date", "2026-01-03", "--", "echo", "started"), "a day that nobody claims")
	assert.Equal(t, exitPass, c.run("claim", "nba.team_defense", "--", "echo", "started"), "another table")
}

func TestOnlyWhatHasExpiredIsBroken(t *testing.T) {
	c := newClerks(t)
	// Of all that is put, what takes the claim is, and what would release it is not.
	c.onBigQuery().Inject(fakebq.Fault{Op: fakebq.TablesInsert, Skip: 1, Times: 3, Error: fakebq.AccessDenied("Dataset claims")})
	require.Equal(t, exitPass, c.run("claim", "nba.games", "--ttl", "10m", "--", "true"))
	require.Contains(t, c.stderr.String(), "the claim was not released, and lasts until")
	taking := []string{"claim", "nba.games", "--date", "today", "--break", "--", "sh", "-c", "echo $INTACT_CLAIM_TOKEN"}
	assert.Equal(t, exitFail, c.run(taking...), "it may live")
	c.pass(10*time.Minute + 4*time.Second)
	assert.Equal(t, exitFail, c.run(taking...), "clocks may differ")
	c.pass(2 * time.Hour)
	assert.Equal(t, exitFail, c.run("claim", "nba.games", "--", "echo", "started"), "nobody has asked to break it")
	assert.Contains(t, c.stderr.String(), "--break takes it over")
	require.Equal(t, exitPass, c.run("claims", "nba.games", "-o", "json"))
	var got struct {
		Claims []struct {
			Claim string
			From  *string
			Token int64
		}
	}
	require.NoError(t, json.Unmarshal(c.stdout.text.Bytes(), &got))
	require.Len(t, got.Claims, 1)
	assert.Equal(t, "expired", got.Claims[0].Claim)
	assert.Nil(t, got.Claims[0].From)
	assert.Equal(t, exitPass, c.run(taking...), c.stderr.String())
	assert.Contains(t, c.stderr.String(), "taken over, as it expired at")
	assert.Equal(t, "2\n", c.stdout.String())
}

// A claim that cannot be renewed ends its command, and blocks whatever that says.
func TestAClaimThatIsLostEndsItsCommand(t *testing.T) {
	for says, code := range map[string]int{"exit 9": 9, "exit 0": exitFail} {
		c := newClerks(t)
		c.onBigQuery()
		c.sleep = func(ctx context.Context, d time.Duration) error {
			if d <= 10*time.Minute { // to the next renewal, which does not come
				return forGood(ctx, d)
			}
			select {
			case <-c.stdout.begun:
			case <-ctx.Done():
			}
			c.pass(d)
			return nil
		}
		assert.Equal(t, code, c.run("claim", "nba.games", "--ttl", "30m", "--", "sh", "-c", "trap '"+says+"' TERM; echo begun; while :; do sleep 0.01; done"))
		assert.Contains(t, c.stderr.String(), "is lost: it could not be renewed before it expired")
	}
}

// What is over before anybody could write is refused.
func TestAClaimLastsLongerThanClocksDiffer(t *testing.T) {
	c := newClerks(t)
	assert.Equal(t, exitUsage, c.run("claim", "nba.games", "--ttl", "4s", "--max-skew", "1s", "--", "true"))
	assert.Contains(t, c.stderr.String(), "let it last longer than 4s")
}

func TestClaimSaysWhatItCannotDo(t *testing.T) {
	for name, args := range map[string][]string{
		"claim needs a command after --":  {"claim", "nba.games"},
		"claim needs one table before --": {"claim", "nba.games", "nba.teams", "--", "echo"},
		"2026-01-03..2026-01-02":          {"claim", "nba.games", "--from", "2026-01-03", "--to", "2026-01-02", "--", "echo"},
		"has no dataset":                  {"claim", "games", "--", "echo"},
		"is many tables":                  {"claim", "nba.games_*", "--", "echo"},
		"add --wait":                      {"claim", "nba.games", "--every", "1m", "--", "echo"},
		"set INTACT_EMULATOR to its URL":  {"claim", "nba.games", "--store", "emulator:claims", "--", "echo"},
		"--date is the first day and the": {"claim", "nba.games", "--date", "today", "--from", "today", "--", "echo"},
		"an exit code that blocks is 1":   {"claim", "nba.games", "--refused-exit", "0", "--", "echo"},
		"--store has an empty value":      {"claim", "nba.games", "--store", "", "--", "echo"},
		"it is table or json":             {"claims", "-o", "yaml"},
	} {
		c := newClerks(t)
		assert.Equal(t, exitUsage, c.run(args...), name)
		assert.Contains(t, c.stderr.String(), name)
	}
	c := newClerks(t)
	c.store = ""
	assert.Equal(t, exitUsage, c.run("claim", "nba.games", "--", "echo"))
	assert.Contains(t, c.stderr.String(), "say where claims are kept, the same")
	c = newClerks(t)
	assert.Equal(t, 127, c.run("claim", "nba.games", "--", "no-such-command"))
	assert.NoDirExists(t, c.store)
}

// A file is one, by whatever path it is reached.
func TestAFileIsClaimedByOneName(t *testing.T) {
	c := newClerks(t)
	dir := t.TempDir()
	require.NoError(t, os.Symlink(dir, filepath.Join(dir, "link")))
	t.Chdir(dir)
	c.left("./games.csv")
	assert.Equal(t, exitFail, c.run("claim", filepath.Join(dir, "link", "games.csv"), "--", "echo", "started"))
}

// A table has one name, with or without its project.
func TestATableIsClaimedByOneName(t *testing.T) {
	c := newClerks(t)
	c.left("nba.games", "--project", "ours")
	assert.Equal(t, exitFail, c.run("claim", "ours.nba.games", "--", "echo", "started"))
}

// What claims cost is what is asked of the service.
func TestThePlanOfAClaimIsWhatItTakes(t *testing.T) {
	c := newClerks(t)
	srv := c.onBigQuery()
	calls := func() map[string]int64 {
		before := len(srv.Requests())
		require.Equal(t, exitPass, c.run("claim", "nba.games", "--", "true"), c.stderr.String())
		got := map[string]int64{}
		for _, r := range srv.Requests()[before:] {
			got[string(r.Op)]++
		}
		return got
	}
	calls() // the first versions of a table have none before them
	got := calls()
	assert.Equal(t, int64(1), got["datasets.get"])
	delete(got, "datasets.get")
	pages := got["tables.list"] / 4 // the fake's pages have one table each
	got["tables.list"] = min(got["tables.list"], 4)
	assert.NotZero(t, pages)
	twice := map[string]int64{} // to take it, and to release it
	for method, n := range claimCalls {
		twice[method] = 2 * n
	}
	assert.Equal(t, twice, got)

	require.Equal(t, exitPass, c.run("plan", "claim", "--ttl", "9m"))
	assert.Contains(t, c.stdout.String(), "renewed 480 times, which are 5,760 calls")
	assert.Contains(t, c.stdout.String(), "4 × tables.get")
}
