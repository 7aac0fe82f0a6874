package history

import (
	"bytes"
	"strings"
	"testing"
)

// Whatever a file holds, its runs are read once and whole, and all else is told.
func FuzzRead(f *testing.F) {
	lines, err := linesOf(made("r1", 2))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(lines)
	f.Add(append(lines[:len(lines):len(lines)], lines[:len(lines)-7]...))
	f.Add([]byte("\n{}\nnull\n" + strings.ReplaceAll(string(lines), "r1", "r2")))
	f.Fuzz(func(t *testing.T, text []byte) {
		records, skipped, err := read(t.Context(), bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]bool{}
		for at := 0; at < len(records); {
			first := records[at]
			if told[first.RunID] {
				t.Fatalf("run %q is there twice", first.RunID)
			}
			told[first.RunID] = true
			for n := int64(1); n <= first.Records; n++ {
				if r := records[at]; r.RunID != first.RunID || r.Number != n {
					t.Fatalf("record %d of run %q is %d of %q", n, first.RunID, r.Number, r.RunID)
				}
				at++
			}
		}
		if len(records) == 0 && len(skipped) == 0 && len(bytes.TrimSpace(text)) > 0 {
			t.Fatal("nothing was read, and nothing told")
		}
		Changes(SeriesOf(records))
	})
}
