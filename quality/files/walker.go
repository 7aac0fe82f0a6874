package files

// walker goes through the members of a JSON object that is known to be valid.
type walker struct {
	b  []byte
	at int
}

func (w *walker) space() {
	for w.at < len(w.b) {
		switch w.b[w.at] {
		case ' ', '\t', '\r', '\n':
			w.at++
		default:
			return
		}
	}
}

// member steps over the brace or comma before a key; false is the object's end.
func (w *walker) member() bool {
	w.space()
	if w.b[w.at] == '}' {
		return false
	}
	w.at++
	w.space()
	return w.b[w.at] != '}'
}

// colon steps over the colon behind a key.
func (w *walker) colon() {
	w.space()
	w.at++
	w.space()
}

// value returns the value that begins here, as it is written.
func (w *walker) value() []byte {
	start := w.at
	switch w.b[w.at] {
	case '"':
		w.text()
	case '{', '[':
		w.nested()
	default:
		for w.at < len(w.b) && !ends(w.b[w.at]) {
			w.at++
		}
	}
	return w.b[start:w.at]
}

// ends: what can follow a number, true, false or null.
func ends(c byte) bool {
	switch c {
	case ',', '}', ']', ' ', '\t', '\r', '\n':
		return true
	}
	return false
}

func (w *walker) text() {
	for w.at++; w.b[w.at] != '"'; w.at++ {
		if w.b[w.at] == '\\' {
			w.at++
		}
	}
	w.at++
}

func (w *walker) nested() {
	for depth := 0; ; {
		switch w.b[w.at] {
		case '"':
			w.text()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if w.at++; depth == 0 {
			return
		}
	}
}
