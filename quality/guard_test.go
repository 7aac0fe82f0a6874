package quality_test

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

func TestGuardTurnsAPanicIntoAnErrorThatNamesThePlace(t *testing.T) {
	const place = "quality_test.TestGuardTurnsAPanicIntoAnErrorThatNamesThePlace"
	for name, panics := range map[string]func(){
		"a text":       func() { panic("a text") },
		"EOF":          func() { panic(io.EOF) },
		"out of range": func() { var s []int; i := 3; _ = s[i] },
	} {
		err := quality.Guard("the library failed", func() error { panics(); return nil })
		require.ErrorContains(t, err, "the library failed: ", name)
		assert.ErrorContains(t, err, name)
		assert.ErrorContains(t, err, place, name)
		assert.ErrorContains(t, err, "guard_test.go:", name)
	}
}

func TestGuardPassesOnWhatDoesNotPanic(t *testing.T) {
	why := errors.New("no such file")
	assert.NoError(t, quality.Guard("it failed", func() error { return nil }))
	assert.Equal(t, why, quality.Guard("it failed", func() error { return why }))
	assert.ErrorIs(t, quality.Guard("it failed", func() error { panic(why) }), why)
}
