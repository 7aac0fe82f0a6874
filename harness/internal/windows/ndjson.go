package windows

import (
	"bytes"
	"encoding/json"
	"math"
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

func jsonValue(out []byte, v *expr.Vector, i int) []byte {
	if !v.Valid.Get(i) {
		return append(out, "null"...)
	}
	switch v.Type {
	case expr.Bool, expr.Int64, expr.Numeric, expr.BigNumeric:
		return append(out, v.Value(i).String()...)
	case expr.Float64:
		switch f := v.Floats[i]; { // what JSON has no number for is written as BigQuery writes it
		case math.IsNaN(f):
			return append(out, `"NaN"`...)
		case math.IsInf(f, 1):
			return append(out, `"Infinity"`...)
		case math.IsInf(f, -1):
			return append(out, `"-Infinity"`...)
		}
		return append(out, v.Value(i).String()...)
	}
	return jsonText(out, writtenText(v, i))
}

// jsonText quotes a text, without the escapes that are for HTML.
func jsonText(out []byte, s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a text always can be encoded
	return append(out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
