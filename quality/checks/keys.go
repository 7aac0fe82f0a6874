package checks

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// keys holds the combinations of some columns in the suite's table against those in
// another one. There is a row for each key of either: how many rows have it here and
// there, NULL where there is none. A key with a NULL part equals none, so that it has a
// row for each side.
type keys struct {
	columns []string
	of      Against
	judged  side
	due     bool // it is about keys that are due
	// terms are further columns of the suite's side, theirTerms those of the other one, of
	// which more has columns that are mapped besides the key; beside is what else is
	// counted of the judged keys.
	terms, theirTerms []quality.NamedTerm
	more              []string
	beside            figures
}

// side says which keys are judged.
type side int

const (
	theirs side = iota // those of the other table, which are due
	ours               // those of the suite's
	either
)

// The columns of a row beside the key.
const (
	ourRows       = "ours()"
	theirRows     = "theirs()"
	lackingRows   = "lacking rows()"
	ambiguousRows = "ambiguous rows()"
	populatedRows = "populated rows()"
)

func (k keys) validate(bounds []quality.Bound) error {
	if len(k.columns) == 0 {
		return errors.New("it names no column")
	}
	if err := expr.CheckDistinct(k.columns); err != nil {
		return err
	}
	of := k.of.validate
	if k.due {
		of = k.of.validateDue
	}
	if err := of(k.columns); err != nil {
		return err
	}
	return quality.CheckShares(quality.OrAll(bounds))
}

func (k keys) describe(kind, claim string, bounds []quality.Bound) quality.Description {
	of := k.of.Table
	if !k.of.Where.IsZero() {
		of += " where " + k.of.Where.String()
	}
	claim = fmt.Sprintf("(%s) %s %s %s", strings.Join(k.columns, ", "), claim, of, quality.Claim(quality.OrAll(bounds)))
	return quality.Description{Kind: kind, Columns: k.columns, Claim: claim, Judges: "key"}
}

// relation has the judged side on the left, which the group-by columns come through
// from.
func (k keys) relation(s quality.Scope) quality.Relation {
	key := func(judged side) []quality.Column {
		out := quality.Columns(k.columns...)
		for _, name := range s.ByColumns() {
			if k.judged == judged && !expr.Named(k.columns, name) {
				out = append(out, quality.Columns(name)...)
			}
		}
		return out
	}
	of, _ := k.of.dueIn(s) // its mistake is told once, by requests
	due := of.theirs(s, slices.Concat(k.columns, k.more))
	if !s.Except.IsZero() {
		due = due.Filter(s.Except.IsNotTrue())
	}
	there := due.Aggregate(key(theirs), slices.Concat([]quality.NamedTerm{quality.CountRows().Named(theirRows)}, of.terms(), k.theirTerms)...)
	terms := []quality.NamedTerm{quality.CountRows().Named(ourRows)}
	if len(k.of.crosswalks(k.columns)) > 0 {
		terms = append(terms, quality.CountWhere(expr.Col(lacking)).Named(lackingRows), quality.CountWhere(expr.Col(ambiguous)).Named(ambiguousRows))
	}
	here := k.of.ours(s, k.columns).Aggregate(key(ours), append(terms, k.terms...)...)
	if k.judged == ours {
		return here.Join(quality.FullJoin, there, quality.Equal(k.columns...)...)
	}
	return there.Join(quality.FullJoin, here, quality.Equal(k.columns...)...)
}

// whole is TRUE for a key without a NULL part; here and there say on which side it is.
func (k keys) whole() expr.Expr {
	var parts []expr.Expr
	for _, c := range k.columns {
		parts = append(parts, expr.Col(c).IsNotNull())
	}
	return expr.AllOf(parts...)
}

var (
	here, nowhereHere   = expr.Col(ourRows).IsNotNull(), expr.Col(ourRows).IsNull()
	there, nowhereThere = expr.Col(theirRows).IsNotNull(), expr.Col(theirRows).IsNull()
)

// missing is TRUE for a key that is due and not in the suite's table, unexpected for
// one that is there and not in the other.
func (k keys) missing() expr.Expr    { return expr.AllOf(there, nowhereHere, k.whole()) }
func (k keys) unexpected() expr.Expr { return expr.AllOf(here, nowhereThere, k.whole()) }

// figures are what is counted of any rows.
func (k keys) figures() figures {
	out := figures{
		quality.CountWhere(here.And(there)).Named("both"),
		quality.CountWhere(k.missing()).Named("missing"),
		quality.CountWhere(k.unexpected()).Named("unexpected"),
		summed(ourRows, k.whole().Not()).Named("our nulls"),
		summed(theirRows, k.whole().Not()).Named("their nulls"),
	}
	out = k.of.dated(out, k.of.waits(theirRows), here.And(there), k.missing())
	if len(k.of.crosswalks(k.columns)) > 0 {
		out = append(out, summed(lackingRows, here).Named("lacking"), summed(ambiguousRows, here).Named("ambiguous"))
	}
	return out
}

// summed adds a column of rows where a condition is TRUE.
func summed(column string, where expr.Expr) quality.Term {
	return quality.SumOf(expr.If(where, expr.Col(column), 0))
}

// asks is what is counted of the judged keys, with what a kind wants beside it, and of
// the rest, which belong to no segment.
func (k keys) asks(s quality.Scope) (judged, rest quality.Request) {
	of := k.relation(s)
	judged = quality.Request{Of: of, Metric: append(k.figures(), k.beside...)}
	rest = quality.Request{Of: of, Metric: k.figures(), By: []string{}}
	switch k.judged {
	case theirs:
		judged.Rows, rest.Rows = there, nowhereThere
	case ours:
		judged.Rows, rest.Rows = here, nowhereHere
	case either:
		rest.Rows = expr.Lit(false)
	}
	return judged, rest
}

func (k keys) requests(s quality.Scope) ([]quality.Request, error) {
	if err := k.of.typed(s, k.columns); err != nil {
		return nil, err
	}
	if _, err := k.of.dueIn(s); err != nil {
		return nil, err
	}
	if called := k.of.crosswalks(k.columns); len(called) > 0 && !s.Except.IsZero() {
		return nil, fmt.Errorf("waive: a key is not known by a crosswalk, and %s is: waive segments", strings.Join(called, ", "))
	}
	judged, rest := k.asks(s)
	out := []quality.Request{judged, rest}
	if !k.of.Due.IsZero() {
		out = append(out, k.next(s))
	}
	return out, nil
}

// next asks when the first key that is missing and not due yet is.
func (k keys) next(s quality.Scope) quality.Request {
	return quality.Request{Of: k.relation(s), Rows: k.missing().And(k.of.waits(theirRows)), Metric: earliest{expr.Col(nextDue)}}
}
