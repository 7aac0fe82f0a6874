package main_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A report that goes nowhere because its reader is missing is an error; one that nobody
// wants is none.
func TestClosedOutputIsAnErrorAndDiscardedIsNot(t *testing.T) {
	const suite = " testdata/player_game_summary.yaml"
	const discard = "import subprocess as s, sys; sys.exit(s.run(sys.argv[1:], stdout=s.DEVNULL).returncode)"
	for _, c := range []struct{ script, want string }{
		{"intact check" + suite + " >&- 2>/dev/null", "3\n"},
		{"exec 3>&1 >&-; intact check" + suite + " 2>/dev/null; code=$?; exec >&3; (exit $code)", "3\n"},
		{"intact check" + suite + " >/dev/null", "1\n"},
		{"python3 -c '" + discard + "' intact check" + suite, "1\n"},
		{"python3 -c '" + discard + "' bash -c 'intact check" + suite + "; exit $?'", "1\n"},
	} {
		t.Run(c.script, func(t *testing.T) {
			if _, err := exec.LookPath("python3"); err != nil && strings.HasPrefix(c.script, "python3") {
				t.Skip("python3, which opens /dev/null for reading too, is not on this machine")
			}
			require.Equal(t, c.want, bash(t, c.script+"; echo $?"))
		})
	}
}
