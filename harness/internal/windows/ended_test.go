package windows_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/windows"
)

func TestARunThatIsEndedSaysWhyAndThatItWas(t *testing.T) {
	why := errors.New("interrupt signal received")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	var out bytes.Buffer
	_, err := windows.Run(ctx, small("e,at,v\na,2024-01-01,1\n", "csv", &out))
	require.ErrorIs(t, err, why)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, out.String())
}
