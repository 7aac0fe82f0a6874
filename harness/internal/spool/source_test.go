package spool_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/spool"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

func piped(t *testing.T, text string, types map[string]expr.Type) files.Source {
	t.Helper()
	kept, err := spool.Copy(t.Context(), strings.NewReader(text), "the pipe", "csv")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, kept.Remove()) })
	source, err := kept.Open(files.Options{Types: types})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, source.Close()) })
	return source
}

// The rows of a pipe tell of no other name.
func TestRowsGoByThePipesName(t *testing.T) {
	source := piped(t, "a,b\n1,x\n2,3\n", map[string]expr.Type{"b": expr.Int64})
	require.Equal(t, []string{"the pipe"}, source.Paths())
	for b, err := range source.Scan(t.Context(), []string{"a", "b"}) {
		require.NoError(t, err)
		require.Equal(t, "the pipe", b.File)
		require.ErrorContains(t, b.Columns[1].Err, "the pipe:2: ")
	}
	_, err := piped(t, "", nil).Schema(t.Context())
	require.ErrorContains(t, err, "the pipe: the file is empty")
	_, err = piped(t, "a\n1\n", map[string]expr.Type{"c": expr.Int64}).Schema(t.Context())
	require.ErrorContains(t, err, `declared INT64: there is no column "c"`)
}

// Two numbers that are one double are told apart by where they stand.
func TestKeysAreToldByThePipesName(t *testing.T) {
	source := piped(t, "a\n9007199254740992\n9007199254740993\n0.5\n", nil)
	require.NoError(t, source.Settle(t.Context()))
	var keys expr.ExactKeys
	for b, err := range source.Scan(t.Context(), []string{"a"}) {
		require.NoError(t, err)
		require.ErrorContains(t, keys.Add(&b.Columns[0], b.Rows, nil), "the pipe:3: ")
	}
}

// A pipe that is a file is the same as that file.
func TestAPipeThatIsAFileIsThatFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.csv")
	require.NoError(t, os.WriteFile(path, []byte("a\n1\n"), 0o600))
	in, err := os.Open(path)
	require.NoError(t, err)
	defer in.Close()
	kept, err := spool.Copy(t.Context(), in, "standard input", "csv")
	require.NoError(t, err)
	defer kept.Remove()
	source, err := kept.Open(files.Options{})
	require.NoError(t, err)
	defer source.Close()
	direct, err := files.Open([]string{path}, files.Options{})
	require.NoError(t, err)
	defer direct.Close()
	want, err := direct.(expr.Identified).Identity()
	require.NoError(t, err)
	got, err := source.(expr.Identified).Identity()
	require.NoError(t, err)
	require.Equal(t, want, got)
}
