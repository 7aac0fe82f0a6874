package files

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// FuzzCSV holds the reader against encoding/csv.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{
		"a,b\n1,2\n", "a,b\r\n1,\r\n", "a\n\n1\n", "a,b\n\n1,2", "a\r", "\"a\",\"b\"\n\"1\"\"2\",\"x\ny\"\n",
		"a,b\n\"1\r\n2\",3\n", "a\n\"", "a\n\"\"\"", "a\n1\"2\n", "a,b\n\"1\"2,3\n", "a,b\n1\n", "a,a,,\n1,2,3,4\n",
		"\"\"\n\"\"\n", ",\n,\n", "a\n\"1\"\r\r\n", "a\r\n\r\n", "\n\n", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.HasPrefix(text, "\ufeff") {
			return // encoding/csv reads any bytes, and keeps the mark
		}
		want, wantErr := standard(text)
		if len(want) > 0 && len(want[0]) == 1 && wantErr == nil && blankLine(text) {
			return // encoding/csv drops the empty lines of a file of one column
		}
		got, gotErr := ours(text)
		if (gotErr != nil) != (wantErr != nil) {
			t.Fatalf("%q: the error is %v, encoding/csv's is %v", text, gotErr, wantErr)
		}
		if len(got) != len(want) {
			t.Fatalf("%q: %d records, encoding/csv has %d", text, len(got), len(want))
		}
		for i := range want {
			for j := range want[i] {
				if cell := strings.ReplaceAll(got[i][j], "\r\n", "\n"); cell != want[i][j] {
					t.Errorf("%q: record %d, cell %d is %q, encoding/csv has %q", text, i, j, cell, want[i][j])
				}
			}
		}
	})
}

func blankLine(text string) bool {
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, "\r\n") == "" {
			return true
		}
	}
	return false
}

func standard(text string) ([][]string, error) {
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err == nil && len(all) == 0 {
		return nil, errors.New("no header")
	}
	if err != nil {
		return nil, err
	}
	return all, nil
}

// ours reads through a buffer that is always too small.
func ours(text string) ([][]string, error) {
	r, err := newCSV(&lines{r: iotest.OneByteReader(strings.NewReader(text)), limit: maxRecord, buf: make([]byte, 0, 1)})
	if err != nil {
		return nil, err
	}
	all := [][]string{r.names()}
	for {
		switch err := r.next(); err {
		case nil:
			var row []string
			for _, c := range r.cells() {
				row = append(row, string(c.text))
			}
			all = append(all, row)
		case io.EOF:
			return all, nil
		default:
			return nil, err
		}
	}
}
