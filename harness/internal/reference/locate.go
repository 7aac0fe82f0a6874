package reference

import (
	"fmt"
	"path/filepath"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

const (
	// EnvFolder names the environment variable that holds the absolute path of
	// the folder in which the npm package is installed, the one with node_modules.
	EnvFolder = "INTACT_REFERENCE"
	// EnvRequire names the environment variable that, set to 1, makes tests
	// fail rather than skip where the package is not installed.
	EnvRequire = "INTACT_REQUIRE_REFERENCE"

	npmPackage = "@fivetrandevelopers/zetasql"
	npmVersion = "1.13.0"
)

// locate returns the folder with node_modules and the path of node. A folder
// that is named and does not hold the package is an error of its own: whoever
// names one does not want the tests skipped.
func locate(m sidecar.Machine) (folder, node string, err error) {
	root := sidecar.ModuleRoot(m.Dir)
	folder = m.Getenv(EnvFolder)
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
	if node, err = m.LookPath("node"); err != nil {
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
