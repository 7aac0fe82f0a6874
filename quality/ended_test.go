package quality_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

func TestEndedIsTheCauseAndTheContextsOwnError(t *testing.T) {
	why := errors.New("time is up")
	ctx, cancel := context.WithCancelCause(t.Context())
	assert.NoError(t, quality.Ended(ctx, nil))
	assert.Equal(t, io.EOF, quality.Ended(ctx, io.EOF), "it lives")
	cancel(why)
	for says, last := range map[string]error{
		"time is up":                   nil,
		"time is up: EOF":              io.EOF,
		"time is up: context canceled": fmt.Errorf("%w", context.Canceled),
	} {
		err := quality.Ended(ctx, last)
		require.EqualError(t, err, says)
		assert.ErrorIs(t, err, why)
		assert.ErrorIs(t, err, context.Canceled)
		if last != nil {
			assert.ErrorIs(t, err, last)
		}
		outer := fmt.Errorf("measuring: %w", err)
		assert.Equal(t, outer, quality.Ended(ctx, outer), "it is said once")
	}
	assert.EqualError(t, quality.Ended(ctx, context.Canceled), "time is up", "which says no more")
}

func TestEndedWithoutACauseIsTheContextsOwnError(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	<-ctx.Done()
	assert.EqualError(t, quality.Ended(ctx, nil), "context deadline exceeded")
	err := quality.Ended(ctx, io.ErrUnexpectedEOF)
	assert.EqualError(t, err, "context deadline exceeded: unexpected EOF")
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}
