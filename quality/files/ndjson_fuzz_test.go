package files

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// FuzzNDJSON holds the reader against encoding/json, one line at a time.
func FuzzNDJSON(f *testing.F) {
	for _, line := range []string{
		`{}`, `{"a":1}`, ` { "a" : "x" , "b" : null } `, `{"a":{"b":[1,"}"]},"c":[[],{}]}`, `{"a":"\"\\\u00e9"}`,
		`{"\u0061":true,"b":-1.5e+7}`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"a":"\ud83d"}`, `{"a":"\ud83d\ude00"}`,
		`[1]`, `{"a":1`, `{"a":1}}`, `{"a" 1}`, `null`, `{"":""}`, "{\"a\":\"\xff\"}", `{"a":"\\"}`, `{"a":"\\\""}`,
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\n") || strings.Trim(line, " \t\r") == "" || strings.HasPrefix(line, "\ufeff") {
			return // other lines than this one
		}
		var want map[string]json.RawMessage
		wantErr := json.Unmarshal([]byte(line), &want)

		r, err := newNDJSON(&lines{r: iotest.OneByteReader(strings.NewReader(line)), limit: maxRecord, buf: make([]byte, 0, 1)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = r.next()
		switch {
		case err == nil && (wantErr != nil || want == nil):
			t.Fatalf("%q is read, though it is no object: %v", line, wantErr)
		case err == nil && !utf8.ValidString(line):
			t.Fatalf("%q is read, though it is not UTF-8", line)
		case err != nil && wantErr == nil && want != nil && utf8.ValidString(line) && !refusable(line):
			t.Fatalf("%q is refused: %v", line, err)
		}
		if err != nil {
			return
		}
		if len(r.names()) != len(want) {
			t.Fatalf("%q: keys %q, want %d", line, r.names(), len(want))
		}
		for i, name := range r.names() {
			c, value := r.cells()[i], want[name]
			if c.kind == jsonString {
				var text string
				if err := json.Unmarshal(value, &text); err != nil || text != string(c.text) {
					t.Errorf("%q: %q is %q, want %q (%v)", line, name, c.text, text, err)
				}
				continue
			}
			if c.kind == null {
				c.text = []byte("null")
			}
			if string(c.text) != string(value) {
				t.Errorf("%q: %q is %q, want %q", line, name, c.text, value)
			}
		}
		if err := r.next(); err != io.EOF {
			t.Errorf("%q: behind the only row the error is %v, want io.EOF", line, err)
		}
	})
}

// refusable: encoding/json keeps the last of two keys, and reads half of a
// surrogate pair as U+FFFD. It goes by the tokens.
func refusable(line string) bool {
	if strings.Contains(strings.ToLower(line), `\ud`) {
		return true
	}
	d := json.NewDecoder(strings.NewReader(line))
	seen := map[string]bool{}
	if _, err := d.Token(); err != nil {
		return true
	}
	for d.More() {
		key, err := d.Token()
		if err != nil || seen[key.(string)] {
			return true
		}
		seen[key.(string)] = true
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return true
		}
	}
	return false
}
