package sidecar

import (
	"os"
	"path/filepath"
)

// ModuleRoot returns the nearest folder from dir upward that holds a go.mod,
// or "" when there is none.
func ModuleRoot(dir string) string {
	for {
		if IsFile(filepath.Join(dir, "go.mod")) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// IsFile reports whether path names a regular file.
func IsFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
