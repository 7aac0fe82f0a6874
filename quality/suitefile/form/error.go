package form

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Error is a mistake in a document and where it stands.
type Error struct {
	What   string // of document: suite
	File   string
	Line   int // from 1; 0 is unknown
	Column int // in characters, from 1
	Err    error
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s %s: %v", e.What, e.File, e.Err)
	}
	return fmt.Sprintf("%s %s:%d:%d: %v", e.What, e.File, e.Line, e.Column, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// mistakes are those of one file.
type mistakes struct {
	what, file string
	found      []*Error
}

func (m *mistakes) add(line, column int, err error) {
	m.found = append(m.found, &Error{m.what, m.file, line, column, err})
}

// join puts the mistakes into the order of the file, each once: what an anchor
// holds is read again for each alias.
func (m *mistakes) join() error {
	slices.SortStableFunc(m.found, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var errs []error
	said := map[string]bool{}
	for _, e := range m.found {
		if text := e.Error(); !said[text] {
			said[text] = true
			errs = append(errs, e)
		}
	}
	return errors.Join(errs...)
}
