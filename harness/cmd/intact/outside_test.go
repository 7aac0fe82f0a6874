package main_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// outside is a file or glob of real data that is not part of the project.
func outside(t *testing.T, parts ...string) string {
	t.Helper()
	root := os.Getenv("INTACT_OUTSIDE")
	if root == "" {
		t.Skip("INTACT_OUTSIDE is not set: it names the folder of data that is not part of the project")
	}
	return filepath.Join(append([]string{root, "data", "nba"}, parts...)...)
}

// outsideText is what such a file holds, unzipped.
func outsideText(t *testing.T, parts ...string) string {
	t.Helper()
	file, err := os.Open(outside(t, parts...))
	require.NoError(t, err)
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(file.Name(), ".gz") {
		in, err = gzip.NewReader(file)
		require.NoError(t, err)
	}
	text, err := io.ReadAll(in)
	require.NoError(t, err)
	return string(text)
}

// outsideRows are the rows of such a CSV file.
func outsideRows(t *testing.T, parts ...string) []map[string]string {
	t.Helper()
	return records(t, outsideText(t, parts...))
}
