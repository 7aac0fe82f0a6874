package emulator

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

// fakeTB is a test that records how it ended.
type fakeTB struct {
	testing.TB
	skipped, failed string
}

func (f *fakeTB) Helper()           {}
func (f *fakeTB) Skip(args ...any)  { f.skipped = fmt.Sprint(args...) }
func (f *fakeTB) Fatal(args ...any) { f.failed = fmt.Sprint(args...) }

func TestWithoutAnEmulatorTestsSkipOrFail(t *testing.T) {
	absent := fmt.Errorf("%w: build it with make", ErrNotInstalled)
	for name, tc := range map[string]struct {
		err             error
		required        bool
		skipped, failed string
	}{
		"absent":              {err: absent, skipped: "build it with make"},
		"absent and required": {err: absent, required: true, failed: EnvRequire + "=1"},
		"does not start":      {err: errors.New("exit status 3"), failed: "exit status 3"},
	} {
		t.Run(name, func(t *testing.T) {
			fake := &fakeTB{}
			skipOrFail(fake, tc.err, tc.required)
			assert.Contains(t, fake.skipped, tc.skipped)
			assert.Contains(t, fake.failed, tc.failed)
			assert.Equal(t, tc.skipped == "", fake.skipped == "", "skipped: %q", fake.skipped)
			assert.Equal(t, tc.failed == "", fake.failed == "", "failed: %q", fake.failed)
		})
	}
}

func TestDatasetIDsAreAllowedAndDiffer(t *testing.T) {
	const test = "TestX/a b: c=é`/very long, very long, very long, very long, very long, very long, very long"
	first, second := datasetID(test), datasetID(test)
	assert.Regexp(t, regexp.MustCompile(`^TestX_a_b__c_[A-Za-z0-9_]{1,1000}$`), first)
	assert.NotEqual(t, first, second)
}
