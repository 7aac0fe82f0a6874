package bq

import (
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/option"
)

func TestNewRefusesOptionsThatCannotHold(t *testing.T) {
	client, err := bigquery.NewClient(t.Context(), "mine", option.WithoutAuthentication())
	require.NoError(t, err)
	defer client.Close()
	for says, o := range map[string]Options{
		"MaxBytesBilled is -1":     {MaxBytesBilled: -1},
		"Parallel is -2":           {Parallel: -2},
		"reads at no instant":      {NoSnapshot: true, SnapshotAt: time.Unix(1, 0)},
		"reads no earlier instant": {Dialect: Emulator(), SnapshotAt: time.Unix(1, 0)},
	} {
		_, err := New(client, o)
		assert.ErrorContains(t, err, says)
	}
	_, err = New(nil, Options{})
	assert.ErrorContains(t, err, "client is nil")
	engine, err := New(client, Options{})
	require.NoError(t, err)
	assert.Equal(t, "mine", engine.renderer.Project)
}
