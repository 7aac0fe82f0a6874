package claim

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// FileTable is the name by which a file is claimed, the same by whatever path it is
// reached. Of the file itself nothing has to be there yet, but its folder.
func FileTable(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if whole, err := filepath.EvalSymlinks(path); !errors.Is(err, fs.ErrNotExist) {
		return filepath.ToSlash(whole), err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	return filepath.ToSlash(filepath.Join(dir, filepath.Base(path))), err
}
