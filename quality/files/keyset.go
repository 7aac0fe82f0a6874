package files

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// keySet is the keys of the objects of one block. Those that differ in case only are
// one, as names of columns are.
type keySet struct {
	index map[string]int // of all that were met, as they were spelt first and in lower case
	names []string       // known ones first
	// quoted are the keys of the columns as they mostly are written, with the colon.
	quoted [][]byte
	seen   []int64 // the last row that had the key
	rows   int64
}

// reset forgets all keys but those of the columns.
func (k *keySet) reset(columns []column) {
	if len(k.names) >= len(columns) && k.index != nil {
		for _, name := range k.names[len(columns):] {
			delete(k.index, name)
			delete(k.index, strings.ToLower(name))
		}
		k.names, k.seen = k.names[:len(columns)], k.seen[:len(columns)]
		return
	}
	k.index, k.names, k.seen, k.quoted = map[string]int{}, nil, nil, nil
	for _, c := range columns {
		k.add(c.name)
		key := `"` + c.name + `":`
		if strings.ContainsFunc(c.name, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == utf8.RuneError }) {
			key = "" // so that it is none
		}
		k.quoted = append(k.quoted, []byte(key))
	}
}

// expected is how long the key of a column is that a text begins with, 0 if it does
// not begin with it as it is written where nothing in it needs an escape.
func (k *keySet) expected(text []byte, column int) int {
	if column >= len(k.quoted) {
		return 0
	}
	key := k.quoted[column]
	if len(key) == 0 || !bytes.HasPrefix(text, key) || k.seen[column] == k.rows {
		return 0
	}
	k.seen[column] = k.rows
	return len(key)
}

func (k *keySet) add(name string) int {
	at := len(k.names)
	k.index[name], k.index[strings.ToLower(name)] = at, at
	k.names, k.seen = append(k.names, name), append(k.seen, 0)
	return at
}

// place finds the column of a key. Rows are written alike: mostly it is the one
// behind the last.
func (k *keySet) place(key []byte, guess int) (int, error) {
	at, known := guess, guess < len(k.names) && k.names[guess] == string(key)
	if !known {
		at, known = k.index[string(key)]
	}
	if !known {
		at, known = k.index[strings.ToLower(string(key))]
	}
	if !known {
		if len(k.names) == maxColumns {
			return 0, fmt.Errorf("it has more than %d columns: are the keys data?", maxColumns)
		}
		at = k.add(string(key))
	}
	if k.seen[at] == k.rows {
		return 0, fmt.Errorf("the object has the key %q twice (case makes no difference)", key)
	}
	k.seen[at] = k.rows
	return at, nil
}
