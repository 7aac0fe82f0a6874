package sidecar

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// fakeTB is a test that records how it ended.
type fakeTB struct{ skipped, failed string }

func (f *fakeTB) Helper()           {}
func (f *fakeTB) Skip(args ...any)  { f.skipped = fmt.Sprint(args...) }
func (f *fakeTB) Fatal(args ...any) { f.failed = fmt.Sprint(args...) }

func TestOnlyAnAbsentProgramSkips(t *testing.T) {
	const variable = "INTACT_TEST_REQUIRE"
	absent := fmt.Errorf("the emulator is %w: make emulator", ErrNotInstalled)
	for name, tc := range map[string]struct {
		err      error
		required string
		want     fakeTB
	}{
		"absent":              {absent, "", fakeTB{skipped: "the emulator is not on this machine: make emulator"}},
		"absent, 0":           {absent, "0", fakeTB{skipped: "the emulator is not on this machine: make emulator"}},
		"absent and required": {absent, "1", fakeTB{failed: variable + "=1 forbids to skip: the emulator is not on this machine: make emulator"}},
		"does not start":      {errors.New("exit status 3"), "", fakeTB{failed: "exit status 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(variable, tc.required)
			var got fakeTB
			SkipOrFail(&got, tc.err, variable)
			assert.Equal(t, tc.want, got)
		})
	}
}
