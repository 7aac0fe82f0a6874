package suitefile

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// File is a suite as a file declares it.
type File struct {
	Suite quality.Suite
	// Local is where the rows of the suite's table are; its Path is the suite's file.
	Local
	// Tables are those that the suite declares or whose file it names, in the order
	// of that; Suite.Tables are the same.
	Tables []Table
	// Digest is sha256: and the SHA-256 of the file, by which a suite that was changed
	// is told from one that was not.
	Digest string

	oneMore func(text string) (quality.Rule, error)
}

// Reader reads suites.
type Reader struct {
	// Kinds are the kinds of check that suites may use.
	Kinds []Kind
	// ReadFile reads a file: a suite's, or one that a suite names.
	ReadFile func(name string) ([]byte, error)
}

// Load reads the suites of a file. It knows the kinds of check that it is given.
func Load(fsys fs.FS, name string, kinds ...Kind) ([]File, error) {
	return Reader{kinds, func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }}.Load(name)
}

// Parse reads the suites of a file's content; name is for messages. They cannot name
// further files.
func Parse(name string, data []byte, kinds ...Kind) ([]File, error) {
	return Reader{Kinds: kinds}.Parse(name, data)
}

// Load reads the suites of a file.
func (r Reader) Load(name string) ([]File, error) {
	data, err := r.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("suite %s cannot be read: %w", name, err)
	}
	return r.Parse(name, data)
}

// Parse reads the suites of a file's content; files that they name are found beside
// it. The mistakes of a file are *form.Error values, joined in the order of the file.
func (r Reader) Parse(name string, data []byte) ([]File, error) {
	known, err := newCatalogue(r.Kinds)
	if err != nil {
		return nil, err
	}
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(data))
	var files []File
	suites := map[string]bool{}
	err = form.Read("suite", name, data, func() form.Form {
		return r.suiteForm(name, known, func(f File, at form.Found) {
			if suites[f.Suite.Name] {
				at.At("suite").Fail("two suites of the file have the name %q", f.Suite.Name)
			}
			suites[f.Suite.Name] = true
			f.Digest = digest
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
