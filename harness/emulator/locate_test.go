package emulator

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

// machine is a folder tree with a module, a package two levels down and
// nothing else.
func machine(t *testing.T) (root, pkg string) {
	t.Helper()
	root = t.TempDir()
	pkg = filepath.Join(root, "a", "b")
	require.NoError(t, os.MkdirAll(pkg, 0o755))
	write(t, filepath.Join(root, "go.mod"))
	return root, pkg
}

func write(t *testing.T, path string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, nil, 0o755))
	return path
}

func nowhere(name string) (string, error) {
	return "", &exec.Error{Name: name, Err: exec.ErrNotFound}
}

func on(path string) func(string) (string, error) {
	return func(string) (string, error) { return path, nil }
}

func env(value string) func(string) string {
	return func(name string) string {
		if name == EnvEmulator {
			return value
		}
		return ""
	}
}

func TestEnvironmentIsLookedAtFirst(t *testing.T) {
	root, pkg := machine(t)
	write(t, filepath.Join(root, ".bin", program+exeSuffix()))

	loc, err := locate(sidecar.Machine{Getenv: env("http://host:9050/"), LookPath: on("/usr/bin/x"), Dir: pkg})
	require.NoError(t, err)
	assert.Equal(t, location{endpoint: "http://host:9050"}, loc)

	loc, err = locate(sidecar.Machine{Getenv: env("/opt/emu"), LookPath: on("/opt/emu"), Dir: pkg})
	require.NoError(t, err)
	assert.Equal(t, location{path: "/opt/emu"}, loc)
}

func TestBinBesideTheModuleComesBeforePath(t *testing.T) {
	root, pkg := machine(t)
	built := write(t, filepath.Join(root, ".bin", program+exeSuffix()))
	loc, err := locate(sidecar.Machine{Getenv: env(""), LookPath: on("/usr/bin/x"), Dir: pkg})
	require.NoError(t, err)
	assert.Equal(t, location{path: built}, loc)
}

func TestPathIsLookedAtLast(t *testing.T) {
	_, pkg := machine(t)
	loc, err := locate(sidecar.Machine{Getenv: env(""), LookPath: on("/usr/bin/x"), Dir: pkg})
	require.NoError(t, err)
	assert.Equal(t, location{path: "/usr/bin/x"}, loc)
}

func TestNamedAndAbsentIsAnErrorOfItsOwn(t *testing.T) {
	_, pkg := machine(t)
	for _, value := range []string{"/no/such/file", "http://", "ftp://host"} {
		_, err := locate(sidecar.Machine{Getenv: env(value), LookPath: nowhere, Dir: pkg})
		require.Error(t, err, value)
		assert.NotErrorIs(t, err, ErrNotInstalled, "tests would be skipped")
		assert.ErrorContains(t, err, EnvEmulator)
		assert.ErrorContains(t, err, value)
	}
}

func TestAbsentTellsTheCommandThatBuildsIt(t *testing.T) {
	root, pkg := machine(t)
	m := sidecar.Machine{Getenv: env(""), LookPath: nowhere, Dir: pkg}

	_, err := locate(m)
	require.ErrorIs(t, err, ErrNotInstalled)
	assert.ErrorContains(t, err, "GOBIN="+filepath.Join(root, ".bin")+" go install "+module+"@latest",
		"a module that uses this one")

	source := filepath.Join(root, "harness", "emulator", program)
	write(t, filepath.Join(source, "go.mod"))
	_, err = locate(m)
	require.ErrorIs(t, err, ErrNotInstalled)
	assert.ErrorContains(t, err, "go -C "+root+" run ./harness/emulator/install",
		"this module")
}

func TestNoModuleIsNoCrash(t *testing.T) {
	m := sidecar.Machine{Getenv: env(""), LookPath: nowhere, Dir: string(filepath.Separator)}
	_, err := locate(m)
	if !errors.Is(err, ErrNotInstalled) {
		t.Fatalf("got %v, want ErrNotInstalled", err)
	}
	assert.ErrorContains(t, err, "go install "+module+"@latest")
}
