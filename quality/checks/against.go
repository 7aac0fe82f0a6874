package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Against is the other table that a check holds the suite's against.
type Against struct {
	// Table is [project.]dataset.table.
	Table string
	// Where limits its rows.
	Where expr.Expr
	// Map says what columns of the suite's table are there. One that it leaves out has
	// the same name.
	Map []Mapping
	// Span are its days. Without them the suite's bound it where its date column is
	// what the suite's is mapped to, and else it is read whole.
	Span quality.Span
	// Due is when a key of it is due, for checks of keys that are; zero is at once.
	Due Due
	// NullsOK sets rows of it aside that have no date, or a key with a NULL part.
	NullsOK bool

	late expr.Expr // of a row that is not due yet
}

// Mapping says what a column of the suite's table is in the other one.
type Mapping struct {
	Column string
	// To are expressions over the other table. Several make as many rows of each:
	// home and away. Where all lists of a map have several, they go side by side.
	To []expr.Expr
	// By translates the column first.
	By Crosswalk
}

// to is what the column is in the other table.
func (m Mapping) to() []expr.Expr {
	if len(m.To) == 0 && m.By.Table != "" {
		return []expr.Expr{expr.Col(m.By.To)}
	}
	return m.To
}

// mapping is what a column is mapped to.
func (a Against) mapping(column string) Mapping {
	for _, m := range a.Map {
		if expr.SameColumn(m.Column, column) {
			return m
		}
	}
	return Mapping{Column: column, To: []expr.Expr{expr.Col(column)}}
}

// columns are some columns of the suite's table, and those that are mapped besides.
func (a Against) columns(of ...string) []string {
	for _, m := range a.Map {
		if !expr.Named(of, m.Column) {
			of = append(slices.Clone(of), m.Column)
		}
	}
	return of
}

// validate reports what is wrong without looking at data.
func (a Against) validate(columns []string) error {
	if a.Table == "" {
		return fmt.Errorf("it names no other table: write of")
	}
	if err := a.Where.Mistake(); err != nil {
		return fmt.Errorf("where of %s: %w", a.Table, err)
	}
	if !a.Due.IsZero() {
		return fmt.Errorf("due: it claims nothing of what is due by %s: leave it out", a.Table)
	}
	var mapped []string
	several := 0
	for _, m := range a.Map {
		mapped = append(mapped, m.Column)
		if !expr.Named(columns, m.Column) {
			return fmt.Errorf("map names %q, which is none of its columns: %s", m.Column, strings.Join(columns, ", "))
		}
		to := m.to()
		if len(to) == 0 {
			return fmt.Errorf("map says nothing of %q", m.Column)
		}
		for _, e := range to {
			if err := e.Mistake(); err != nil {
				return fmt.Errorf("map of %s: %w", m.Column, err)
			}
		}
		if n := len(to); n > 1 && several > 1 && n != several {
			return fmt.Errorf("map: %s is %d things in each row, and another column is %d", m.Column, n, several)
		} else if n > 1 {
			several = n
		}
	}
	return expr.CheckDistinct(mapped)
}

// validateDue is validate for a check of what is due.
func (a Against) validateDue(columns []string) error {
	if err := a.Due.validate(); err != nil {
		return err
	}
	a.Due = Due{}
	return a.validate(columns)
}

// others are the tables that are read, crosswalks last.
func (a Against) others(columns []string, oracle bool) []quality.Other {
	other := quality.Other{Table: a.Table, Oracle: oracle, NullsOK: a.NullsOK, Span: a.Span}
	var crosswalks []quality.Other
	for _, column := range columns {
		m := a.mapping(column)
		if m.By.Table != "" {
			crosswalks = append(crosswalks, quality.Other{Table: m.By.Table, On: []quality.On{{Left: column, Right: m.By.From}}})
			continue
		}
		for _, e := range m.to() {
			if c, ok := e.Node().(expr.ColumnExpr); ok {
				other.On = append(other.On, quality.On{Left: column, Right: c.Name})
			}
		}
	}
	return append([]quality.Other{other}, crosswalks...)
}

// plain reports whether every column is called the same in the other table.
func (a Against) plain(columns []string) bool {
	for _, column := range columns {
		for _, e := range a.mapping(column).to() {
			c, ok := e.Node().(expr.ColumnExpr)
			if !ok || !expr.SameColumn(c.Name, column) {
				return false
			}
		}
	}
	return true
}

// theirs is the rows of the other table, with columns by the names that the suite's
// has for them.
func (a Against) theirs(s quality.Scope, columns []string) quality.Relation {
	return a.named(s.Others[0].Relation, columns)
}

// named is theirs of some rows of the other table.
func (a Against) named(rows quality.Relation, columns []string) quality.Relation {
	lists := [][]quality.Column{nil}
	for _, column := range columns {
		for i := range a.mapping(column).to() {
			if i > 0 && i == len(lists) {
				lists = append(lists, nil)
			}
		}
	}
	for i := range lists {
		for _, column := range columns {
			to := a.mapping(column).to()
			lists[i] = append(lists[i], quality.As(column, to[min(i, len(to)-1)]))
		}
	}
	rows = a.rows(rows)
	if len(lists) > 1 {
		return rows.Expand(lists...)
	}
	return rows.Project(lists[0]...)
}
