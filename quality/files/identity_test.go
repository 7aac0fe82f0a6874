package files_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
)

// A file is the same by every path that leads to it, and a copy of it is another.
func TestAFileIsRecognisedByEveryPath(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	require.NoError(t, os.WriteFile(path("games.csv"), []byte("a\n1\n"), 0o600))
	require.NoError(t, os.WriteFile(path("copy.csv"), []byte("a\n1\n"), 0o600))
	require.NoError(t, os.Mkdir(path("sub"), 0o700))
	require.NoError(t, os.Symlink(path("games.csv"), path("symbolic.csv")))
	require.NoError(t, os.Link(path("games.csv"), path("hard.csv")))

	sources := map[string]expr.Source{}
	for name, paths := range map[string][]string{
		"itself": {"games.csv"}, "roundabout": {"sub/../games.csv"}, "symbolic": {"symbolic.csv"}, "hard": {"hard.csv"},
		"among others": {"copy.csv", "games.csv"}, "a copy": {"copy.csv"},
	} {
		for i := range paths {
			paths[i] = dir + "/" + paths[i]
		}
		src, err := files.Open(paths, files.Options{})
		require.NoError(t, err)
		sources[name] = src
	}
	names := []string{"itself", "roundabout", "symbolic", "hard", "among others", "a copy"}
	infos, err := rows.NewEngine(sources).Tables(t.Context(), names...)
	require.NoError(t, err)
	var same []string
	for _, info := range infos {
		require.NoError(t, info.Err)
		if infos[0].Identity.Same(info.Identity) {
			same = append(same, info.Name)
		}
	}
	require.Equal(t, names[:5], same)
	require.NotEqual(t, quality.Identity{}, infos[5].Identity)
}
