package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// nothing says what stands for no value: NULL, or NaN, which is none either. It is
// empty for a value.
func nothing(v *expr.Vector, i int) string {
	switch {
	case !v.Valid.Get(i):
		return "NULL"
	case v.Type == expr.Float64 && math.IsNaN(v.Floats[i]):
		return "NaN"
	}
	return ""
}

// full reports whether nothing is there in none of the rows.
func full(v *expr.Vector, rows int) bool {
	if v.Valid.Ones() < rows {
		return false
	}
	return v.Type != expr.Float64 || !slices.ContainsFunc(v.Floats[:rows], math.IsNaN)
}

// valueText is the one text of a value.
func valueText(v *expr.Vector, i int) string {
	if v.Type == expr.String {
		return v.Texts[i]
	}
	return v.Value(i).String()
}

// keyText writes the parts of a key as one text, different ones differently.
func keyText(b *expr.Batch, columns []int, i int) string {
	if len(columns) == 1 {
		return valueText(&b.Columns[columns[0]], i)
	}
	var out strings.Builder
	for n, c := range columns {
		if n > 0 {
			out.WriteString(separator)
		}
		escape.WriteString(&out, valueText(&b.Columns[c], i))
	}
	return out.String()
}

const separator = "\x1f"

var (
	escape   = strings.NewReplacer(`\`, `\\`, separator, `\u`)
	unescape = strings.NewReplacer(`\\`, `\`, `\u`, separator, separator, ", ")
)

// placeText says where a row is.
func (k *keys) placeText(p place) string {
	switch {
	case p.file == "":
		return fmt.Sprintf("%s, row %d", k.table.Name, p.line)
	case k.table.At != nil:
		return k.table.At(p.file, p.line)
	}
	return fmt.Sprintf("%s:%d", p.file, p.line)
}

// where says where a key's row is.
func (k *keys) where(i int) string { return k.placeText(k.places.of(i)) }

// ownerText shows whose a key is.
func (k *keys) ownerText(i int) string {
	text := k.codes.Text(k.owner[i])
	if len(k.owners[0]) > 1 {
		text = unescape.Replace(text)
	}
	return quality.Shortened(text)
}

// timeText shows when a key is.
func (k *keys) timeText(i int) string {
	v := expr.Vector{Valid: expr.Bitmap{1}, Type: k.unit}
	if k.unit == expr.Date {
		v.Ints = []int64{int64(k.days[i])}
	} else {
		v.Ints = k.micros[i : i+1]
	}
	return v.Value(0).String()
}
