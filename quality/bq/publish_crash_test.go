package bq_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/option"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/publish"
)

var errInjected = errors.New("injected")

// failing is a wire on which something happens at one of the requests.
type failing struct {
	http.RoundTripper
	mu   sync.Mutex
	at   int // which request, of those that change something
	how  string
	stop context.CancelFunc
	n    int
	dead bool
	name string // of the request
}

func (f *failing) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead {
		return nil, errInjected
	}
	if changes(r) {
		f.n++
	}
	if f.n != f.at || f.name != "" {
		return f.RoundTripper.RoundTrip(r)
	}
	f.name = r.Method + " " + r.URL.Path
	switch f.how {
	case "death behind":
		f.dead = true
		return nil, errors.Join(errInjected, f.through(r))
	case "the answer is lost":
		return nil, errors.Join(errInjected, f.through(r))
	case "refused":
		return refusal(http.StatusForbidden, "accessDenied", "Access Denied"), nil
	case "cancelled":
		f.stop()
		return nil, context.Canceled
	}
	return nil, errInjected
}

// changes reports whether a request does more than ask.
func changes(r *http.Request) bool {
	if r.Method == http.MethodGet {
		return false
	}
	if !strings.HasSuffix(r.URL.Path, "/queries") {
		return true
	}
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return !bytes.Contains(body, []byte(`"query":"SELECT`)) && !bytes.Contains(body, []byte(`"query":"WITH`))
}

func (f *failing) through(r *http.Request) error {
	answer, err := f.RoundTripper.RoundTrip(r)
	if err == nil {
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	return err
}

func refusal(status int, reason, message string) *http.Response {
	body := fmt.Sprintf(`{"error":{"code":%d,"message":%q,"errors":[{"reason":%q,"message":%q}]}}`, status, message, reason, message)
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader([]byte(body)))}
}

// on is the league as a publisher sees it whose wire is another.
func (l *league) on(t *testing.T, wire http.RoundTripper) *league {
	t.Helper()
	client, err := bigquery.NewClient(t.Context(), emulator.Project, append(l.ds.Server().ClientOptions(), option.WithHTTPClient(&http.Client{Transport: wire}))...)
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	engine, err := bq.New(client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	out := *l
	into := *l.into
	into.Engine = engine
	out.into = &into
	return &out
}

// Whatever happens at whichever request that changes something, the table is as it was or as it is to be, and the
// run tried again ends well. To die at one that only asks is to die behind the change before
// it.
func TestEveryRequestMayBeTheLast(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes dozens of times")
	}
	old := []string{"2026-01-03 BOS 101", "2026-01-04 NYK 99"}
	next := []string{"2026-01-03 BOS 101", "2026-01-04 BOS 97", "2026-01-04 NYK 98"}
	sent := []teamGame{of(4, "NYK", 98), of(4, "BOS", 97)}
	for _, how := range []string{"death behind", "the answer is lost", "refused", "cancelled"} {
		t.Run(how, func(t *testing.T) {
			l, token := newLeagueAlone(t, of(3, "BOS", 101), of(4, "NYK", 99)), int64(0)
			requests, stayed, went := 0, 0, 0
			for at := 1; ; at++ {
				token++
				run := fmt.Sprintf("%s %d", how, at)
				ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
				wire := &failing{RoundTripper: http.DefaultTransport, at: at, how: how, stop: stop}
				_, err := publish.Run(ctx, l.on(t, wire).request(t, run, token, sent...))
				stop()
				if wire.name == "" {
					require.NoError(t, err)
					l.reset(t)
					break
				}
				requests++
				what := run + ", " + wire.name
				switch got := strings.Join(l.holds(t), "; "); got {
				case strings.Join(old, "; "):
					stayed++
				case strings.Join(next, "; "):
					went++
				default:
					t.Fatalf("%s: the table is between: %s", what, got)
				}
				r, err := publish.Run(t.Context(), l.request(t, run, token, sent...))
				require.NoError(t, err, what)
				require.True(t, r.Published || r.Already, what+r.Reason)
				require.Equal(t, next, l.holds(t), what)
				l.reset(t)
			}
			t.Logf("%d requests: %d times the old table, %d times the new one", requests, stayed, went)
			assert.Greater(t, requests, 4)
			assert.Positive(t, stayed)
		})
	}
}

// reset has the table as it was before.
func (l *league) reset(t *testing.T) {
	t.Helper()
	name := "`" + l.ds.ID + "`.team_game"
	require.NoError(t, l.ds.Exec(t.Context(), "BEGIN TRANSACTION; DELETE FROM "+name+" WHERE team = 'BOS' AND game_date = DATE '2026-01-04'; UPDATE "+name+" SET points = 99 WHERE team = 'NYK'; COMMIT TRANSACTION"))
}

// aborting refuses the first transactions, as BigQuery does.
type aborting struct {
	times int
	says  string
	tried int
}

func (a *aborting) RoundTrip(r *http.Request) (*http.Response, error) {
	if changes(r) && strings.HasSuffix(r.URL.Path, "/queries") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if bytes.Contains(body, []byte("BEGIN TRANSACTION")) {
			if a.tried++; a.tried <= a.times {
				return refusal(http.StatusBadRequest, "invalidQuery", a.says), nil
			}
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// A transaction that another publication was in the way of is tried again, and not for
// ever. One that cannot delete, as rows have just been streamed in, is not: the table stays
// as it is, and nothing is appended to it.
func TestTransactionsThatAreRefused(t *testing.T) {
	l := newLeague(t, of(3, "BOS", 101), of(4, "NYK", 99))
	const conflict = "Transaction is aborted due to concurrent update against table d.team_game"
	wire := &aborting{times: 1, says: conflict}
	r, err := publish.Run(t.Context(), l.on(t, wire).request(t, "r1", 1, of(4, "NYK", 98)))
	require.NoError(t, err)
	require.True(t, r.Published)
	require.Equal(t, 2, wire.tried)
	want := []string{"2026-01-03 BOS 101", "2026-01-04 NYK 98"}
	require.Equal(t, want, l.holds(t))

	wire = &aborting{times: 1, says: "UPDATE or DELETE statement over table d.team_game would affect rows in the streaming buffer, which is not supported"}
	r, err = publish.Run(t.Context(), l.on(t, wire).request(t, "r2", 1, of(4, "NYK", 97)))
	require.ErrorContains(t, err, "streaming buffer")
	require.False(t, r.Published)
	require.Equal(t, 1, wire.tried)
	require.Equal(t, want, l.holds(t))
}
