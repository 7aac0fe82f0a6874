package files

import (
	"bytes"
	"fmt"
	"strings"
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
		k.quoted = append(k.quoted, []byte(`"`+c.name+`":`))
	}
}

// expected reports whether a text begins with the key of a column, as it is written
// where nothing in it needs an escape, and how long that is.
func (k *keySet) expected(text []byte, column int) (n int, ok bool) {
	if column >= len(k.quoted) || !bytes.HasPrefix(text, k.quoted[column]) || k.seen[column] == k.rows {
		return 0, false
	}
	k.seen[column] = k.rows
	return len(k.quoted[column]), true
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
