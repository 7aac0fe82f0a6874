package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A misspelt flag is answered with the one that was probably meant, whatever the
// command.
func TestMisspeltFlags(t *testing.T) {
	for flag, c := range map[string]struct{ command, says string }{
		"--values":        {"window", "unknown flag: --values (did you mean --value?)\n"},
		"--valeu":         {"window", "unknown flag: --valeu (did you mean --value?)\n"},
		"--lst":           {"window", "unknown flag: --lst (did you mean --last?)\n"},
		"--expected-wher": {"window", "unknown flag: --expected-wher (did you mean --expected-where?)\n"},
		"--outptu":        {"check", "unknown flag: --outptu (did you mean --output?)\n"},
		"--frobnicate":    {"check", "unknown flag: --frobnicate\n"},
		"-z":              {"window", "unknown shorthand flag: 'z' in -z\n"},
	} {
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			got := run(t, t.TempDir(), c.command, flag, "x")
			assert.Equal(t, 2, got.code)
			assert.Equal(t, "intact: "+c.says, got.stderr)
			assert.Empty(t, got.stdout)
		})
	}
}
