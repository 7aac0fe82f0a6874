package reference

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

const (
	// EnvFolder names the environment variable that holds the folder in which
	// the npm package is installed, the one with node_modules.
	EnvFolder = "INTACT_REFERENCE"
	// EnvRequire names the environment variable that, set to 1, makes tests
	// fail rather than skip where the package is not installed.
	EnvRequire = "INTACT_REQUIRE_REFERENCE"

	npmPackage = "@fivetrandevelopers/zetasql"
	npmVersion = "1.13.0"
)

// finder looks for the package. Its fields are what it sees of the machine.
type finder struct {
	getenv   func(string) string
	lookPath func(string) (string, error)
	dir      string // where to start looking for a go.mod
}

func newFinder() (finder, error) {
	dir, err := os.Getwd()
	if err != nil {
		return finder{}, fmt.Errorf("look for the reference implementation: %w", err)
	}
	return finder{getenv: os.Getenv, lookPath: exec.LookPath, dir: dir}, nil
}

// locate returns the folder with node_modules and the path of node. A folder
// that is named and does not hold the package is an error of its own: whoever
// names one does not want the tests skipped.
func (f finder) locate() (folder, node string, err error) {
	root := sidecar.ModuleRoot(f.dir)
	folder = f.getenv(EnvFolder)
	switch {
	case folder != "" && !holdsPackage(folder):
		return "", "", fmt.Errorf("%s=%s holds no node_modules with %s: install it with\n\t%s",
			EnvFolder, folder, npmPackage, installCommand(folder))
	case folder == "" && root == "":
		return "", "", fmt.Errorf("the reference implementation is %w: install it and name its folder in %s\n\t%s",
			sidecar.ErrNotInstalled, EnvFolder, installCommand("FOLDER"))
	case folder == "":
		folder = filepath.Join(root, ".bin", "reference")
		if !holdsPackage(folder) {
			return "", "", fmt.Errorf("the reference implementation is %w: install it once (340 MB) with\n\t%s",
				sidecar.ErrNotInstalled, installCommand(folder))
		}
	}
	if node, err = f.lookPath("node"); err != nil {
		return "", "", fmt.Errorf("the reference implementation needs node, which is %w: install Node.js 20 or newer",
			sidecar.ErrNotInstalled)
	}
	return folder, node, nil
}

// holdsPackage looks for the file that the bridge loads first.
func holdsPackage(folder string) bool {
	return sidecar.IsFile(filepath.Join(folder, "node_modules", filepath.FromSlash(npmPackage),
		"lib", "zetasql", "protos", "local_service.proto"))
}

func installCommand(folder string) string {
	return fmt.Sprintf("npm install --ignore-scripts --prefix %s %s@%s", folder, npmPackage, npmVersion)
}
