package expr

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions
// https://cloud.google.com/bigquery/docs/reference/standard-sql/hash_functions#farm_fingerprint
var textFunctions = []function{
	{name: "CHAR_LENGTH", least: 1, most: 1, bind: bindTexts(Int64), row: func(CallExpr) rowFunc {
		return func(in []*Vector, out *Vector, i int) bool {
			out.Ints[i] = int64(utf8.RuneCountInString(in[0].Texts[i]))
			return true
		}
	}},
	{name: "LOWER", least: 1, most: 1, bind: bindTexts(String), row: ofText(lower)},
	{name: "TRIM", least: 1, most: 2, bind: bindTexts(String), row: func(n CallExpr) rowFunc {
		if len(n.Args) == 1 {
			return ofText(strings.TrimSpace)(n)
		}
		return func(in []*Vector, out *Vector, i int) bool {
			out.Texts[i] = strings.Trim(in[0].Texts[i], in[1].Texts[i])
			return true
		}
	}},
	{name: "REGEXP_CONTAINS", least: 2, most: 2, constants: compiles, bind: bindTexts(Bool), row: func(n CallExpr) rowFunc {
		pattern, _ := textLiteral(n.Args[1])
		re := regexp.MustCompile(pattern) // which was checked
		return func(in []*Vector, out *Vector, i int) bool {
			if re.MatchString(in[0].Texts[i]) {
				out.Bools.Set(i)
			}
			return true
		}
	}},
	{name: "FARM_FINGERPRINT", least: 1, most: 1, bind: bindFingerprint, row: func(CallExpr) rowFunc {
		return func(in []*Vector, out *Vector, i int) bool {
			out.Ints[i] = int64(farmFingerprint([]byte(in[0].Texts[i])))
			return true
		}
	}},
}

func bindTexts(result Type) func(CallExpr) (Expr, error) {
	return func(n CallExpr) (_ Expr, err error) {
		for i, x := range n.Args {
			if n.Args[i], err = as(x, String); err != nil {
				return Expr{}, err
			}
		}
		n.Type = result
		return Expr{n}, nil
	}
}

// compiles asks for a pattern that can be one: BigQuery's library and Go's have one syntax, but
// for \C, a byte of a character, which Go does not know.
// https://github.com/google/re2/wiki/Syntax
func compiles(n CallExpr) error {
	pattern, ok := textLiteral(n.Args[1])
	if !ok {
		return fmt.Errorf("REGEXP_CONTAINS's pattern is a quoted text, not %s", n.Args[1])
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return fmt.Errorf("%s is no regular expression of RE2: %w", quoteText(pattern), err)
	}
	return nil
}

func bindFingerprint(n CallExpr) (Expr, error) {
	if t := n.Args[0].Type(); t != String && t != Bytes && t != Null {
		return Expr{}, fmt.Errorf("%s is %s: FARM_FINGERPRINT is of STRING or BYTES; write CAST(it AS STRING)", n.Args[0], t)
	}
	n.Type = Int64
	return Expr{n}, nil
}

func ofText(of func(string) string) func(CallExpr) rowFunc {
	return func(CallExpr) rowFunc {
		return func(in []*Vector, out *Vector, i int) bool {
			out.Texts[i] = of(in[0].Texts[i])
			return true
		}
	}
}
