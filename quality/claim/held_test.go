package claim

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func (w *world) acquire(from, to string, more ...func(*Request)) (*Held, error) {
	r := Request{Table: "nba.games", Dates: dates(w.t, from, to), Owner: "ann"}
	for _, m := range more {
		m(&r)
	}
	return w.manager().Acquire(w.t.Context(), r)
}

// taking takes over what has expired.
func taking(r *Request) { r.Break = true }

func TestAClaimIsGivenUpBeforeOthersTakeIt(t *testing.T) {
	w := newWorld(t)
	h, err := w.acquire("2026-01-01", "2026-01-02")
	require.NoError(t, err)
	expires := w.now.Add(DefaultTTL)
	assert.Equal(t, expires, h.Claim().Expires)
	assert.True(t, h.Valid(expires.Add(-DefaultMaxSkew-1)))
	assert.False(t, h.Valid(expires.Add(-DefaultMaxSkew)))
	w.now = expires.Add(DefaultMaxSkew)
	_, err = w.acquire("2026-01-02", "2026-01-03", taking)
	var conflict *ConflictError
	require.ErrorAs(t, err, &conflict)
	assert.False(t, conflict.Expired)
	w.now = w.now.Add(1)
	_, err = w.acquire("2026-01-02", "2026-01-03")
	require.ErrorAs(t, err, &conflict, "nobody has asked to break it")
	assert.True(t, conflict.Expired)
	assert.ErrorContains(t, err, "--break takes it over")
	second, err := w.acquire("2026-01-02", "2026-01-03", taking)
	require.NoError(t, err)
	assert.Equal(t, []Claim{h.Claim()}, second.Broken())
	assert.Equal(t, int64(2), second.Token())
	var lost *LostError
	assert.ErrorAs(t, h.Check(t.Context()), &lost)
	assert.NoError(t, h.Release(t.Context()), "what is lost needs no release")
	assert.NoError(t, second.Check(t.Context()))
}

func TestARenewedClaimLastsFromThenOn(t *testing.T) {
	w := newWorld(t)
	h, err := w.acquire("2026-01-01", "2026-01-02")
	require.NoError(t, err)
	w.now = w.now.Add(9 * time.Minute)
	require.NoError(t, h.Renew(t.Context()))
	assert.Equal(t, w.now.Add(DefaultTTL), h.Claim().Expires)
	w.now = w.now.Add(DefaultTTL)
	var lost *LostError
	assert.ErrorAs(t, h.Renew(t.Context()), &lost, "what has expired is not renewed")
	assert.ErrorContains(t, lost, "it has expired")
	require.NoError(t, h.Release(t.Context()))
	next, err := w.acquire("", "")
	require.NoError(t, err, "it was released all the same")
	assert.Equal(t, int64(2), next.Token())
}

func TestOneClaimOfThoseInTheWayIsNamed(t *testing.T) {
	w := newWorld(t)
	for _, d := range []string{"2026-01-01", "2026-01-05"} {
		_, err := w.acquire(d, d)
		require.NoError(t, err)
		w.now = w.now.Add(time.Minute)
	}
	_, err := w.acquire("2026-01-01", "2026-01-31")
	var conflict *ConflictError
	require.ErrorAs(t, err, &conflict)
	assert.Equal(t, "2026-01-05", conflict.Common.String(), "that which expires last")
	assert.Len(t, conflict.Others, 1)
	_, err = w.acquire("2026-01-02", "2026-01-04")
	assert.NoError(t, err)
}

func TestAnotherProcessAdoptsAClaim(t *testing.T) {
	w := newWorld(t)
	h, err := w.acquire("2026-01-01", "2026-01-02")
	require.NoError(t, err)
	adopted, err := w.manager().Adopt(t.Context(), "nba.games", h.Claim().ID)
	require.NoError(t, err)
	assert.Equal(t, h.Claim(), adopted.Claim())
	require.NoError(t, h.Release(t.Context()))
	var lost *LostError
	assert.ErrorAs(t, adopted.Check(t.Context()), &lost)
	_, err = w.manager().Adopt(t.Context(), "nba.games", h.Claim().ID)
	assert.ErrorAs(t, err, &lost)
}

func TestARequestThatCannotBeIsRefused(t *testing.T) {
	w := newWorld(t)
	for says, change := range map[string]func(*Request){
		"the name of a table":     func(r *Request) { r.Table = "" },
		"let it last longer than": func(r *Request) { r.TTL = 20 * time.Second },
		"at most 200 bytes":       func(r *Request) { r.Purpose = strings.Repeat("x", 201) },
		"the first is after":      func(r *Request) { r.To = r.From.AddDays(-1) },
	} {
		_, err := w.acquire("2026-01-01", "2026-01-02", change)
		assert.ErrorAs(t, err, new(*RequestError))
		assert.ErrorContains(t, err, says)
	}
}

func TestMoreClaimsThanALogKeepsAreRefused(t *testing.T) {
	w := newWorld(t)
	day := "2026-01-01"
	for {
		_, err := w.acquire(day, day)
		if err != nil {
			assert.ErrorContains(t, err, "take more than 16384 characters: release some, or break")
			return
		}
		day = dates(t, day, day).From.AddDays(1).String()
		require.NotEqual(t, "2027-01-01", day)
	}
}

// failing is a log that fails.
type failing struct {
	Log
	put, newest error
	from        time.Time // newest is of this time on
}

func (f failing) Put(ctx context.Context, name string, version int64, state []byte) error {
	if f.put != nil {
		return f.put
	}
	return f.Log.Put(ctx, name, version, state)
}

func (f failing) Newest(ctx context.Context, name string) (int64, []byte, error) {
	if f.newest != nil && !time.Now().Before(f.from) {
		return 0, nil, f.newest
	}
	return f.Log.Newest(ctx, name)
}

func TestALogThatFailsGivesNoClaim(t *testing.T) {
	w := newWorld(t)
	full := errors.New("the disk is full")
	for _, log := range []Log{failing{Log: &Memory{}, put: full}, failing{Log: &Memory{}, newest: full}} {
		w.log = log
		_, err := w.acquire("", "")
		assert.ErrorIs(t, err, full)
	}
	w.log = failing{Log: &Memory{}, put: fs.ErrExist}
	_, err := w.acquire("", "")
	assert.ErrorContains(t, err, "does their store keep what it is given?")
	w.log = &Memory{}
	require.NoError(t, w.log.Put(t.Context(), "nba.games", 1, []byte("{")))
	_, err = w.acquire("", "")
	assert.ErrorContains(t, err, "the claims on nba.games cannot be read")
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func keeping(t *testing.T, log Log) *Held {
	m, err := NewManager(log, Options{Now: time.Now, Rand: rand.NewChaCha8([32]byte{})})
	require.NoError(t, err)
	h, err := m.Acquire(t.Context(), Request{Table: "nba.games"})
	require.NoError(t, err)
	return h
}

func TestAClaimIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := keeping(t, &Memory{})
		kept, stop := h.Keep(t.Context(), sleep)
		time.Sleep(24 * time.Hour)
		assert.NoError(t, kept.Err())
		assert.True(t, h.Valid(time.Now()))
		stop()
	})
}

func TestWhatIsKeptEndsBeforeTheClaimExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := keeping(t, failing{Log: &Memory{}, newest: errors.New("the store is gone"), from: time.Now().Add(time.Hour)})
		kept, stop := h.Keep(t.Context(), sleep)
		defer stop()
		<-kept.Done()
		var lost *LostError
		require.ErrorAs(t, context.Cause(kept), &lost)
		assert.ErrorContains(t, lost, "the store is gone")
		assert.False(t, time.Now().After(h.Claim().Expires.Add(-DefaultMaxSkew)))
	})
}

// hung is a log that does not answer.
type hung struct{ Log }

func (h *hung) Newest(ctx context.Context, name string) (int64, []byte, error) {
	if h.Log == nil {
		<-ctx.Done()
		return 0, nil, context.Cause(ctx)
	}
	return h.Log.Newest(ctx, name)
}

func TestWhatIsKeptEndsThoughTheStoreHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &hung{&Memory{}}
		h := keeping(t, log)
		log.Log = nil
		kept, stop := h.Keep(t.Context(), sleep)
		defer stop()
		<-kept.Done()
		assert.ErrorAs(t, context.Cause(kept), new(*LostError))
		assert.False(t, time.Now().After(h.Claim().Expires.Add(-DefaultMaxSkew)))
	})
}

func TestWaitingForAClaim(t *testing.T) {
	w := newWorld(t)
	h, err := w.acquire("", "")
	require.NoError(t, err)
	told, slept := 0, 0
	wait := func(length time.Duration, release int) error {
		told, slept = 0, 0
		_, err := w.manager().Wait(t.Context(), Request{Table: "nba.games"}, Patience{
			For: length, Every: time.Minute, Told: func(*ConflictError) { told++ },
			Sleep: func(_ context.Context, d time.Duration) error {
				if w.now = w.now.Add(d); slept == release {
					require.NoError(t, h.Release(t.Context()))
				}
				slept++
				return nil
			},
		})
		return err
	}
	assert.ErrorAs(t, wait(150*time.Second, -1), new(*ConflictError))
	assert.Equal(t, []int{1, 3}, []int{told, slept}, "after 60, 120 and 150 seconds")
	assert.NoError(t, wait(time.Hour, 1))
	assert.Equal(t, []int{1, 2}, []int{told, slept})
}

func TestEveryTableHasItsFolder(t *testing.T) {
	for _, name := range []string{"nba.games", "../up", ".", "/etc/passwd", "a%2fb", "Nba.Games", "spiel_ü", "con\x00"} {
		file := fileName(name)
		assert.Equal(t, file, filepath.Base(file))
		assert.NotContains(t, []string{".", "..", ""}, file)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, -1, -1).Draw(t, "name")
		file := fileName(name)
		if got, err := nameOf(file); err != nil || got != name {
			t.Fatalf("%q is read as %q: %v", file, got, err)
		}
		if strings.ToLower(file) != file || strings.ContainsAny(file, `/\:*?"<>|`) || strings.HasPrefix(file, ".") {
			t.Fatalf("%q is no name of a file everywhere", file)
		}
	})
}

func TestFilesForgetOldVersionsOnly(t *testing.T) {
	log := Forgetful(t.TempDir(), 4)
	for version := range int64(10) {
		require.NoError(t, log.Put(t.Context(), "nba.games", version+1, []byte{'a' + byte(version)}))
	}
	assert.ErrorIs(t, log.Put(t.Context(), "nba.games", 9, nil), fs.ErrExist)
	assert.NoError(t, log.Put(t.Context(), "nba.games", 2, nil), "it was forgotten, and nobody reads it")
	version, state, err := log.Newest(t.Context(), "nba.games")
	require.NoError(t, err)
	assert.Equal(t, int64(10), version)
	assert.Equal(t, "j", string(state))
	names, err := log.Names(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"nba.games"}, names)
	assert.ErrorContains(t, log.Put(t.Context(), strings.Repeat("A", 100), 1, nil), "no more than 255 fit")
}
