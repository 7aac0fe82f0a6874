package form

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Read decodes every YAML document of a file, each with the form that document
// returns for it. Errors are *Error values, joined in the order of the file; they
// begin with what the documents are (suite) and the file's name.
func Read(what, file string, data []byte, document func() Form) error {
	return read(what, file, data, nil, document)
}

// Read is [Read] of documents that may declare variables.
func (v Variables) Read(what, file string, data []byte, document func() Form) error {
	return read(what, file, data, &v, document)
}

func read(what, file string, data []byte, variables *Variables, document func() Form) error {
	f := &source{mistakes: mistakes{what: what, file: file}, lines: strings.Split(string(data), "\n"), variables: variables, parts: map[*yaml.Node][]Part{}}
	f.read(data, document)
	return f.join()
}

// TopKeys are the keys of a file's first document, nil if it cannot be read or is no map.
func TopKeys(data []byte) []string {
	var root yaml.Node
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil || loader.Load(&root) != nil || len(root.Content) == 0 {
		return nil
	}
	var keys []string
	if top := root.Content[0]; top.Kind == yaml.MappingNode {
		for i := 0; i < len(top.Content); i += 2 {
			keys = append(keys, top.Content[i].Value)
		}
	}
	return keys
}

// source is a file that is being read.
type source struct {
	mistakes
	lines     []string
	variables *Variables
	parts     map[*yaml.Node][]Part // of scalars with variables
}

func (f *source) read(data []byte, document func() Form) {
	if line, column, err := notText(data); err != nil {
		f.add(line, column, err)
		return
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		f.add(0, 0, err)
		return
	}
	for documents := 0; ; documents++ {
		var root yaml.Node
		switch err := loader.Load(&root); {
		case errors.Is(err, io.EOF):
			if documents == 0 {
				f.add(0, 0, fmt.Errorf("the file is empty"))
			}
			return
		case err != nil:
			f.addSyntax(err)
			return
		}
		top := root.Content[0]
		if isNothing(top) {
			f.add(top.Line, top.Column, fmt.Errorf("the document is empty"))
		} else if f.readable(&root) && f.put(top) {
			document().Read(Node{file: f, yaml: top})
		}
	}
}

// put puts values in the place of variables.
func (f *source) put(top *yaml.Node) bool {
	before := len(f.found)
	if f.variables != nil {
		f.variables.put(f, top)
	}
	return len(f.found) == before
}

// notText finds the first character that YAML forbids; the YAML reader would not
// say where it is.
// https://yaml.org/spec/1.2.2/#51-character-set
func notText(data []byte) (line, column int, err error) {
	line, column = 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			return line, column, fmt.Errorf("the file is not UTF-8")
		case unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\u0085", r):
			return line, column, fmt.Errorf("the control character %U is not allowed: write it as an escape in double quotes", r)
		case r == '\n':
			line, column = line+1, 1
		default:
			column++
		}
		data = data[size:]
	}
	return 0, 0, nil
}

// addSyntax reports what is no YAML at all. The words are the YAML reader's; the
// mend is for what people get wrong in suites.
func (f *source) addSyntax(err error) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		f.add(0, 0, err)
		return
	}
	text := e.Message
	if e.ContextMsg != "" {
		text += " " + e.ContextMsg
	}
	switch {
	case strings.Contains(text, "cannot start any token"):
		text += ": indent with blanks, and put a text that begins with ` @ or % in quotes"
	case strings.Contains(text, "mapping values are not allowed"):
		text += ": put a text with a colon in quotes"
	case strings.Contains(text, "did not find expected ','") && e.Mark.Line <= len(f.lines) && e.Mark.Line > 0 && strings.Contains(f.lines[e.Mark.Line-1], "${"):
		text += ": a variable within {} or [] stands in quotes, and is a text there; one that is none stands in a map of lines"
	case strings.Contains(text, "did not find expected ',' or '}'"):
		text += ": put a text with commas in quotes"
	}
	f.add(e.Mark.Line, e.Mark.Column, errors.New(text))
}

// maxNodes bounds a document with its aliases followed: a few lines of nested
// aliases can stand for more than a machine holds.
const maxNodes = 1_000_000

// readable refuses what no form should have to think of: tags, and aliases that
// lead to themselves or to too much.
func (f *source) readable(root *yaml.Node) bool {
	before := len(f.found)
	w := walker{file: f, inside: map[*yaml.Node]bool{}, left: maxNodes}
	w.walk(root)
	return len(f.found) == before
}

type walker struct {
	file   *source
	inside map[*yaml.Node]bool // the anchors that the walk is below
	left   int
}

// walk reports whether to go on.
func (w *walker) walk(n *yaml.Node) bool {
	if w.left--; w.left < 0 {
		w.file.add(n.Line, n.Column, fmt.Errorf("the document has more than %d values with its aliases followed", maxNodes))
		return false
	}
	if n.Style&yaml.TaggedStyle != 0 {
		w.file.add(n.Line, n.Column, fmt.Errorf("the tag %s is not read here: a text that looks like something else stands in quotes", n.ShortTag()))
	}
	if n.Anchor != "" {
		w.inside[n] = true
		defer delete(w.inside, n)
	}
	if n.Kind == yaml.AliasNode {
		if w.inside[n.Alias] {
			w.file.add(n.Line, n.Column, fmt.Errorf("the alias *%s stands inside of its own anchor", n.Value))
			return false
		}
		return w.walk(n.Alias)
	}
	w.cutOff(n)
	for _, c := range n.Content {
		if !w.walk(c) {
			return false
		}
	}
	return true
}
