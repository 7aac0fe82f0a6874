package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Beside is columns of another table that stand beside the rows of the suite's, as if it
// had them: a label that is kept elsewhere. A row whose key the other table lacks has NULL
// there; of several rows of one key each column is the greatest of theirs, and how many
// there are is for a check of keys to say.
type Beside struct {
	Table string
	// Where limits its rows.
	Where expr.Expr
	// Keys are the columns of the suite's table that make the key, each with what it is in
	// the other one.
	Keys []Column
	// Columns are what stands beside, by names that the suite's table does not have.
	Columns []Column
}

func (b *Beside) mistake() error {
	switch {
	case b == nil:
		return nil
	case len(b.Keys) == 0:
		return fmt.Errorf("it has no key to find rows of %s by", b.Table)
	case len(b.Columns) == 0:
		return fmt.Errorf("it names no column of %s", b.Table)
	}
	if err := checkTableName(b.Table); err != nil {
		return err
	}
	if err := b.Where.Mistake(); err != nil {
		return err
	}
	return expr.CheckDistinct(columnNames(append(slices.Clone(b.Keys), b.Columns...)))
}

// other is the table as a check would name it: the suite's dates bound it where a key is
// their column.
func (b Beside) other() Other {
	out := Other{Table: b.Table}
	for _, k := range b.Keys {
		if c, ok := k.Of.Node().(expr.ColumnExpr); ok {
			out.On = append(out.On, On{k.Name, c.Name})
		}
	}
	return out
}

// rows puts the columns beside the suite's rows.
func (b Beside) rows(own, theirs Relation) Relation {
	var terms []NamedTerm
	for _, c := range b.Columns {
		terms = append(terms, MaxOf(expr.Col(c.Name)).Named(c.Name))
	}
	var keys []Column
	var on []On
	for _, k := range b.Keys {
		there := fmt.Sprintf("%s of %s", k.Of, b.Table)
		keys, on = append(keys, As(there, k.Of)), append(on, On{Left: k.Name, Right: there})
	}
	found := theirs.Filter(b.Where).Project(slices.Concat(keys, b.Columns)...).Aggregate(Columns(columnNames(keys)...), terms...)
	return own.Join(LeftJoin, found, on...)
}

// with is a schema with the columns.
func (b Beside) with(own, theirs expr.Schema) (expr.Schema, error) {
	out := slices.Clone(own)
	for _, c := range b.Columns {
		if slices.ContainsFunc(own, func(f expr.Field) bool { return strings.EqualFold(f.Name, c.Name) }) {
			return nil, fmt.Errorf("%s is a column of the table, and one of %s that stands beside it: leave one out", c.Name, b.Table)
		}
		of, err := c.Of.Bind(theirs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b.Table, err)
		}
		out = append(out, expr.Field{Name: c.Name, Type: of.Type()})
	}
	return out, nil
}

// scope is what a rule of the suite looks at, with what stands beside its rows.
func (p *planner) scope(s Suite, own TableInfo, r *plannedRule) (Scope, error) {
	b := s.Beside
	if b == nil {
		return scopeOf(s, own, p.now)
	}
	there := p.tables[b.Table]
	if there.Err != nil {
		return Scope{}, there.Err
	}
	var err error
	if own.Schema, err = b.with(own.Schema, there.Schema); err != nil {
		return Scope{}, err
	}
	out, err := scopeOf(s, own, p.now)
	if err != nil {
		return Scope{}, err
	}
	r.scope.Date = out.Date
	theirs, err := p.other(s, own, r, b.other())
	if err != nil {
		return Scope{}, err
	}
	rows := out.Relation
	if !out.days.IsZero() { // those without a date are told
		rows = rows.Filter(expr.AnyOf(out.days, expr.Col(out.Date).IsNull()))
	}
	out.Relation = b.rows(rows, theirs)
	return out, nil
}
