package expr

import (
	"fmt"
	"strings"
)

// The binding strength of the operators, weakest first.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#operator_precedence
const (
	bindOr = iota + 1
	bindAnd
	bindNot
	bindCompare
	bindSum
	bindProduct
	bindSign
	bindPrimary
)

// String writes the expression as ParseExpr reads it, and in GoogleSQL's manner;
// POPULATED, FINGERPRINT, today(), now() and some literals are this package's own. Raw
// SQL stands in {braces} and is not read back. Equal expressions, and only those, have
// equal text.
func (e Expr) String() string {
	var b strings.Builder
	e.print(&b, 0)
	return b.String()
}

func strength(n Node) int {
	switch n := n.(type) {
	case LogicExpr:
		if n.Op == Or {
			return bindOr
		}
		return bindAnd
	case NotExpr:
		switch n.X.node.(type) {
		case InExpr, BetweenExpr, LikeExpr:
			return bindCompare
		}
		return bindNot
	case CompareExpr, InExpr, BetweenExpr, IsExpr, LikeExpr:
		return bindCompare
	case ArithExpr:
		if n.Op == Add || n.Op == Subtract {
			return bindSum
		}
		return bindProduct
	case NegateExpr:
		return bindSign
	case LiteralExpr:
		if s := n.Value.SQL(); s[0] == '-' {
			return bindSign
		}
	}
	return bindPrimary
}

// print writes e, in parentheses if it binds weaker than its place asks for.
func (e Expr) print(b *strings.Builder, least int) {
	if e.node == nil {
		return
	}
	if strength(e.node) < least {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	switch n := e.node.(type) {
	case ColumnExpr:
		b.WriteString(QuoteName(n.Name))
	case LiteralExpr:
		b.WriteString(n.Value.SQL())
	case CompareExpr:
		n.Left.print(b, bindCompare+1)
		b.WriteString(" " + string(n.Op) + " ")
		n.Right.print(b, bindCompare+1)
	case LogicExpr:
		for i, o := range n.Operands {
			if i > 0 {
				b.WriteString(" " + string(n.Op) + " ")
			}
			o.print(b, strength(n)+1)
		}
	case NotExpr:
		n.print(b)
	case InExpr:
		n.print(b, "")
	case BetweenExpr:
		n.print(b, "")
	case LikeExpr:
		n.print(b, "")
	case IsExpr:
		n.X.print(b, bindCompare+1)
		b.WriteString(" IS ")
		if n.Not {
			b.WriteString("NOT ")
		}
		b.WriteString(string(n.What))
	case ArithExpr:
		n.Left.print(b, strength(n))
		b.WriteString(" " + string(n.Op) + " ")
		n.Right.print(b, strength(n)+1)
	case NegateExpr:
		b.WriteByte('-')
		n.X.print(b, bindPrimary)
	case CallExpr:
		n.print(b)
	case RawExpr:
		b.WriteString("{" + n.SQL + "}")
	case invalidExpr:
		fmt.Fprintf(b, "{invalid: %v}", n.err)
	}
}

func (n NotExpr) print(b *strings.Builder) {
	switch x := n.X.node.(type) {
	case InExpr:
		x.print(b, "NOT ")
	case BetweenExpr:
		x.print(b, "NOT ")
	case LikeExpr:
		x.print(b, "NOT ")
	default:
		b.WriteString("NOT ")
		n.X.print(b, bindNot)
	}
}

func (n InExpr) print(b *strings.Builder, not string) {
	n.X.print(b, bindCompare+1)
	b.WriteString(" " + not + "IN (")
	printList(b, n.List)
	b.WriteByte(')')
}

func (n BetweenExpr) print(b *strings.Builder, not string) {
	n.X.print(b, bindCompare+1)
	b.WriteString(" " + not + "BETWEEN ")
	n.Low.print(b, bindCompare+1)
	b.WriteString(" AND ")
	n.High.print(b, bindCompare+1)
}

func (n LikeExpr) print(b *strings.Builder, not string) {
	n.X.print(b, bindCompare+1)
	b.WriteString(" " + not + "LIKE " + quoteText(n.Pattern))
}

func printList(b *strings.Builder, list []Expr) {
	for i, a := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		a.print(b, 0)
	}
}

// quoteText writes a string literal of GoogleSQL.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#string_and_bytes_literals
func quoteText(s string) string { return quote(s, '\'') }

// QuoteName writes the name of a column or the reference to a part of one, back-quoted
// where it would not be read back as it is.
func QuoteName(s string) string {
	first, fields, _ := strings.Cut(s, ".")
	plain := isPlainName(first) && !reserved[strings.ToUpper(first)]
	for field := range strings.SplitSeq(fields, ".") {
		plain = plain && (s == first || isPlainName(field))
	}
	if l, ok := parseLookup(s); plain || ok && l.String() == s {
		return s
	}
	return quote(s, '`')
}

func isPlainName(s string) bool {
	for i := range len(s) {
		if s[i] != '_' && !isLetter(s[i]) && (i == 0 || !isDigit(s, i)) {
			return false
		}
	}
	return s != ""
}

func quote(s string, mark rune) string {
	var b strings.Builder
	b.WriteRune(mark)
	for _, r := range s {
		switch {
		case r == mark || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteRune(mark)
	return b.String()
}

// quoteBytes writes bytes as a text in which each character is one of them.
func quoteBytes(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return quoteText(string(runes))
}
