package files

import (
	"fmt"
	"os"
	"path/filepath"
)

// Expand lists the files that a pattern names, sorted; [filepath.Match] gives
// the syntax. The name of a file that exists is itself, whatever is in it. A
// pattern that names nothing is an error: no files are not an empty relation.
func Expand(pattern string) ([]string, error) {
	if _, err := os.Lstat(pattern); err == nil {
		return []string{pattern}, nil
	}
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%q is no pattern: %w", pattern, err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("no file matches %q", pattern)
	}
	return paths, nil
}
