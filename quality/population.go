package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// KeysOf are the keys that a table has rows of: a rule's population can be the rows of
// the suite's table with such a key. The table is read whole but for its own Span. A key
// with a NULL part is none of them.
type KeysOf struct {
	Table string
	// Key are columns of the suite's table.
	Key []string
	// Columns are those of the table for them, in their order. None are those of the
	// same names.
	Columns []string
	Where   expr.Expr
	Span    Span
}

func (k *KeysOf) validate() error {
	switch {
	case k == nil:
		return nil
	case len(k.Key) == 0:
		return fmt.Errorf("where: it names no key by which rows are found in %s", k.Table)
	case len(k.Columns) > 0 && len(k.Columns) != len(k.Key):
		return fmt.Errorf("where names %d columns of %s for %d of the key", len(k.Columns), k.Table, len(k.Key))
	}
	if err := expr.CheckDistinct(k.Key); err != nil {
		return fmt.Errorf("where: %w", err)
	}
	return k.Where.Mistake()
}

func (k KeysOf) other() Other { return Other{Table: k.Table, Span: k.Span} }

// String is the population in words: (game_date, player) is in nba.sheet.
func (k *KeysOf) String() string {
	if k == nil {
		return ""
	}
	return fmt.Sprintf("(%s) is in %s%s", strings.Join(k.Key, ", "), k.Table, whereText(k.Where))
}

// population is which rows a rule is about, in words; "" is all.
func (r Rule) population() string { return r.WhereIn.and(r.Where) }

// and is that of both in words.
func (k *KeysOf) and(where expr.Expr) string {
	parts := slices.DeleteFunc([]string{where.String(), k.String()}, func(s string) bool { return s == "" })
	return strings.Join(parts, " AND ")
}

// found is 1 beside a row whose key another table has, else NULL.
const found = "found()"

// populate limits what a rule looks at to rows whose key another table has.
func (p *planner) populate(suite Suite, own TableInfo, r *plannedRule) error {
	s, k := &r.scope, r.rule.WhereIn
	s.population = k.and(s.Where)
	if k == nil {
		return nil
	}
	in, err := p.other(suite, own, r, k.other())
	if err != nil {
		return err
	}
	columns := k.Columns
	if len(columns) == 0 {
		columns = k.Key
	}
	beside := Beside{Table: k.Table, Where: k.Where, Columns: []Column{As(found, expr.Lit(1))}}
	for i, name := range k.Key {
		beside.Keys = append(beside.Keys, As(name, expr.Col(columns[i])))
	}
	r.keysOf = in.Filter(k.Where)
	s.Relation = beside.rows(s.Relation, in)
	s.Where = expr.AllOf(s.Where, expr.Col(found).IsNotNull())
	return nil
}

// noKeys says that the table of a population has no row, where a kind judges that no row of
// the suite's is of it: 0 is then no number but the answer of a table that was lost.
func (r plannedRule) noKeys(ms *Measurements) (*Finding, error) {
	counts, err := r.keys.total(ms)
	if err != nil || counts.Rows() > 0 {
		return nil, err
	}
	k := r.rule.WhereIn
	return &Finding{
		Verdict: Unknown,
		Reason:  fmt.Sprintf("no row is looked at, for there is no row of %s%s to say which", k.Table, whereText(k.Where)),
	}, nil
}
