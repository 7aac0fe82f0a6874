package emulator

import (
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

const (
	// EnvEmulator names the environment variable that holds the URL of a
	// running emulator or the absolute path of the program. A running one must serve
	// the project [Project]; whoever uses it keeps to datasets of his own.
	EnvEmulator = "INTACT_EMULATOR"
	// EnvRequire names the environment variable that, set to 1, makes tests
	// fail rather than skip where there is no emulator.
	EnvRequire = "INTACT_REQUIRE_EMULATOR"

	program = "intact-emulator"
	module  = "github.com/intactdata/intact/harness/emulator/" + program
)

// ErrNotInstalled says that no emulator was found. The error that wraps it
// holds the command that builds one.
var ErrNotInstalled = sidecar.ErrNotInstalled

// location says where an emulator is: exactly one of the two is set.
type location struct {
	endpoint string // of one that runs already
	path     string // of the program
}

// locate returns the first emulator found. One that is named and is not there
// is an error of its own, never [ErrNotInstalled]: whoever names one does not
// want the tests skipped.
func locate(m sidecar.Machine) (location, error) {
	if named := m.Getenv(EnvEmulator); named != "" {
		return locateNamed(m, named)
	}
	root := sidecar.ModuleRoot(m.Dir)
	if root != "" {
		path := filepath.Join(root, ".bin", program+exeSuffix())
		if sidecar.IsFile(path) {
			return location{path: path}, nil
		}
	}
	if path, err := m.LookPath(program); err == nil {
		return location{path: path}, nil
	}
	return location{}, fmt.Errorf("the BigQuery emulator is %w: build it once (about 9 minutes and 6 GB of memory) with: %s",
		ErrNotInstalled, buildCommand(root))
}

func locateNamed(m sidecar.Machine, value string) (location, error) {
	if strings.Contains(value, "://") {
		u, err := url.Parse(value)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return location{}, fmt.Errorf("%s=%q is no URL of a server: write http://host:port", EnvEmulator, value)
		}
		return location{endpoint: strings.TrimRight(value, "/")}, nil
	}
	path, err := m.LookPath(value)
	if err != nil {
		return location{}, fmt.Errorf("%s=%q is no program: name the file %s, or the URL of a running one: %w",
			EnvEmulator, value, program, err)
	}
	return location{path: path}, nil
}

// buildCommand returns the one command that puts the program where locate
// finds it. root is the module's folder, or "" outside of any.
func buildCommand(root string) string {
	if root == "" {
		return "go install " + module + "@latest"
	}
	bin := filepath.Join(root, ".bin")
	source := filepath.Join(root, "harness", "emulator", program)
	if sidecar.IsFile(filepath.Join(source, "go.mod")) {
		return fmt.Sprintf("go -C %s run ./harness/emulator/install", root)
	}
	return fmt.Sprintf("GOBIN=%s go install %s@latest", bin, module)
}

func exeSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
