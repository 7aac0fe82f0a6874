package serve

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

// config serves the suites games, which passes, and others that a test gives a Run for.
func config(run func(context.Context, Ask) (*quality.Report, error)) Config {
	if run == nil {
		run = func(context.Context, Ask) (*quality.Report, error) { return passed(), nil }
	}
	return Config{
		Suites: []string{"games", "team games/2026"}, Run: run, Running: 2, Waiting: 2, Timeout: time.Minute, Grace: time.Minute,
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "v1",
	}
}

func passed() *quality.Report { return &quality.Report{Engine: "rows", Verdict: quality.Pass} }

// answer is what a request came to.
type answer struct {
	status          int
	Verdict, Reason string
}

func ask(t *testing.T, h http.Handler, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	out := answer{status: w.Code}
	if w.Code == http.StatusOK && strings.HasPrefix(r.URL.Path, "/check/") {
		require.Equal(t, "application/json", w.Header().Get("Content-Type"))
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out), "%s", w.Body)
	}
	return out
}

// post is a request as a program of this machine makes it.
func post(path, body string) *http.Request {
	return httptest.NewRequest(http.MethodPost, "http://localhost:8080"+path, strings.NewReader(body))
}

func TestWhatIsAsked(t *testing.T) {
	for body, want := range map[string]Ask{
		"":                                      {},
		" \n":                                   {},
		"{}":                                    {},
		`{"date": "2026-01-02"}`:                {Date: "2026-01-02"},
		`{"from": "today-14d", "to": "today" }`: {From: "today-14d", To: "today"},
		`{"vars": {"season": "2025-26", "n": ""}}`: {Vars: map[string]string{"season": "2025-26", "n": ""}},
	} {
		var got Ask
		h := New(config(func(_ context.Context, a Ask) (*quality.Report, error) { got = a; return passed(), nil })).Handler()
		assert.Equal(t, answer{200, "pass", ""}, ask(t, h, post("/check/games", body)))
		want.Suite = "games"
		assert.Equal(t, want, got, body)
	}
	h := New(config(nil)).Handler()
	assert.Equal(t, "pass", ask(t, h, post("/check/team%20games%2F2026", "")).Verdict, "a name is any text")
}

// A request for a verdict that cannot be given one is answered with unknown, and why.
func TestWhatCannotBeAsked(t *testing.T) {
	h := New(config(func(context.Context, Ask) (*quality.Report, error) {
		t.Error("it was run")
		return nil, nil
	})).Handler()
	for _, c := range []struct{ path, body, says string }{
		{"/check/game", "", `suite "game" is not served: there are games, team games/2026`},
		{"/check/", "", `suite "" is not served`},
		{"/check/games.yaml", "", "is not served"},
		{"/check/games", "[]", "body: it is an object"},
		{"/check/games", "x", "body: it is an object"},
		{"/check/games", `{"date": "2026-01-02"`, "body: "},
		{"/check/games", `{"date": "2026-01-02"} {}`, "body: more stands behind the object"},
		{"/check/games", `{"Date": "2026-01-02"}`, `body: unknown key "Date"`},
		{"/check/games", `{"source": "/etc/passwd"}`, `body: unknown key "source"`},
		{"/check/games", `{"date": "a", "date": "b"}`, "body: date stands there twice"},
		{"/check/games", `{"date": 1}`, "body: date is no day"},
		{"/check/games", `{"date": null}`, "body: date is no day"},
		{"/check/games", `{"date": {"from": "today"}}`, "body: date is no day"},
		{"/check/games", `{"date": ""}`, "body: date is no day"},
		{"/check/games", `{"vars": []}`, "body: it is an object"},
		{"/check/games", `{"vars": {"n": 7}}`, "body: the variable n is no string"},
		{"/check/games", `{"vars": {"n": "a", "n": "b"}}`, "body: n stands there twice"},
		{"/check/games", `{"vars": {"file": "../secret"}}`, "the variable file: a value from a request"},
		{"/check/games", `{"vars": {"file": "/etc/passwd"}}`, "signs of paths"},
		{"/check/games", `{"vars": {"file": ".."}}`, "begins with no dot"},
		{"/check/games", `{"vars": {"file": "*"}}`, "signs of paths"},
		{"/check/games", `{"date": "` + strings.Repeat("1", maxBody) + `"}`, "the body cannot be read"},
	} {
		got := ask(t, h, post(c.path, c.body))
		assert.Equal(t, []any{200, "unknown"}, []any{got.status, got.Verdict}, "%s %.40s", c.path, c.body)
		assert.Contains(t, got.Reason, c.says)
	}
}

func TestWhatIsNoRequestForAVerdict(t *testing.T) {
	h := New(config(nil)).Handler()
	foreign := post("/check/games", "")
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	rebound := post("/check/games", "")
	rebound.Host = "rebound.example:8080"
	for name, c := range map[string]struct {
		request *http.Request
		status  int
	}{
		"another path":             {post("/suites", ""), 404},
		"another method":           {httptest.NewRequest(http.MethodGet, "http://127.0.0.1/check/games", nil), 405},
		"a page of another origin": {foreign, 403},
		"by another name":          {rebound, 403},
		"whether it lives":         {httptest.NewRequest(http.MethodGet, "http://10.0.0.1/healthz", nil), 200},
		"by its address":           {httptest.NewRequest(http.MethodPost, "http://[::1]:80/check/games", nil), 200},
	} {
		assert.Equal(t, c.status, ask(t, h, c.request).status, name)
	}
}

func TestToken(t *testing.T) {
	c := config(nil)
	c.Token = "a-token-of-some-length"
	h := New(c).Handler()
	for header, status := range map[string]int{
		"":                               401,
		"Bearer":                         401,
		"Bearer a-token-of-some":         401,
		"Bearer a-token-of-some-lengthy": 401,
		"Basic a-token-of-some-length":   401,
		"Bearer a-token-of-some-length":  200,
		"bearer a-token-of-some-length ": 200,
	} {
		r := post("/check/games", "")
		r.Host = "intact.example"
		r.Header.Set("Authorization", header)
		assert.Equal(t, status, ask(t, h, r).status, header)
	}
	assert.Equal(t, 401, ask(t, h, post("/no/such/path", "")).status, "who shows none learns nothing")
	assert.Equal(t, 200, ask(t, h, httptest.NewRequest(http.MethodGet, "http://intact.example/healthz", nil)).status)
}

func TestRunThatFails(t *testing.T) {
	next := func(context.Context, Ask) (*quality.Report, error) { panic("no such width") }
	h := New(config(func(ctx context.Context, a Ask) (*quality.Report, error) { return next(ctx, a) })).Handler()
	got := ask(t, h, post("/check/games", ""))
	assert.Equal(t, "unknown", got.Verdict)
	assert.Contains(t, got.Reason, "no such width")

	next = func(context.Context, Ask) (*quality.Report, error) { return nil, errors.New("a line\nand another") }
	assert.Equal(t, answer{200, "unknown", "a line and another"}, ask(t, h, post("/check/games", "")))

	next = func(context.Context, Ask) (*quality.Report, error) { return nil, nil }
	assert.Equal(t, "unknown", ask(t, h, post("/check/games", "")).Verdict)

	next = func(context.Context, Ask) (*quality.Report, error) { return passed(), errors.New("it was not kept") }
	assert.Equal(t, answer{200, "unknown", "it was not kept"}, ask(t, h, post("/check/games", "")))

	next = func(context.Context, Ask) (*quality.Report, error) {
		return &quality.Report{Verdict: quality.Fail}, errors.New("it was not kept")
	}
	assert.Equal(t, "fail", ask(t, h, post("/check/games", "")).Verdict, "which is worse")

	next = func(context.Context, Ask) (*quality.Report, error) { return passed(), nil }
	assert.Equal(t, "pass", ask(t, h, post("/check/games", "")).Verdict, "the room was given back each time")
}

// More than may run and wait are told so at once; those that wait have their turn.
func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		h := New(config(func(context.Context, Ask) (*quality.Report, error) { <-free; return passed(), nil })).Handler()
		var all sync.WaitGroup
		for range 4 { // 2 that run and 2 that wait
			all.Go(func() { assert.Equal(t, "pass", ask(t, h, post("/check/games", "")).Verdict) })
		}
		synctest.Wait()
		got := ask(t, h, post("/check/games", ""))
		assert.Equal(t, answer{200, "unknown", "busy: 2 suites run and 2 requests wait already"}, got)
		close(free)
		all.Wait()
	})
}

// A run that does not heed its deadline is left behind, and its room is not given to
// another as long as it goes on.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := config(nil)
		free := make(chan struct{})
		c.Run = func(context.Context, Ask) (*quality.Report, error) { <-free; return passed(), nil }
		c.Running, c.Waiting = 1, 1
		h := New(c).Handler()
		assert.Equal(t, answer{200, "unknown", "there was no verdict within 1m0s"}, ask(t, h, post("/check/games", "")))
		got := ask(t, h, post("/check/games", ""))
		assert.Equal(t, answer{200, "unknown", "it was waiting for its turn: there was no verdict within 1m0s"}, got)
		close(free)
		synctest.Wait()
		assert.Equal(t, "pass", ask(t, h, post("/check/games", "")).Verdict)
	})
}

// serving serves on this machine until stop is called; ended is closed when it has
// stopped.
func serving(t *testing.T, c Config) (url string, stop func(), ended <-chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- New(c).Serve(ctx, listener) }()
	return "http://" + listener.Addr().String(), stop, done
}

// oneShot dials for each request: a connection in store, which nobody has asked
// anything on yet, is waited for by a server that stops.
var oneShot = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

// fetch asks over the network: an answer is whole, or there is none.
func fetch(t *testing.T, url string) (answer, error) {
	res, err := oneShot.Post(url+"/check/games", "application/json", nil)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	assert.NoError(t, err, "what begins to answer ends")
	out := answer{status: res.StatusCode}
	assert.NoError(t, json.Unmarshal(text, &out), "%s", text)
	return out, nil
}

// Of many requests each has a whole answer or is refused, though the server is stopped
// in the middle of them.
func TestStopAmongManyRequests(t *testing.T) {
	for name, c := range map[string]struct {
		grace time.Duration
		want  string // of those that ran when it was stopped
	}{
		"with time to finish": {time.Minute, "pass"},
		"without":             {time.Nanosecond, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			free, ran := make(chan struct{}), make(chan struct{}, 200)
			conf := config(func(ctx context.Context, _ Ask) (*quality.Report, error) {
				ran <- struct{}{}
				select {
				case <-free:
					return passed(), nil
				case <-ctx.Done():
					return nil, context.Cause(ctx)
				}
			})
			conf.Running, conf.Waiting, conf.Grace = 8, 100, c.grace
			url, stop, ended := serving(t, conf)
			var mu sync.Mutex
			verdicts, refused := map[string]int{}, 0
			var all sync.WaitGroup
			for range 200 {
				all.Go(func() {
					got, err := fetch(t, url)
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						refused++
						return
					}
					assert.Equal(t, 200, got.status)
					verdicts[got.Verdict]++
				})
			}
			for range 8 {
				<-ran
			}
			stop()
			if c.want == "pass" {
				close(free)
			}
			all.Wait()
			require.NoError(t, <-ended)
			assert.Equal(t, 200, verdicts["pass"]+verdicts["unknown"]+refused)
			assert.GreaterOrEqual(t, verdicts[c.want], 8)
		})
	}
}

// Who goes away is not worked for any more, although the body was read long ago.
func TestClientThatGoesAway(t *testing.T) {
	began, ended := make(chan struct{}), make(chan error, 1)
	url, stop, _ := serving(t, config(func(ctx context.Context, _ Ask) (*quality.Report, error) {
		close(began)
		<-ctx.Done()
		ended <- ctx.Err()
		return nil, ctx.Err()
	}))
	defer stop()
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/check/games", strings.NewReader("{}"))
	require.NoError(t, err)
	go func() { <-began; leave() }()
	_, err = http.DefaultClient.Do(r)
	require.Error(t, err)
	assert.ErrorIs(t, <-ended, context.Canceled)
}

func TestHeaderThatIsTooLong(t *testing.T) {
	url, stop, _ := serving(t, config(nil))
	defer stop()
	r, err := http.NewRequest(http.MethodPost, url+"/check/games", nil)
	require.NoError(t, err)
	r.Header.Set("X-Long", strings.Repeat("x", 2*maxHeader))
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	assert.Equal(t, http.StatusRequestHeaderFieldsTooLarge, res.StatusCode)
}

// A line is written of each request, and nothing in a name makes two of it.
func TestLog(t *testing.T) {
	var log strings.Builder
	c := config(nil)
	c.Log = slog.New(slog.NewTextHandler(&log, nil))
	ask(t, New(c).Handler(), post("/check/games%0Alevel=ERROR", ""))
	assert.Equal(t, 1, strings.Count(log.String(), "\n"))
	assert.Contains(t, log.String(), "status=200 verdict=unknown")
}
