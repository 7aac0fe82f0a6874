package expr

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// function is what there is to know of a function of rows; package googlesql has
// what it is written as. All that expressions can call is in one table, so that no
// other place lists functions.
type function struct {
	name        string
	least, most int // values it takes
	word        keyword
	words       []string
	// constants says what is wrong with arguments that must be constants; nil is
	// nothing.
	constants func(CallExpr) error
	// bind brings a call's bound arguments to their types and says the result's.
	bind func(CallExpr) (Expr, error)
	// row makes what computes one row in which no argument is NULL, and says
	// whether there is a value: where an argument is NULL, so is the call. A
	// function of which that is not true has fill.
	row  func(CallExpr) rowFunc
	fill func(CallExpr) apply
	// spreadsNaN: the result is NaN where an argument is, and only there.
	spreadsNaN bool
}

type rowFunc func(in []*Vector, out *Vector, i int) bool

// keyword says where the word stands that is no value.
type keyword uint8

const (
	noWord    keyword = iota
	lastWord          // DATE_TRUNC(x, MONTH)
	firstWord         // EXTRACT(MONTH FROM x), EXTRACT(HOUR FROM x AT TIME ZONE 'UTC')
	asWord            // CAST(x AS INT64)
)

const (
	many          = 1 << 10
	populatedName = "POPULATED"
	castName      = "CAST"
	todayName     = "today"
	nowName       = "now"
)

// functions holds each by its name in upper case; the name is how it is written.
var functions = map[string]function{}

func init() {
	for _, group := range [][]function{choiceFunctions, numberFunctions, dateFunctions, textFunctions, castFunctions, fingerprintFunctions} {
		for _, f := range group {
			functions[strings.ToUpper(f.name)] = f
		}
	}
}

// Functions are the names of all functions that an expression can call, sorted.
func Functions() []string {
	var out []string
	for _, f := range functions {
		out = append(out, f.name)
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(strings.ToUpper(a), strings.ToUpper(b)) })
	return out
}

func functionNamed(name string) (function, error) {
	if f, ok := functions[strings.ToUpper(name)]; ok {
		return f, nil
	}
	known := slices.Sorted(maps.Keys(functions))
	return function{}, fmt.Errorf("there is no function %s%s: known are %s; anything else is raw SQL",
		name, nearest.Hint(name, known), strings.Join(Functions(), ", "))
}

// check says what is wrong with a call whatever its columns are.
func (f function) check(n CallExpr) error {
	switch {
	case len(n.Args) < f.least || len(n.Args) > f.most:
		return f.wrongCount(len(n.Args))
	case f.word == noWord && n.Word != "" || f.word != noWord && !slices.Contains(f.words, n.Word):
		return f.wrongWord(n.Word)
	case f.constants != nil:
		return f.constants(n)
	}
	return nil
}

func (f function) wrongCount(values int) error {
	wants := fmt.Sprint(f.least)
	switch {
	case f.most == many:
		wants += " or more"
	case f.most > f.least:
		wants += fmt.Sprintf(" to %d", f.most)
	}
	if wants == "1" {
		return fmt.Errorf("%s takes 1 value, not %d", f.name, values)
	}
	return fmt.Errorf("%s takes %s values, not %d", f.name, wants, values)
}

func (f function) wrongWord(word string) error {
	if word == "" {
		word = "nothing"
	}
	return fmt.Errorf("%s takes %s, not %s", f.name, strings.Join(f.words, ", "), word)
}

func (b binder) call(n CallExpr) (Expr, error) {
	f, err := functionNamed(n.Name)
	if err == nil {
		err = f.check(n)
	}
	if err != nil {
		return Expr{}, err
	}
	if n.Args, err = b.all(n.Args); err != nil {
		return Expr{}, err
	}
	return f.bind(n)
}

// Strict reports whether a call is NULL wherever one of its arguments is.
func (n CallExpr) Strict() bool { return functions[strings.ToUpper(n.Name)].row != nil }

func (n CallExpr) operation() (apply, error) {
	f, err := functionNamed(n.Name)
	switch {
	case err != nil:
		return nil, err
	case f.fill != nil:
		return f.fill(n), nil
	case f.row != nil:
		return strict(f.row(n)), nil
	}
	return nil, fmt.Errorf("%s stands for the run's clock, which nothing has put in its place", Expr{n})
}

// strict calls row for the rows in which no argument is NULL.
func strict(row rowFunc) apply {
	return func(in []*Vector, out *Vector, rows int) {
		for _, v := range in {
			if v.Type == Null {
				return
			}
		}
		for w := range out.Valid {
			word := in[0].Valid[w]
			for _, v := range in[1:] {
				word &= v.Valid[w]
			}
			for ; word != 0; word &= word - 1 {
				if i := w<<6 + bits.TrailingZeros64(word); row(in, out, i) {
					out.Valid.Set(i)
				}
			}
		}
	}
}

func (n CallExpr) print(b *strings.Builder) {
	f := functions[strings.ToUpper(n.Name)]
	b.WriteString(n.Name + "(")
	defer b.WriteByte(')')
	switch {
	case f.word == firstWord && len(n.Args) > 0:
		b.WriteString(n.Word + " FROM ")
		n.Args[0].print(b, bindPrimary)
		for _, zone := range n.Args[1:] {
			b.WriteString(" AT TIME ZONE ")
			zone.print(b, bindPrimary)
		}
	case f.word == asWord:
		printList(b, n.Args)
		b.WriteString(" AS " + n.Word)
	case f.word == lastWord:
		printList(b, n.Args)
		b.WriteString(", " + n.Word)
	default:
		printList(b, n.Args)
	}
}

// textLiteral is the text that an argument is written as.
func textLiteral(e Expr) (string, bool) {
	l, ok := e.node.(LiteralExpr)
	if !ok {
		return "", false
	}
	s, ok := l.Value.Go().(string)
	return s, ok
}
