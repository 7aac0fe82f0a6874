package files

import (
	"bytes"
	"slices"
)

// tally is how many cells of each class a column holds, and where the first is.
type tally struct {
	n     [classes]int64
	first [classes]place
	// named are the codes and words that are the column's own name: beside typed
	// cells they stand for no value, as a header repeated among the rows does.
	named      [2]int64
	firstNamed place
	odd        oddTexts
}

// place is where a cell is.
type place struct {
	file  *file
	line  int64
	text  string
	unfit string
}

func (p place) there() bool { return p.file != nil }

// add counts a cell that is not empty.
func (t *tally) add(m meaning, b []byte, name string, f *file, line int64) {
	switch m.class {
	case code, word:
		if len(b) == len(name) && bytes.EqualFold(b, []byte(name)) {
			if t.named[m.class-code]++; !t.firstNamed.there() {
				t.firstNamed = place{file: f, line: line, text: string(b)}
			}
			t.odd.add(b)
			return
		}
		if m.class == word {
			t.odd.add(b)
		}
	case void, notFinite:
		t.odd.add(b)
	}
	if t.n[m.class]++; !t.first[m.class].there() {
		t.first[m.class] = place{file: f, line: line, text: string(b), unfit: m.unfit}
	}
}

// merge adds what was counted of later cells.
func (t *tally) merge(later *tally) {
	for i := range t.n {
		t.n[i] += later.n[i]
		if !t.first[i].there() {
			t.first[i] = later.first[i]
		}
	}
	for i := range t.named {
		t.named[i] += later.named[i]
	}
	if !t.firstNamed.there() {
		t.firstNamed = later.firstNamed
	}
	t.odd.merge(later.odd)
}

// of adds up some classes.
func (t *tally) of(some ...class) (n int64) {
	for _, c := range some {
		n += t.n[c]
	}
	return n
}

// maxOdd is how many different texts a person would declare to stand for no value.
const maxOdd = 32

// oddTexts are different texts that may stand for no value, as long as they are few.
type oddTexts struct {
	texts []string
	many  bool
}

func (o *oddTexts) add(b []byte) {
	if o.many || slices.ContainsFunc(o.texts, func(t string) bool { return t == string(b) }) {
		return
	}
	if len(o.texts) == maxOdd {
		o.texts, o.many = nil, true
		return
	}
	o.texts = append(o.texts, string(b))
}

func (o *oddTexts) merge(later oddTexts) {
	o.many = o.many || later.many
	for _, t := range later.texts {
		o.add([]byte(t))
	}
	if o.many {
		o.texts = nil
	}
}
