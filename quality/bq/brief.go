package bq

import (
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
)

// What an engine says of a failure can hold the whole statement, thousands of lines of it
// where windows are computed: so much is told of its beginning, and of its end, where the
// cause often stands.
const (
	mostLines = 4
	mostBytes = 600
)

// briefError is an error that is told in part.
type briefError struct {
	err  error
	text string
}

func (e *briefError) Error() string { return e.text }
func (e *briefError) Unwrap() error { return e.err }

// brief is an error with a text of a few lines.
func brief(err error) error {
	if err == nil {
		return nil
	}
	whole := err.Error()
	if text := briefText(whole); text != whole {
		return &briefError{err, text}
	}
	return err
}

// whole is what is told of an error in full.
func whole(err error) string {
	if cut, ok := errors.AsType[*briefError](err); ok {
		return cut.err.Error()
	}
	return err.Error()
}

// briefText leaves out the middle of a text that is long, and says where all of it is.
func briefText(text string) string {
	head := text[:min(len(text), mostBytes)]
	if lines := strings.SplitAfterN(head, "\n", mostLines+1); len(lines) > mostLines {
		head = strings.TrimSuffix(head, lines[mostLines])
	}
	tail := text[max(len(head), len(text)-mostBytes):]
	for strings.Count(tail, "\n") >= mostLines {
		_, tail, _ = strings.Cut(tail, "\n")
	}
	left := len(text) - len(head) - len(tail)
	if left < mostBytes { // it is short, or little is gained
		return text
	}
	return fmt.Sprintf("%s … (%s bytes are left out here: plan, and window with --sql, print whole statements) … %s",
		strings.ToValidUTF8(head, ""), quality.Grouped(int64(left)), strings.ToValidUTF8(tail, ""))
}
