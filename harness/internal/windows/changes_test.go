package windows_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/windows"
)

// Rows from a file that the output is appended to, be it named or standard input.
func TestAnOutputOntoItsInputIsAnError(t *testing.T) {
	for _, named := range []bool{true, false} {
		path := filepath.Join(t.TempDir(), "rows.csv")
		require.NoError(t, os.WriteFile(path, []byte("e,at,v\na,2024-01-01,1\n"), 0o600))
		out, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		in, err := os.Open(path)
		require.NoError(t, err)
		q := small("", "csv", nil)
		q.Stdout, q.Stdin = out, in
		if named {
			q.Path = path
		}
		_, err = windows.Run(t.Context(), q)
		require.ErrorContains(t, err, "the file has changed since it was opened")
		require.NoError(t, in.Close())
		require.NoError(t, out.Close())
	}
}
