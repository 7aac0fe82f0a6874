package suitefile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/internal/nearest"
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
	// Variables are what the variables that the suite declares stand for, by name; nil
	// without any.
	Variables map[string]string

	oneMore func(text string) (quality.Rule, error)
}

// Reader reads suites.
type Reader struct {
	// Kinds are the kinds of check that suites may use.
	Kinds []Kind
	// ReadFile reads a file: a suite's, or one that a suite names.
	ReadFile func(name string) ([]byte, error)
	// Variables are values in the place of those that suites declare.
	Variables map[string]string
}

// Load reads the suites of a file. It knows the kinds of check that it is given.
func Load(fsys fs.FS, name string, kinds ...Kind) ([]File, error) {
	return reader(fsys, kinds).Load(name)
}

// Parse reads the suites of a file's content; name is for messages. They cannot name
// further files.
func Parse(name string, data []byte, kinds ...Kind) ([]File, error) {
	return Reader{Kinds: kinds}.Parse(name, data)
}

func reader(fsys fs.FS, kinds []Kind) Reader {
	return Reader{Kinds: kinds, ReadFile: func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) }}
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
	declared := map[string]bool{}
	files, err := r.parse(name, data, declared)
	if err == nil {
		err = r.undeclared(declared)
	}
	if err != nil {
		return nil, err
	}
	return files, nil
}

// parse reads suites and notes the variables that they declare.
func (r Reader) parse(name string, data []byte, declared map[string]bool) ([]File, error) {
	known, err := newCatalogue(r.Kinds)
	if err != nil {
		return nil, err
	}
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(data))
	var files []File
	suites := map[string]bool{}
	var values map[string]string // of the document that is read
	variables := form.Variables{Given: r.Variables, Declared: func(of map[string]string) {
		values = of
		for name := range of {
			declared[name] = true
		}
	}}
	err = variables.Read("suite", name, data, func() form.Form {
		return r.suiteForm(name, known, func(f File, at form.Found) {
			if suites[f.Suite.Name] {
				at.At("suite").Fail("two suites of the file have the name %q", f.Suite.Name)
			}
			suites[f.Suite.Name] = true
			f.Digest = digest
			if len(values) > 0 {
				f.Variables = values
			}
			files = append(files, f)
		})
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

// undeclared refuses values of variables that no suite declares.
func (r Reader) undeclared(declared map[string]bool) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(r.Variables)) {
		err := form.CheckVariable(name, r.Variables[name])
		if err == nil && !declared[name] {
			err = fmt.Errorf("no suite declares the variable %s%s: a suite says variables: {%s: VALUE}", name, nearest.Hint(name, slices.Sorted(maps.Keys(declared))), name)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
