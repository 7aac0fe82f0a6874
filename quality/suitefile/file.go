package suitefile

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// File is a suite as a file declares it.
type File struct {
	// Path is the file's name, as Load or Parse got it.
	Path  string
	Suite quality.Suite
	// Sources are the local rows of the suite's table, as written: files or
	// globs, relative to the suite's file.
	Sources []string
	// Columns declares types of columns of the local rows; the others are
	// inferred.
	Columns map[string]expr.Type
	// Dialect is how the local rows are written.
	Dialect dialect.Dialect
}

// Load reads the suites of a file. Besides complete, rows and unique it knows the
// kinds of check that it is given.
func Load(fsys fs.FS, name string, kinds ...Kind) ([]File, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("suite %s cannot be read: %w", name, err)
	}
	return Parse(name, data, kinds...)
}

// Parse reads the suites of a file's content; name is for messages. The mistakes
// of a file are *form.Error values, joined in the order of the file.
func Parse(name string, data []byte, kinds ...Kind) ([]File, error) {
	known, err := newCatalogue(kinds)
	if err != nil {
		return nil, err
	}
	var files []File
	suites := map[string]bool{}
	err = form.Read("suite", name, data, func() form.Form {
		return suiteForm(known, func(f File, at form.Found) {
			if suites[f.Suite.Name] {
				at.At("suite").Fail("two suites of the file have the name %q", f.Suite.Name)
			}
			suites[f.Suite.Name] = true
			f.Path = name
			files = append(files, f)
		})
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

// Find lists the files *.yaml and *.yml, in any case, below a folder, in the order
// of their names and without those whose name begins with a dot; of a file it
// returns the file. To find none is an error, and so is a link to a folder, whose
// suites would be passed over.
func Find(fsys fs.FS, root string) ([]string, error) {
	var found []string
	err := fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		hidden := name != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden:
			return nil
		}
		if info, err := fs.Stat(fsys, name); err == nil && info.IsDir() {
			return fmt.Errorf("%s is a link to a folder, which is not followed: name that folder itself", name)
		}
		if ext := strings.ToLower(path.Ext(name)); name == root || ext == ".yaml" || ext == ".yml" {
			found = append(found, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("suites in %s cannot be found: %w", root, err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no suite in %s: no file *.yaml or *.yml", root)
	}
	return found, nil
}
