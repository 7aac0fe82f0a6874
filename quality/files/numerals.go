package files

import (
	"bytes"

	"github.com/intactdata/intact/quality/internal/scalar"
)

// numerals is how numbers are written: the zero value with a point and without
// separators.
type numerals struct{ decimal, thousands byte }

// number reads a number.
func (n numerals) number(b []byte) scalar.Number {
	if n == (numerals{}) {
		return scalar.ParseNumber(b)
	}
	plain, ok := n.plain(b)
	if !ok {
		return scalar.Number{}
	}
	return scalar.ParseNumber(plain)
}

// plain writes a number with a point and without separators. Separators stand
// before the point, with three digits behind each.
func (n numerals) plain(b []byte) (out []byte, ok bool) {
	point := byte('.')
	if n.decimal != 0 {
		point = n.decimal
	}
	if n.thousands == 0 || bytes.IndexByte(b, n.thousands) < 0 {
		if point == '.' {
			return b, true
		}
		if bytes.IndexByte(b, '.') >= 0 {
			return nil, false
		}
		return bytes.Replace(b, []byte{point}, []byte("."), 1), true
	}
	whole, rest := b, []byte(nil)
	if i := bytes.IndexByte(b, point); i >= 0 {
		whole, rest = b[:i], b[i+1:]
	}
	if whole, ok = ungrouped(whole, n.thousands); !ok {
		return nil, false
	}
	if len(rest) > 0 {
		whole = append(append(whole, '.'), rest...)
	}
	return whole, bytes.IndexByte(rest, n.thousands) < 0
}

// ungrouped takes separators out of 1,234,567.
func ungrouped(b []byte, separator byte) (out []byte, ok bool) {
	groups := bytes.Split(b, []byte{separator})
	first := bytes.TrimPrefix(groups[0], []byte("-"))
	if len(first) < 1 || len(first) > 3 || len(first) > 1 && first[0] == '0' || !allDigits(first) {
		return nil, false
	}
	out = append(out, groups[0]...)
	for _, g := range groups[1:] {
		if len(g) != 3 || !allDigits(g) {
			return nil, false
		}
		out = append(out, g...)
	}
	return out, true
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

var currencies = [][]byte{[]byte("$"), []byte("€"), []byte("£"), []byte("¥")}

// isDressed reports whether a cell is a number with something about it: blanks, a
// plus, a per cent sign, a currency, separators of thousands, a decimal comma.
func (n numerals) isDressed(b []byte) bool {
	b = trimmed(b)
	b = trimmed(bytes.TrimSuffix(b, []byte("%")))
	signed := false
	sign := func() {
		if len(b) > 0 && !signed && (b[0] == '+' || b[0] == '-') {
			b, signed = b[1:], true
		}
	}
	sign()
	for _, c := range currencies {
		if bytes.HasPrefix(b, c) {
			b = trimmed(b[len(c):])
			break
		}
		if bytes.HasSuffix(b, c) {
			b = trimmed(b[:len(b)-len(c)])
			break
		}
	}
	sign()
	if len(b) == 0 || b[0] != '.' && b[0]-'0' > 9 {
		return false
	}
	for _, as := range [...]numerals{n, {}, {'.', ','}, {',', '.'}, {',', 0}, {'.', '\''}, {',', ' '}, {'.', ' '}} {
		if k := as.number(b).Kind; k == scalar.Integer || k == scalar.Decimal {
			return true
		}
	}
	b = bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\u202f"), []byte(" ")), []byte("\u00a0"), []byte(" "))
	k := numerals{',', ' '}.number(b).Kind
	return k == scalar.Integer || k == scalar.Decimal
}
