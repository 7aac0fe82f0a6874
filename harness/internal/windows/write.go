package windows

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/intactdata/intact/rolling"
)

// Suffixes of the columns beside a window's own.
const (
	reasonSuffix   = "_reason"
	observedSuffix = "_observed"
	expectedSuffix = "_expected"
)

// columnsOf are the columns that a window adds.
func columnsOf(w rolling.Spec) []string {
	return []string{w.Name(), w.Name() + reasonSuffix, w.Name() + observedSuffix, w.Name() + expectedSuffix}
}

// A writer writes the rows that windows were asked for, with the answers behind.
type writer struct {
	run *run
	out *bufio.Writer
	add answerer
}

// An answerer puts answers into the text of rows.
type answerer interface {
	// header returns the text before the first row with the columns added.
	header(out []byte, text *lines, names []string) []byte
	// row returns the text of a row with its answers.
	row(out []byte, text *lines, answers []rolling.Windows, point int) []byte
}

// newWriter refuses columns that are there already.
func (r *run) newWriter(out io.Writer) (*writer, error) {
	t := r.asked().table
	for _, w := range r.windows {
		for _, name := range columnsOf(w) {
			for _, f := range t.schema {
				if strings.EqualFold(f.Name, name) {
					return nil, SpecError{fmt.Errorf("%s has a column %q already, which the window %s would add: rename it, or leave it out of the input", t.name, f.Name, w.Name())}
				}
			}
		}
	}
	w := &writer{run: r, out: bufio.NewWriterSize(out, 1<<16), add: csvAnswers{}}
	if formatOf(t.path) == ndjson {
		w.add = ndjsonAnswers{}
	}
	return w, nil
}

func (w *writer) write(ctx context.Context) error {
	k := w.run.asked()
	text, err := openLines(k.table.path)
	if err != nil {
		return named(err, k.table.path, k.table.name)
	}
	defer text.close()
	answers := make([]rolling.Windows, len(w.run.windows))
	var names []string
	for i := range answers {
		answers[i] = w.run.result.Windows(i)
		names = append(names, columnsOf(w.run.windows[i])...)
	}
	var buf []byte
	err = text.each(ctx, k.lines, func(row int) error {
		if row < 0 {
			buf = w.add.header(buf[:0], text, names)
		} else {
			buf = w.add.row(buf[:0], text, answers, row)
		}
		_, err := w.out.Write(buf)
		return err
	})
	if err == nil {
		err = w.out.Flush()
	}
	if err != nil {
		return fmt.Errorf("the rows could not be written: %w", err)
	}
	return nil
}

// csvAnswers puts cells behind a record.
type csvAnswers struct{}

func (csvAnswers) header(out []byte, text *lines, names []string) []byte {
	end := text.record()
	out = append(out, text.text[:end]...)
	for _, n := range names {
		out = append(append(out, ','), csvText(n)...)
	}
	return append(out, text.text[end:]...)
}

func csvText(s string) string {
	if strings.ContainsAny(s, "\",\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

func (csvAnswers) row(out []byte, text *lines, answers []rolling.Windows, point int) []byte {
	end := text.record()
	out = append(out, text.text[:end]...)
	for _, a := range answers {
		d := a.Detail(point)
		out = a.AppendValue(append(out, ','), point)
		out = append(append(out, ','), d.Reason.String()...)
		out = strconv.AppendInt(append(out, ','), int64(d.Observed), 10)
		if out = append(out, ','); d.Expected >= 0 {
			out = strconv.AppendInt(out, int64(d.Expected), 10)
		}
	}
	return append(out, text.text[end:]...)
}

// ndjsonAnswers puts keys before the closing brace.
type ndjsonAnswers struct{}

func (ndjsonAnswers) header(out []byte, text *lines, _ []string) []byte {
	return append(out, text.text...)
}

func (ndjsonAnswers) row(out []byte, text *lines, answers []rolling.Windows, point int) []byte {
	end := bytes.LastIndexByte(text.text[:text.end[0]], '}')
	out = append(out, text.text[:end]...)
	comma := !bytes.HasSuffix(bytes.TrimRight(out, " \t"), []byte("{"))
	for _, a := range answers {
		d := a.Detail(point)
		names := columnsOf(a.Spec())
		key := func(name string) {
			if comma {
				out = append(out, ',')
			}
			comma = true
			quoted, _ := json.Marshal(name) // a text always can
			out = append(append(out, quoted...), ':')
		}
		key(names[0])
		if d.Reason == rolling.Whole {
			out = a.AppendValue(out, point)
		} else {
			out = append(out, "null"...)
		}
		key(names[1])
		out = append(append(append(out, '"'), d.Reason.String()...), '"')
		key(names[2])
		out = strconv.AppendInt(out, int64(d.Observed), 10)
		key(names[3])
		if d.Expected >= 0 {
			out = strconv.AppendInt(out, int64(d.Expected), 10)
		} else {
			out = append(out, "null"...)
		}
	}
	return append(out, text.text[end:]...)
}
