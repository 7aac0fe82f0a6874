package features

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// LabelOf is another table that the label is in, by the key of the set. The rows that a
// set looks at have it beside them: what is eligible may be told by it.
type LabelOf struct {
	Table string
	Where expr.Expr
	// Column is the label there; zero is the column of its name.
	Column expr.Expr
	// Map says what columns of the key are called there. One that it leaves out has the
	// same name.
	Map []checks.Mapping
	// Match are bounds on the share of the table's keys that are found there. Defaults to
	// all. No key may be there twice.
	Match []quality.Bound
}

func (l LabelOf) keyed(key string) expr.Expr {
	at := slices.IndexFunc(l.Map, func(m checks.Mapping) bool { return m.Column == key })
	if at >= 0 && len(l.Map[at].To) > 0 {
		return l.Map[at].To[0]
	}
	return expr.Col(key)
}

// beside puts the label beside the rows of the set.
func (l LabelOf) beside(s Set) *quality.Beside {
	of := l.Column
	if of.IsZero() {
		of = expr.Col(s.Label)
	}
	out := &quality.Beside{Table: l.Table, Where: l.Where, Columns: []quality.Column{quality.As(s.Label, of)}}
	for _, key := range s.Key {
		out.Keys = append(out.Keys, quality.As(key, l.keyed(key)))
	}
	return out
}

// match is the join, judged.
func (l LabelOf) match(s Set) checks.Match {
	return checks.Match{Columns: s.Key, Of: checks.Against{Table: l.Table, Where: l.Where, Map: l.Map}, Bounds: l.Match, Fanout: 1}
}

// audited are the rows whose windows are recomputed: those with a label, where the table
// itself has it.
func (s Set) audited() expr.Expr {
	if s.LabelOf != nil {
		return expr.Expr{}
	}
	return s.labelled()
}
