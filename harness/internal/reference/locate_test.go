package reference

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

func install(t *testing.T, folder string) {
	t.Helper()
	protos := filepath.Join(folder, "node_modules", filepath.FromSlash(npmPackage), "lib", "zetasql", "protos")
	require.NoError(t, os.MkdirAll(protos, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(protos, "local_service.proto"), nil, 0o644))
}

func module(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), nil, 0o644))
	return root
}

func env(folder string) func(string) string {
	return func(name string) string {
		if name == EnvFolder {
			return folder
		}
		return ""
	}
}

func hasNode(string) (string, error) { return "/usr/bin/node", nil }

func TestFolderNamedComesBeforeTheModules(t *testing.T) {
	root, named := module(t), t.TempDir()
	install(t, filepath.Join(root, ".bin", "reference"))
	install(t, named)

	folder, node, err := locate(sidecar.Machine{Getenv: env(""), LookPath: hasNode, Dir: root})
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(root, ".bin", "reference"), folder)
	assert.Equal(t, "/usr/bin/node", node)

	folder, _, err = locate(sidecar.Machine{Getenv: env(named), LookPath: hasNode, Dir: root})
	require.NoError(t, err)
	assert.Equal(t, named, folder)
}

func TestAbsentTellsTheCommandThatInstallsIt(t *testing.T) {
	root := module(t)
	_, _, err := locate(sidecar.Machine{Getenv: env(""), LookPath: hasNode, Dir: root})
	require.ErrorIs(t, err, sidecar.ErrNotInstalled)
	assert.ErrorContains(t, err, "npm install --ignore-scripts --prefix "+
		filepath.Join(root, ".bin", "reference")+" @fivetrandevelopers/zetasql@1.13.0")

	_, _, err = locate(sidecar.Machine{Getenv: env(""), LookPath: hasNode, Dir: string(filepath.Separator)})
	require.ErrorIs(t, err, sidecar.ErrNotInstalled)
	assert.ErrorContains(t, err, EnvFolder)
}

func TestFolderNamedAndEmptyIsAnErrorOfItsOwn(t *testing.T) {
	named := t.TempDir()
	_, _, err := locate(sidecar.Machine{Getenv: env(named), LookPath: hasNode, Dir: module(t)})
	require.ErrorContains(t, err, EnvFolder+"="+named)
	assert.NotErrorIs(t, err, sidecar.ErrNotInstalled, "tests would be skipped")
}

func TestWithoutNodeItIsNotInstalled(t *testing.T) {
	named := t.TempDir()
	install(t, named)
	_, _, err := locate(sidecar.Machine{Getenv: env(named), LookPath: func(string) (string, error) { return "", exec.ErrNotFound }, Dir: named})
	require.ErrorIs(t, err, sidecar.ErrNotInstalled)
	assert.ErrorContains(t, err, "Node.js")
}
