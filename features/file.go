package features

import (
	"fmt"
	"io/fs"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// File is a set as a file declares it, with where its local rows are.
type File struct {
	Set Set
	suitefile.Local
	// Tables are those that the set declares or whose file it names.
	Tables []suitefile.Table
}

// Load reads the sets of a file: one for each YAML document. The mistakes are
// *form.Error values, joined in the order of the file.
func Load(fsys fs.FS, name string) ([]File, error) {
	return Read(name, func(name string) ([]byte, error) { return fs.ReadFile(fsys, name) })
}

// Read is Load by whatever reads files.
func Read(name string, readFile func(name string) ([]byte, error)) ([]File, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, fmt.Errorf("features %s cannot be read: %w", name, err)
	}
	return parse(suitefile.Reader{ReadFile: readFile}, name, data)
}

// Parse reads the sets of a file's content; name is for messages. They cannot name files
// of tables.
func Parse(name string, data []byte) ([]File, error) { return parse(suitefile.Reader{}, name, data) }

func parse(r suitefile.Reader, name string, data []byte) ([]File, error) {
	var out []File
	err := form.Read("features", name, data, func() form.Form {
		w := written{File: File{Local: suitefile.Local{Path: name}}, reader: r}
		return w.form(func(f File) {
			f.Set.Text, f.Set.File = string(data), name
			out = append(out, f)
		})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Suite is the set as a suite's file would declare it.
func (f File) Suite() suitefile.File {
	return suitefile.File{Suite: f.Set.Checks(), Local: f.Local, Tables: f.Tables}
}

const draft = "https://json-schema.org/draft/2020-12/schema"

// Schema is the JSON Schema (2020-12) of a set, for editors. What it accepts can still be
// refused: it does not read expressions.
func Schema() *jsonschema.Schema {
	w := written{}
	s := w.form(func(File) {}).Schema()
	s.Schema = draft
	s.Title = "Features that training waits for"
	return s
}
