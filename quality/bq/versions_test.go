package bq

import (
	"context"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

func versionsOn(t *testing.T, srv *fakebq.Server) *Versions {
	t.Helper()
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	e, err := New(client, Options{})
	require.NoError(t, err)
	return e.Versions("claims", srv.Now)
}

func TestAVersionIsPutOnce(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("claims", "EU")
	v := versionsOn(t, srv)
	version, state, err := v.Newest(t.Context(), "nba.games")
	require.NoError(t, err)
	assert.Zero(t, version)
	assert.Nil(t, state)
	require.NoError(t, v.Put(t.Context(), "nba.games", 1, []byte(`{"a":"ü"}`)))
	assert.ErrorIs(t, v.Put(t.Context(), "nba.games", 1, []byte("other")), fs.ErrExist)
	require.NoError(t, v.Put(t.Context(), "nba.games", 2, []byte("second")))
	require.NoError(t, v.Put(t.Context(), "nba.teams", 1, []byte("third")))
	version, state, err = v.Newest(t.Context(), "nba.games")
	require.NoError(t, err)
	assert.Equal(t, int64(2), version)
	assert.Equal(t, "second", string(state))
	names, err := v.Names(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"nba.games", "nba.teams"}, names)
}

// A version that is no more the newest is gone a day later, the newest never.
func TestOldVersionsExpire(t *testing.T) {
	now := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	srv := fakebq.New()
	srv.Now = func() time.Time { return now }
	srv.AddDataset("claims", "EU")
	v := versionsOn(t, srv)
	for version := range int64(3) {
		require.NoError(t, v.Put(t.Context(), "nba.games", version+1, []byte("state")))
	}
	now = now.Add(400 * 24 * time.Hour)
	version, _, err := v.Newest(t.Context(), "nba.games")
	require.NoError(t, err)
	assert.Equal(t, int64(3), version)
	assert.NoError(t, v.Put(t.Context(), "nba.games", 2, []byte("late")), "it is no more there, and nobody reads it")
	version, state, err := v.Newest(t.Context(), "nba.games")
	require.NoError(t, err)
	assert.Equal(t, int64(3), version)
	assert.Equal(t, "state", string(state))
}

// A list of tables may lack the newest.
func TestWhatIsNotListedYetIsFound(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("claims", "EU")
	v := versionsOn(t, srv)
	for version := range int64(3) {
		require.NoError(t, v.Put(t.Context(), "nba.games", version+1, []byte{'0' + byte(version+1)}))
	}
	version, state, err := v.from(t.Context(), "nba.games", 1)
	require.NoError(t, err)
	assert.Equal(t, int64(3), version)
	assert.Equal(t, "3", string(state))
}

func TestADatasetThatForgetsIsRefused(t *testing.T) {
	srv := fakebq.New()
	v := versionsOn(t, srv)
	_, _, err := v.Newest(t.Context(), "nba.games")
	assert.ErrorContains(t, err, "dataset claims is not there: make it first")
	srv.AddDataset("claims", "EU")
	srv.ExpireTables("claims", time.Hour)
	assert.ErrorContains(t, v.Put(t.Context(), "nba.games", 1, nil), "the tables of dataset claims expire after 1h0m0s")
}

func TestWhatFitsInNoTableIsRefused(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("claims", "EU")
	v := versionsOn(t, srv)
	assert.ErrorContains(t, v.Put(t.Context(), strings.Repeat(".", 400), 1, nil), "no more than 1024 fit")
	assert.ErrorContains(t, v.Put(t.Context(), "a", 1, make([]byte, 16_385)), "no more than 16384")
}

// An answer that is lost leaves a version behind, which the repeated request then meets.
func TestALostAnswerIsARaceThatWasLost(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("claims", "EU")
	v := versionsOn(t, srv)
	srv.Inject(fakebq.Fault{Op: fakebq.TablesInsert, Cut: true})
	assert.ErrorIs(t, v.Put(t.Context(), "nba.games", 1, []byte("state")), fs.ErrExist)
	version, state, err := v.Newest(t.Context(), "nba.games")
	require.NoError(t, err)
	assert.Equal(t, int64(1), version)
	assert.Equal(t, "state", string(state))
}

func TestAFailureIsNoLostRace(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("claims", "EU")
	v := versionsOn(t, srv)
	srv.Inject(fakebq.Fault{Op: fakebq.TablesInsert, Error: fakebq.AccessDenied("Dataset claims"), Times: fakebq.Always})
	err := v.Put(t.Context(), "nba.games", 1, nil)
	assert.NotErrorIs(t, err, fs.ErrExist)
	assert.Equal(t, http.StatusForbidden, status(err))
	srv.Inject(fakebq.Fault{Op: fakebq.TablesGet, Error: fakebq.AccessDenied("Table"), Times: fakebq.Always})
	_, _, err = v.Newest(t.Context(), "nba.games")
	assert.Error(t, err, "an error is not the absence of versions")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err = v.Now(ctx)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestEveryNameHasItsTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, version := rapid.String().Draw(t, "name"), rapid.Int64Min(1).Draw(t, "version")
		id := versionID(name, version)
		for i := range len(id) {
			if c := id[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_') {
				t.Fatalf("%q is no id that every dataset tells from others", id)
			}
		}
		gotName, gotVersion, ok := versionOf(id)
		if !ok || gotName != name || gotVersion != version {
			t.Fatalf("%q is read as %q %d %t", id, gotName, gotVersion, ok)
		}
	})
	for _, id := range []string{"", "games", "intact_", "intact_v1", "intact_a_v0000000000000000000", "intact_A_v0000000000000000001", "intact_a_zz_v0000000000000000001"} {
		_, _, ok := versionOf(id)
		assert.False(t, ok, id)
	}
}
