package files_test

import (
	"strings"
	"testing"

	"github.com/intactdata/intact/quality/files"
)

// Texts that are not written as they read stand in memory where those of the row
// before stood. One code makes the column text, though most of its cells are numbers.
func TestTextsAreNotTakenForThoseBefore(t *testing.T) {
	words := strings.Repeat("word\n", 60_000)
	for name, text := range map[string]string{
		"a.csv":    "a\n" + words + strings.Repeat("1\n", 90_000) + "\"a\"\"b\"\n\"1\"\"b\"\n",
		"a.ndjson": strings.Repeat("{\"a\":\"word\"}\n", 60_000) + strings.Repeat("{\"a\":1}\n", 90_000) + `{"a":"a\"b"}` + "\n" + `{"a":"1\"b"}` + "\n",
	} {
		src := open(t, files.Options{}, write(t, name, text))
		if _, err := read(src, "a"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		schema, err := src.Schema(t.Context())
		if err != nil || schema[0].Err != nil || schema[0].Type != "STRING" {
			t.Errorf("%s: the column is %s (%v, %v)", name, schema[0].Type, schema[0].Err, err)
		}
	}
}
