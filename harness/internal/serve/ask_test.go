package serve

import (
	"encoding/json"
	"testing"
)

// A body that is taken says what it says to every reader of JSON, and nothing more.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{`{}`, `{"date":"today"}`, `{"from":"a","to":"b"}`, `{"from":"a","from":"b"}`, `{"Date":"a"}`, `[{}]`, `{"date":"a"}x`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var ask Ask
		if ask.decode(text) != nil {
			return
		}
		var said map[string]string
		if err := json.Unmarshal(text, &said); err != nil {
			t.Fatalf("%q is taken, and is %v", text, err)
		}
		for name, value := range ask.fields() {
			if said[name] != *value {
				t.Fatalf("%q says of %s %q, and %q is taken", text, name, said[name], *value)
			}
			delete(said, name)
		}
		if len(said) > 0 {
			t.Fatalf("%q says more: %v", text, said)
		}
	})
}
