package googlesql

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// united is the two sides of a join under one another: the join's keys as j0, …,
// then the columns of both as u0, …, each NULL for the rows of the other side.
type united struct {
	left, right []string
	names       map[string]string // u columns by name
	carried     []string          // those of the right side
}

func (u *united) add(name, left, right string) {
	alias := "u" + strconv.Itoa(len(u.names))
	u.names[name] = alias
	u.left, u.right = append(u.left, left+" AS "+alias), append(u.right, right+" AS "+alias)
}

// joinedTo lets a window carry the right side's columns over to the left rows of
// equal keys. It is spread as well as a join is, and the engine of the tests joins
// by comparing every row with every other.
func (w *writer) joinedTo(n quality.JoinNode, schema expr.Schema) source {
	l, r := w.source(n.Left), w.source(n.Right)
	u := w.unite(n, l, r)
	both := w.with("SELECT 0 AS side, "+strings.Join(u.left, ", ")+" FROM "+l.from+
		"\nUNION ALL\nSELECT 1 AS side, "+strings.Join(u.right, ", ")+" FROM "+r.from, nil)

	var keys, hole []string
	for i, on := range n.On {
		key := "j" + strconv.Itoa(i)
		hole = append(hole, key+" IS NULL")
		keys = append(keys, partitioned(key, keyType(n, on)))
	}
	null, window := "("+strings.Join(hole, " OR ")+")", "OVER (PARTITION BY "+strings.Join(keys, ", ")+")"
	texts := []string{"side"}
	for _, f := range n.Left.Schema() {
		texts = append(texts, u.names[f.Name])
	}
	for _, name := range u.carried {
		a := u.names[name]
		texts = append(texts, "IF(side = 1, "+a+", IF("+null+", NULL, MAX("+a+") "+window+")) AS "+a)
	}
	texts = append(texts,
		"NOT "+null+" AND COUNTIF(side = 0) "+window+" > 0 AS met_left",
		"NOT "+null+" AND COUNTIF(side = 1) "+window+" > 0 AS met_right")
	met := w.with("SELECT\n  "+strings.Join(texts, ",\n  ")+"\nFROM "+both.from, nil)

	where, ok := map[quality.JoinKind]string{
		quality.InnerJoin: "side = 0 AND met_right",
		quality.LeftJoin:  "side = 0",
		quality.AntiJoin:  "side = 0 AND NOT met_right",
		quality.FullJoin:  "(side = 0 OR NOT met_left)",
	}[n.Kind]
	if !ok {
		w.fail(fmt.Errorf("there is no join %q", n.Kind))
	}
	items := make([]item, len(schema))
	for i, f := range schema {
		items[i] = item{f.Name, u.names[f.Name]}
	}
	return w.cte(items, "\nFROM "+met.from+"\nWHERE "+where)
}

func (w *writer) unite(n quality.JoinNode, l, r source) *united {
	u := &united{names: map[string]string{}}
	rightColumn := func(name string) string {
		w.names = r.names
		return w.column(spelled(n.Right.Schema(), name))
	}
	// keys are those of both sides, as one type where one of them never holds a value.
	keys := func(on quality.On) (left, right string) {
		w.names = l.names
		left, right = w.column(spelled(n.Left.Schema(), on.Left)), rightColumn(on.Right)
		switch ofLeft, ofRight := typeOf(n.Left.Schema(), on.Left), typeOf(n.Right.Schema(), on.Right); {
		case ofLeft == expr.Null:
			left = nullOf(storable(ofRight))
		case ofRight == expr.Null:
			right = nullOf(ofLeft)
		}
		return left, right
	}
	for i, on := range n.On {
		left, right := keys(on)
		u.left, u.right = append(u.left, left+" AS j"+strconv.Itoa(i)), append(u.right, right+" AS j"+strconv.Itoa(i))
	}
	for _, f := range n.Left.Schema() {
		w.names = l.names
		own, other := w.column(f.Name), nullOf(storable(f.Type))
		at := slices.IndexFunc(n.On, func(on quality.On) bool { return expr.SameColumn(on.Left, f.Name) })
		if n.Kind == quality.FullJoin && at >= 0 {
			own, other = keys(n.On[at])
		}
		u.add(f.Name, own, other)
	}
	for _, f := range n.Right.Schema() {
		if slices.ContainsFunc(n.On, func(on quality.On) bool { return expr.SameColumn(on.Right, f.Name) }) {
			continue
		}
		u.add(f.Name, nullOf(storable(f.Type)), rightColumn(f.Name))
		u.carried = append(u.carried, f.Name)
	}
	return u
}

// spelled is a column's name as the schema spells it.
func spelled(s expr.Schema, name string) string {
	if f, err := s.Field(name); err == nil {
		return f.Name
	}
	return name
}

// keyType is that of a key of which one side may never hold a value.
func keyType(n quality.JoinNode, on quality.On) expr.Type {
	if t := typeOf(n.Left.Schema(), on.Left); t != expr.Null {
		return t
	}
	return typeOf(n.Right.Schema(), on.Right)
}

func typeOf(s expr.Schema, name string) expr.Type {
	f, _ := s.Field(name)
	return f.Type
}
