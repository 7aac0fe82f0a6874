package windows

import (
	"bytes"
	"strconv"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// ndjsonText puts keys before the closing braces of objects.
type ndjsonText struct {
	columns [][]byte // "name":
	names   [][]byte // four for each answer
	answers answers
}

func newNDJSONText(schema expr.Schema, names []string, a answers) ndjsonText {
	f := ndjsonText{answers: a}
	for _, field := range schema {
		f.columns = append(f.columns, append(jsonText(nil, field.Name), ':'))
	}
	for _, name := range names {
		f.names = append(f.names, append(jsonText(nil, name), ':'))
	}
	return f
}

func (f ndjsonText) begin(out []byte, text *lines) []byte { return append(out, text.text...) }

func (f ndjsonText) between(out []byte, text *lines) []byte { return append(out, text.text...) }

func (f ndjsonText) behind(out []byte, text *lines, point int) []byte {
	end := bytes.LastIndexByte(text.text[:text.end[0]], '}')
	out = append(out, text.text[:end]...)
	out = f.append(out, point, !bytes.HasSuffix(bytes.TrimRight(out, " \t\r"), []byte("{")))
	return append(out, text.text[end:]...)
}

func (f ndjsonText) append(out []byte, point int, comma bool) []byte {
	for i, a := range f.answers {
		if comma || i > 0 {
			out = append(out, ',')
		}
		d := a.Detail(point)
		names := f.names[4*i:]
		out = append(out, names[0]...)
		if d.Reason == rolling.Whole {
			out = a.AppendValue(out, point)
		} else {
			out = append(out, "null"...)
		}
		out = append(append(out, ','), names[1]...)
		out = append(append(append(out, '"'), d.Reason.String()...), '"', ',')
		out = strconv.AppendInt(append(out, names[2]...), int64(d.Observed), 10)
		out = append(append(out, ','), names[3]...)
		if d.Expected >= 0 {
			out = strconv.AppendInt(out, int64(d.Expected), 10)
		} else {
			out = append(out, "null"...)
		}
	}
	return out
}

func (f ndjsonText) beginConverted(out []byte) []byte { return out }

func (f ndjsonText) converted(out []byte, b *expr.Batch, row, point int) []byte {
	out = append(out, '{')
	for i := range b.Columns {
		if i > 0 {
			out = append(out, ',')
		}
		out = jsonValue(append(out, f.columns[i]...), &b.Columns[i], row)
	}
	return append(f.append(out, point, true), '}', '\n')
}
