package serve

import (
	"encoding/json"
	"reflect"
	"testing"
)

// A body that is taken says what it says to every reader of JSON, and nothing more.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{`{}`, `{"date":"today"}`, `{"from":"a","to":"b"}`, `{"from":"a","from":"b"}`, `{"Date":"a"}`, `[{}]`, `{"date":"a"}x`, `{"vars":{"a":"b"}}`, `{"vars":{}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var ask Ask
		if ask.decode(text) != nil {
			return
		}
		var said struct {
			From, To, Date string
			Vars           map[string]string
		}
		if err := json.Unmarshal(text, &said); err != nil {
			t.Fatalf("%q is taken, and is %v", text, err)
		}
		if got := (Ask{"", said.From, said.To, said.Date, said.Vars}); !reflect.DeepEqual(got, ask) {
			t.Fatalf("%q says %v, and %v is taken", text, got, ask)
		}
	})
}
