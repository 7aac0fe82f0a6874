package windows

import (
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// csvText puts cells behind records.
type csvText struct {
	schema  expr.Schema
	names   []string
	answers answers
}

func (f csvText) begin(out []byte, text *lines) []byte {
	end := text.record()
	out = append(out, text.text[:end]...)
	for _, n := range f.names {
		out = append(append(out, ','), csvCell(n)...)
	}
	return append(out, text.text[end:]...)
}

func (f csvText) behind(out []byte, text *lines, point int) []byte {
	end := text.record()
	out = append(out, text.text[:end]...)
	out = f.append(out, point)
	return append(out, text.text[end:]...)
}

func (f csvText) append(out []byte, point int) []byte {
	for _, a := range f.answers {
		d := a.Detail(point)
		out = a.AppendValue(append(out, ','), point)
		out = append(append(out, ','), d.Reason.String()...)
		out = strconv.AppendInt(append(out, ','), int64(d.Observed), 10)
		if out = append(out, ','); d.Expected >= 0 {
			out = strconv.AppendInt(out, int64(d.Expected), 10)
		}
	}
	return out
}

func (f csvText) beginConverted(out []byte) []byte {
	for i, field := range f.schema {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, csvCell(field.Name)...)
	}
	for _, n := range f.names {
		out = append(append(out, ','), csvCell(n)...)
	}
	return append(out, '\n')
}

func (f csvText) converted(out []byte, row cells, point int) []byte {
	for i := range row.batch.Columns {
		if i > 0 {
			out = append(out, ',')
		}
		if v := &row.batch.Columns[i]; !isNull(v, row.row) {
			out = append(out, csvCell(valueText(v, row.row))...)
		}
	}
	return append(f.append(out, point), '\n')
}

// csvCell quotes what must be quoted, and an empty text, which is not NULL.
func csvCell(s string) string {
	if s == "" || strings.ContainsAny(s, "\",\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
