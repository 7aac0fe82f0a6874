package suitefile

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// Find lists the files that a name stands for: a file is itself; a folder is its files
// *.yaml and *.yml, in any case, and those of all folders below; anything else is a glob,
// in which ** is any number of folders. They are in the order of their names and without
// those that begin with a dot. To find none is an error, and so is a link to a folder,
// whose suites would be passed over.
func Find(fsys fs.FS, name string) ([]string, error) {
	var found []string
	_, err := fs.Stat(fsys, name)
	if errors.Is(err, fs.ErrNotExist) && IsGlob(name) {
		return glob(fsys, name)
	}
	err = fs.WalkDir(fsys, name, func(at string, d fs.DirEntry, err error) error {
		hidden := at != name && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden:
			return nil
		}
		if info, err := fs.Stat(fsys, at); err == nil && info.IsDir() {
			return fmt.Errorf("%s is a link to a folder, which is not followed: name that folder itself", at)
		}
		if ext := strings.ToLower(path.Ext(at)); at == name || ext == ".yaml" || ext == ".yml" {
			found = append(found, at)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("suites in %s cannot be found: %w", name, err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no suite in %s: no file *.yaml or *.yml", name)
	}
	return found, nil
}

// IsGlob reports whether a name that is no file's is a glob.
func IsGlob(name string) bool { return strings.ContainsAny(name, `*?[{`) }

func glob(fsys fs.FS, pattern string) ([]string, error) {
	found, err := doublestar.Glob(fsys, pattern, doublestar.WithFilesOnly(), doublestar.WithFailOnIOErrors(), doublestar.WithNoHidden())
	if err != nil {
		return nil, fmt.Errorf("suites %s cannot be found: %w", pattern, err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no file is like %s", pattern)
	}
	slices.Sort(found)
	return found, nil
}

// LoadAll reads the suites of all files that names stand for, as [Find] has it, on which
// [quality.Run] is one run: a table is scanned once for all of them. The mistakes of all
// files are told together.
func LoadAll(fsys fs.FS, names []string, kinds ...Kind) ([]File, error) {
	return reader(fsys, kinds).LoadAll(fsys, names...)
}

// LoadAll is [LoadAll] by the reader's kinds and variables; it reads from the file system
// where the reader does not say how.
func (r Reader) LoadAll(fsys fs.FS, names ...string) ([]File, error) {
	if r.ReadFile == nil {
		r.ReadFile = func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }
	}
	var paths []string
	var errs []error
	for _, name := range names {
		found, err := Find(fsys, name)
		errs = append(errs, err)
		paths = append(paths, found...)
	}
	out, err := r.LoadFiles(paths)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	return out, nil
}

// LoadFiles reads the suites of files, among which may be files of tables: those are
// held to their form, and are read by the suites that name them. A file that is neither
// is an error, and so are two suites of one name.
func (r Reader) LoadFiles(paths []string) ([]File, error) {
	var out []File
	var errs []error
	declared := map[string]bool{}
	for _, path := range paths {
		data, err := r.ReadFile(path)
		switch {
		case err != nil:
			err = fmt.Errorf("suite %s cannot be read: %w", path, err)
		case isTables(data):
			_, err = parseTables(path, data)
		case isOther(data):
			err = fmt.Errorf("%s is neither a suite, which has the keys suite and checks, nor a file of tables, whose keys are their names: leave it out, or move it", path)
		default:
			var got []File
			got, err = r.parse(path, data, declared)
			out = append(out, got...)
		}
		errs = append(errs, err)
	}
	errs = append(errs, distinct(out))
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(out) == 0 && len(paths) > 0 {
		return nil, fmt.Errorf("there is no suite in %s: they are files of tables", strings.Join(paths, ", "))
	}
	return out, r.undeclared(declared)
}

// isOther reports whether a file is a map with nothing of a suite.
func isOther(data []byte) bool {
	keys := form.TopKeys(data)
	return len(keys) > 0 && !slices.Contains(keys, "suite") && !slices.Contains(keys, "checks")
}

// isTables reports whether a file is one of tables: all of its keys are their names,
// which have a dot, and those of suites have none.
func isTables(data []byte) bool {
	keys := form.TopKeys(data)
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return !strings.Contains(key, ".") })
}

// distinct refuses suites that a report could not tell apart.
func distinct(suites []File) error {
	paths := map[string]string{}
	var errs []error
	for _, s := range suites {
		if other, twice := paths[s.Suite.Name]; twice {
			errs = append(errs, fmt.Errorf("two suites have the name %q, in %s and in %s: rename one, or name a file once", s.Suite.Name, other, s.Path))
		}
		paths[s.Suite.Name] = s.Path
	}
	return errors.Join(errs...)
}
