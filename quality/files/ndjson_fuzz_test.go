package files

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzNDJSON holds the reader against encoding/json, one line at a time.
func FuzzNDJSON(f *testing.F) {
	for _, line := range []string{
		`{}`, `{"a":1}`, ` { "a" : "x" , "b" : null } `, `{"a":{"b":[1,"}"]},"c":[[],{}]}`, `{"a":"\"\\\u00e9"}`,
		`{"\u0061":true,"b":-1.5e+7}`, `{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"a":1,"A":2}`, `{"a":1,"a\"b":2,"a\tb":3,"b":4,"":5}`, `{"a":1,"a"b":2}`, `{"a":"\ud83d"}`, `{"a":"\ud83d\ude00"}`,
		`[1]`, `{"a":1`, `{"a":1}}`, `{"a" 1}`, `null`, `{"":""}`, "{\"a\":\"\xff\"}", `{"a":"\\"}`, `{"a":"\\\""}`, "{\"a\":\"\t\"}", "{\"a\":\"\r\"}",
		`{"a":01}`, `{"a":1.}`, `{"a":[1,]}`, `{,}`, `{"a":1,}`, `{"a":tru}`, `{"a":"\x"}`, `{"a":-}`, `{"a":1e}`,
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\n") || strings.Trim(line, " \t\r") == "" || strings.HasPrefix(line, "\ufeff") {
			return // other lines than this one
		}
		var want map[string]json.RawMessage
		wantErr := json.Unmarshal([]byte(line), &want)
		names, cells, err := readObjects(line)
		if _, _, known := readObjects(line, "a", `a"b`, "a\tb", "b", "", "\ufffd"); (err == nil) != (known == nil) {
			t.Fatalf("%q: the error is %v, and where keys are known %v", line, err, known)
		}
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
		if len(names) != len(want) {
			t.Fatalf("%q: keys %q, want %d", line, names, len(want))
		}
		for i, name := range names {
			if !json.Valid([]byte(cells[i])) || cells[i] != strings.Trim(string(want[name]), " \t\r\n") {
				t.Errorf("%q: the value of %q is %s, want %s", line, name, cells[i], want[name])
			}
		}
	})
}

// refusable: encoding/json keeps the last of two keys, tells them apart by case, and
// reads half of a surrogate pair as U+FFFD. It goes by the tokens.
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
		if err != nil || seen[strings.ToLower(key.(string))] {
			return true
		}
		seen[strings.ToLower(key.(string))] = true
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return true
		}
	}
	return false
}

// readObjects reads one line, and the values as they are written. Some keys can be
// known.
func readObjects(line string, known ...string) (names, values []string, err error) {
	var w worker
	p := &pass{table: &table{}, discover: true}
	for _, name := range known {
		p.columns = append(p.columns, column{name: name})
	}
	b := &block{source: &opened{file: &file{format: ndjsonFormat}, chunks: &chunker{eol: '\n'}}, piece: []byte(line), line: 1}
	if err := w.readJSON(p, b); err != nil {
		return nil, nil, err
	}
	// The keys once more, each with its value.
	r := &w.json
	r.reset([]byte(line), 1)
	r.next()
	at := take(r.raw, 0, '{')
	for r.raw[at] != '}' {
		end := r.quoted(at)
		key, err := r.unquote(r.raw[at:end])
		if err != nil {
			return nil, nil, err
		}
		at = take(r.raw, end, ':')
		_, end = r.value(at, 1)
		names, values = append(names, string(key)), append(values, string(r.raw[at:end]))
		if at = space(r.raw, end); r.raw[at] == ',' {
			at = space(r.raw, at+1)
		}
	}
	return names, values, nil
}
