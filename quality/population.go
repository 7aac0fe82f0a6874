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

// found is how many rows of another table have a row's key, NULL where none has.
const found = "found()"

// within limits the scope to rows whose key other rows have.
func (s *Scope) within(k KeysOf, in Relation) {
	columns := k.Columns
	if len(columns) == 0 {
		columns = k.Key
	}
	var keys []Column
	var on []On
	for i, name := range k.Key {
		there := fmt.Sprintf("%s of %s", columns[i], k.Table)
		keys = append(keys, As(there, expr.Col(columns[i])))
		on = append(on, On{Left: name, Right: there})
	}
	s.Relation = s.Relation.Join(LeftJoin, in.Filter(k.Where).Aggregate(keys, CountRows().Named(found)), on...)
	s.Where = expr.AllOf(s.Where, expr.Col(found).IsNotNull())
}
