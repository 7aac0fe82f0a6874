package windows

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// csvText puts cells behind records.
type csvText struct {
	schema  expr.Schema
	names   []string
	answers answers
	// delimiter and comma are those of the input, where its text passes through.
	delimiter byte
	comma     bool // is the decimal point
	empty     *int // counts the empty texts that were converted
}

func (f csvText) begin(out []byte, text *lines) []byte {
	end := text.record()
	out = append(out, text.text[:end]...)
	for _, n := range f.names {
		out = append(append(out, f.delimiter), f.cell(n)...)
	}
	return append(out, text.text[end:]...)
}

func (f csvText) between([]byte, *lines) []byte { return nil }

func (f csvText) behind(out []byte, text *lines, point int) []byte {
	end := text.record()
	out = append(out, text.text[:end]...)
	out = f.append(out, point)
	return append(out, text.text[end:]...)
}

func (f csvText) append(out []byte, point int) []byte {
	for _, a := range f.answers {
		d := a.Detail(point)
		value := len(out) + 1
		out = a.AppendValue(append(out, f.delimiter), point)
		if i := bytes.IndexByte(out[value:], '.'); f.comma && i >= 0 {
			out[value+i] = ','
		}
		out = append(append(out, f.delimiter), d.Reason.String()...)
		out = strconv.AppendInt(append(out, f.delimiter), int64(d.Observed), 10)
		if out = append(out, f.delimiter); d.Expected >= 0 {
			out = strconv.AppendInt(out, int64(d.Expected), 10)
		}
	}
	return out
}

func (f csvText) beginConverted(out []byte) []byte {
	for i, field := range f.schema {
		if i > 0 {
			out = append(out, f.delimiter)
		}
		out = append(out, f.cell(field.Name)...)
	}
	for _, n := range f.names {
		out = append(append(out, f.delimiter), f.cell(n)...)
	}
	return append(out, '\n')
}

func (f csvText) converted(out []byte, b *expr.Batch, row, point int) []byte {
	for i := range b.Columns {
		if i > 0 {
			out = append(out, f.delimiter)
		}
		if v := &b.Columns[i]; v.Valid.Get(row) {
			text := writtenText(v, row)
			if text == "" {
				*f.empty++
			}
			out = append(out, f.cell(text)...)
		}
	}
	return append(f.append(out, point), '\n')
}

// cell quotes what must be quoted, and an empty text: others than we read it as one.
func (f csvText) cell(s string) string {
	if s == "" || strings.ContainsAny(s, "\"\r\n") || strings.IndexByte(s, f.delimiter) >= 0 {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
