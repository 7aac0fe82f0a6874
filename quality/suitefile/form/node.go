package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Node is what stands at one place of a document.
type Node struct {
	file *source
	yaml *yaml.Node // never an alias
	key  string     // whose value it is, "" at the top
}

// child is a node below n; an alias is the node it stands for.
func (n Node) child(y *yaml.Node, key string) Node {
	for y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	return Node{n.file, y, key}
}

// IsMap reports whether it is a map.
func (n Node) IsMap() bool { return n.yaml.Kind == yaml.MappingNode }

// IsList reports whether it is a list.
func (n Node) IsList() bool { return n.yaml.Kind == yaml.SequenceNode }

// Items are the elements of a list. Mistakes in one are told under the list's
// key, but for maps, which have keys of their own.
func (n Node) Items() []Node {
	if !n.IsList() {
		return nil
	}
	out := make([]Node, len(n.yaml.Content))
	for i, c := range n.yaml.Content {
		if out[i] = n.child(c, n.key); out[i].IsMap() {
			out[i].key = ""
		}
	}
	return out
}

// Entry is a key that stands in a map, with its value.
type Entry struct {
	Name  string
	Key   Node
	Value Node
}

// Entries are the keys of a map that are texts, each once, in the order of the
// file. Quotes make no difference: null: is the key "null".
func (n Node) Entries() []Entry { return n.entries(func(Node, string, ...any) {}) }

// With is the map with further entries, which stand where they stand.
func (n Node) With(more ...Entry) Node {
	if !n.IsMap() || len(more) == 0 {
		return n
	}
	whole := *n.yaml
	whole.Content = slices.Clone(whole.Content)
	for _, e := range more {
		whole.Content = append(whole.Content, e.Key.yaml, e.Value.yaml)
	}
	return Node{n.file, &whole, n.key}
}

// Entry is a key with a text, as if it were written at the node's place.
func (n Node) Entry(name, text string) Entry {
	written := func(text string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: text, Line: n.yaml.Line, Column: n.yaml.Column}
	}
	return Entry{name, n.child(written(name), ""), n.child(written(text), name)}
}

// entries tells fail of the keys that cannot be read.
func (n Node) entries(fail func(key Node, format string, args ...any)) []Entry {
	if !n.IsMap() {
		return nil
	}
	var out []Entry
	seen := map[string]Node{}
	for i := 0; i+1 < len(n.yaml.Content); i += 2 {
		key := n.child(n.yaml.Content[i], "")
		name := key.yaml.Value
		switch first, twice := seen[name]; {
		case key.yaml.ShortTag() == "!!merge":
			fail(key, "merge keys (<<) are not read here: write the keys out")
		case key.yaml.Kind != yaml.ScalarNode || name == "":
			fail(key, "a key is a text, not %s", key.describe())
		case twice:
			fail(key, "the key %q stands here twice, first at %d:%d", name, first.yaml.Line, first.yaml.Column)
		default:
			seen[name] = key
			out = append(out, Entry{name, key, n.child(n.yaml.Content[i+1], name)})
		}
	}
	return out
}

// Place says where it stands: suite.yaml:4:3.
func (n Node) Place() string {
	return fmt.Sprintf("%s:%d:%d", n.file.file, n.yaml.Line, n.yaml.Column)
}

// File is the name of the document's file.
func (n Node) File() string { return n.file.file }

// Fail reports a mistake at the place.
func (n Node) Fail(format string, args ...any) {
	n.fail(n.yaml.Line, n.yaml.Column, fmt.Errorf(format, args...))
}

// FailAt reports a mistake at a byte of the text that stands at the place. ok is
// false, and nothing reported, if that byte has no place of its own: in a text of
// several lines.
func (n Node) FailAt(offset int, err error) (ok bool) {
	column, ok := n.columnOf(offset)
	if ok {
		n.fail(n.yaml.Line, column, err)
	}
	return ok
}

func (n Node) fail(line, column int, err error) {
	if n.key != "" {
		err = fmt.Errorf("%s: %w", n.key, err)
	}
	n.file.add(line, column, err)
}

// FailExpecting reports that something else was expected, with an optional hint
// at the mend.
func (n Node) FailExpecting(what, hint string) {
	n.Fail("%s is expected, not %s%s", what, n.describe(), hint)
}

// Decode reads what stands at the place by a form, once the document has been read. Its
// mistakes are those of [Read].
func (n Node) Decode(f Form) error {
	file := *n.file
	file.found = nil
	n.file = &file
	f.Read(n)
	return file.join()
}

// Mistakes counts those found in the file so far.
func (n Node) Mistakes() int { return len(n.file.found) }

func isNothing(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Value == "" && y.ShortTag() == "!!null"
}

// describe names what stands here in a message.
func (n Node) describe() string {
	switch {
	case n.IsMap():
		return "a map"
	case n.IsList():
		return "a list"
	case isNothing(n.yaml):
		return "nothing"
	}
	value, err := scalar(n.yaml)
	if err != nil {
		return n.yaml.Value
	}
	switch value.(type) {
	case string:
		return "the text " + strconv.Quote(shorten(n.yaml.Value))
	case int64, float64:
		return "the number " + n.yaml.Value
	}
	return strings.ToLower(n.yaml.Value)
}

func shorten(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	return text
}
