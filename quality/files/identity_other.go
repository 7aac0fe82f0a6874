//go:build !unix

package files

import (
	"os"
	"path/filepath"
)

// FileIdentity is what the Identity of a source holds for a file: the path with its symbolic links followed, where Go tells of no
// inode: hard links are two files here.
func FileIdentity(path string, _ os.FileInfo) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	return "file " + real, err
}
