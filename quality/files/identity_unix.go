//go:build unix

package files

import (
	"fmt"
	"os"
	"syscall"
)

// FileIdentity is what the Identity of a source holds for a file: its device and inode.
func FileIdentity(path string, info os.FileInfo) (string, error) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", fmt.Errorf("%s: the system does not tell its device and inode", path)
	}
	return fmt.Sprintf("file %d:%d", s.Dev, s.Ino), nil
}
