package quality

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/intactdata/intact/quality/expr"
)

// Segment is the value of the group-by columns; without such columns there is
// one segment, the zero Segment. A value may be NULL.
type Segment struct {
	columns []string
	values  []expr.Value
}

// NewSegment pairs columns with their values.
func NewSegment(columns []string, values []expr.Value) Segment { return Segment{columns, values} }

// Columns names the group-by columns.
func (s Segment) Columns() []string { return s.columns }

// Values holds a value for each column.
func (s Segment) Values() []expr.Value { return s.values }

// Key is a text that equal segments, and only those, have in common.
func (s Segment) Key() string {
	var b strings.Builder
	for i, v := range s.values {
		text := v.String()
		b.WriteString(expr.QuoteName(s.columns[i]) + " " + string(v.Type()) + strconv.Itoa(len(text)) + ":" + text)
	}
	return b.String()
}

// HasNull reports whether a value is NULL.
func (s Segment) HasNull() bool { return slices.ContainsFunc(s.values, expr.Value.IsNull) }

// String is the segment as people read it: season=2023-24 team=BOS. Long texts are
// [Shortened]. A text that
// could be taken for something else (empty, null, with blanks or characters that
// a terminal obeys) stands in quotes.
func (s Segment) String() string {
	parts := make([]string, len(s.values))
	for i, v := range s.values {
		parts[i] = s.columns[i] + "=" + plain(v)
	}
	return strings.Join(parts, " ")
}

func plain(v expr.Value) string {
	if t := v.Type(); t != expr.String && t != expr.Bytes {
		return v.String()
	}
	text, rest := shortened(v.String())
	odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '"' || r == '=' }
	if text == "" || text == "null" || strings.ContainsFunc(text, odd) {
		text = strconv.Quote(text)
	}
	return text + rest
}

// Shortened is a value's text as it is printed: of one that is longer than 256 bytes
// the beginning, how long it is, and a checksum that tells it from others.
func Shortened(text string) string {
	text, rest := shortened(text)
	return text + rest
}

func shortened(text string) (begin, rest string) {
	const longest, shown = 256, 64
	if len(text) <= longest {
		return text, ""
	}
	end := shown
	for end > shown-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end], fmt.Sprintf("… (%s bytes, CRC-32 %08x)", Grouped(int64(len(text))), checksum(text))
}

// checksum is [crc32.ChecksumIEEE], without a copy of all that is long.
func checksum(text string) (sum uint32) {
	for len(text) > 0 {
		n := min(len(text), 1<<16)
		sum = crc32.Update(sum, crc32.IEEETable, []byte(text[:n]))
		text = text[n:]
	}
	return sum
}

// Compare orders segments by their values, NULL first.
func (s Segment) Compare(other Segment) int {
	for i := range min(len(s.values), len(other.values)) {
		if c := s.values[i].Compare(other.values[i]); c != 0 {
			return c
		}
	}
	return 0
}
