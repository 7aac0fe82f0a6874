package files

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// jsonKey is where values of a column stand: under a key of the row, or of the objects in
// another column. What arrays hold is a column as well, without a key.
type jsonKey struct {
	in    int // one more than the other column; 0 is the row
	name  string
	items bool
}

// folded is the key as it is compared.
func (k jsonKey) folded() jsonKey {
	k.name = strings.ToLower(k.name)
	return k
}

// keySet is the keys of the objects of one block. Those that differ in case only are
// one, as names of columns are.
type keySet struct {
	index map[jsonKey]int // of all that were met, as they were spelt first and in lower case
	keys  []jsonKey       // known ones first
	top   int             // those of rows
	// quoted are the keys of the columns as they mostly are written, with the colon.
	quoted []quotedKey
	seen   []int64 // the last object that had the key
	object int64   // objects so far
}

// quotedKey is a key of the objects in a column, or of rows.
type quotedKey struct {
	text []byte
	in   int
}

// reset forgets all keys but those of the columns.
func (k *keySet) reset(columns []column) {
	if len(k.quoted) == len(columns) && k.index != nil {
		for _, key := range k.keys[len(columns):] {
			delete(k.index, key)
			delete(k.index, key.folded())
			if key.in == 0 {
				k.top--
			}
		}
		k.keys, k.seen = k.keys[:len(columns)], k.seen[:len(columns)]
		return
	}
	*k = keySet{index: map[jsonKey]int{}, object: k.object}
	for _, c := range columns {
		at := c.key()
		k.add(at)
		key := `"` + at.name + `":`
		if at.items || strings.ContainsFunc(key[1:len(key)-2], func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == utf8.RuneError }) {
			key = "" // so that it is none
		}
		k.quoted = append(k.quoted, quotedKey{[]byte(key), at.in})
	}
}

// enter begins an object.
func (k *keySet) enter() (object int64) {
	k.object++
	return k.object
}

// expected is how long the key of a column is that a text begins with, 0 if it does
// not begin with it as it is written where nothing in it needs an escape.
func (k *keySet) expected(text []byte, in, column int, object int64) int {
	if column >= len(k.quoted) {
		return 0
	}
	key := &k.quoted[column]
	if key.in != in || len(key.text) == 0 || !bytes.HasPrefix(text, key.text) || k.seen[column] == object {
		return 0
	}
	k.seen[column] = object
	return len(key.text)
}

func (k *keySet) add(key jsonKey) int {
	at := len(k.keys)
	k.index[key], k.index[key.folded()] = at, at
	k.keys, k.seen = append(k.keys, key), append(k.seen, 0)
	if key.in == 0 {
		k.top++
	}
	return at
}

// items are the column of what an array holds.
func (k *keySet) items(in int) int {
	key := jsonKey{in: in, items: true}
	at, known := k.index[key]
	if !known {
		at = k.add(key)
	}
	return at
}

// maxFields is how many fields of objects in columns are known, whose keys can be data.
const maxFields = 2000

// place finds the column of a key. Rows are written alike: mostly it is the one
// behind the last.
func (k *keySet) place(key []byte, in, guess int, object int64) (int, error) {
	at, known := guess, guess < len(k.keys) && k.keys[guess].in == in && k.keys[guess].name == string(key)
	if !known {
		at, known = k.index[jsonKey{in: in, name: string(key)}]
	}
	if !known {
		at, known = k.index[jsonKey{in: in, name: string(key)}.folded()]
	}
	if !known {
		switch {
		case in == 0 && k.top == maxColumns:
			return 0, fmt.Errorf("it has more than %d columns: are the keys data?", maxColumns)
		case in > 0 && len(k.keys)-k.top >= maxFields:
			return 0, errManyFields
		}
		at = k.add(jsonKey{in: in, name: string(key)})
	}
	if k.seen[at] == object {
		return 0, fmt.Errorf("the object has the key %q twice (case makes no difference)", key)
	}
	k.seen[at] = object
	return at, nil
}

var errManyFields = fmt.Errorf("more than %d fields", maxFields)
