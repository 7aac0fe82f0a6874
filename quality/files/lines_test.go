package files

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A quote that is never closed must not read all of a large file into memory.
func TestARowHasALimit(t *testing.T) {
	text := "a\n1\n\"" + strings.Repeat("x\n", 1000)
	r, err := newCSV(&lines{r: iotest.OneByteReader(strings.NewReader(text)), limit: 100, buf: make([]byte, 0, 10)})
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		err = r.next()
	}
	const want = "line 3: the row is longer than 100 bytes: is a quote not closed?"
	if err.Error() != want {
		t.Errorf("the error is %q, want %q", err, want)
	}
}

func TestThereIsALimitToColumns(t *testing.T) {
	var header, object strings.Builder
	for i := range maxColumns + 1 {
		fmt.Fprintf(&header, "c%d,", i)
		fmt.Fprintf(&object, `,"c%d":1`, i)
	}
	if _, err := newCSV(newLines(strings.NewReader(header.String()))); err == nil || !strings.Contains(err.Error(), "more than 10000") {
		t.Errorf("CSV: the error is %v", err)
	}
	r, err := newNDJSON(newLines(strings.NewReader("{"+object.String()[1:]+"}")), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.next(); err == nil || !strings.Contains(err.Error(), "more than 10000 columns: are the keys data?") {
		t.Errorf("NDJSON: the error is %v", err)
	}
}

// A reader that fails in the middle of a line has not read that line.
func TestALineThatIsCutIsNotRead(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("a\n1\n2"), iotest.ErrReader(io.ErrUnexpectedEOF))
	r, err := newCSV(newLines(broken))
	if err == nil {
		err = r.next()
	}
	if err != nil {
		t.Fatal(err)
	}
	const want = "the file is cut short after line 2: unexpected EOF"
	if err := r.next(); err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %q", err, want)
	}
}
