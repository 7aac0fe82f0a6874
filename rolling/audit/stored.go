package audit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// Stored claims that columns of a table hold what windows come to that are recomputed
// from the rows behind them.
type Stored struct {
	Columns []Column
	// Keys say whose and when a row is, which rows take part and what was due, without
	// windows. Entity, At and Reset are columns of the suite's table.
	Keys panel.Spec
	// From are the rows that the windows are over.
	From From
	// Expected is the table of the keys that were due, "" for none: then no hole is seen.
	Expected string
	// Made is the column that says when a row was stored, and Changed that of the rows
	// which says when they were: with both, a value from before a change is told.
	Made, Changed string
	// Bounds are on the share of the values, stored or due, that are right. Defaults to
	// AtLeast(Percent(100)).
	Bounds []quality.Bound
	// Leak are bounds on the share of the values that are a leak, of those for which
	// that can be told. Defaults to AtMost(Percent(0)).
	Leak []quality.Bound
	// Matched are bounds on the share of the rows whose entity the windows' rows know.
	// Defaults to AtLeast(Percent(100)).
	Matched []quality.Bound
}

// Column is a stored column and the window that it claims to be.
type Column struct {
	Name string
	Spec rolling.Spec
	// Tolerance defaults to ToleranceOf the column's type.
	Tolerance *Tolerance
}

// From is a table with the rows that windows are over.
type From struct {
	// Table is [project.]dataset.table; "" is the suite's own.
	Table string
	// Map names a key column of the suite's table as it is called there, where it is
	// called otherwise.
	Map map[string]string
}

// there is what a key column of the suite's table is called among the rows.
func (f From) there(column string) string {
	for own, name := range f.Map {
		if strings.EqualFold(own, column) {
			return name
		}
	}
	return column
}

// key are the columns that say which point a row of the suite's table is.
func (c Stored) key() []string {
	out := append(slices.Clone(c.Keys.Entity), c.Keys.At)
	if c.Keys.Reset != "" {
		out = append(out, c.Keys.Reset)
	}
	return out
}

// spec is that of the panel, whose columns are those of the rows.
func (c Stored) spec(windows []rolling.Spec) panel.Spec {
	out := c.Keys
	out.Entity = nil
	for _, name := range c.Keys.Entity {
		out.Entity = append(out.Entity, c.From.there(name))
	}
	out.At = c.From.there(c.Keys.At)
	if c.Keys.Reset != "" {
		out.Reset = c.From.there(c.Keys.Reset)
	}
	out.Windows = windows
	return out
}

// Validate reports what is wrong without looking at data.
func (c Stored) Validate() error {
	if len(c.Columns) == 0 {
		return errors.New("it names no column")
	}
	var names []string
	var specs []rolling.Spec
	for _, column := range c.Columns {
		names = append(names, column.Name)
		if column.Spec == (rolling.Spec{}) {
			return fmt.Errorf("%s: it says no window: make one with rolling.New", column.Name)
		}
		if column.Tolerance != nil {
			if err := column.Tolerance.check(); err != nil {
				return fmt.Errorf("%s: %w", column.Name, err)
			}
		}
		specs = append(specs, column.Spec)
	}
	if err := expr.CheckDistinct(names); err != nil {
		return err
	}
	for own := range c.From.Map {
		if !expr.Named(c.key(), own) {
			return fmt.Errorf("map names %q, which is none of its key columns: %s", own, strings.Join(c.key(), ", "))
		}
	}
	if (c.Made == "") != (c.Changed == "") {
		return errors.New("made says when a row was stored and changed when those behind it were: give both, or neither")
	}
	spec := c.spec(specs[:1])
	if err := spec.Validate(); err != nil {
		return err
	}
	return errors.Join(quality.CheckShares(quality.OrAll(c.Bounds)), quality.CheckShares(c.leak()), quality.CheckShares(quality.OrAll(c.Matched)))
}

func (c Stored) leak() []quality.Bound {
	if len(c.Leak) > 0 {
		return c.Leak
	}
	return []quality.Bound{quality.AtMost(quality.Percent(0))}
}

// Describe says which windows they are to be.
func (c Stored) Describe() quality.Description {
	var names, claims []string
	for _, column := range c.Columns {
		names = append(names, column.Name)
		claims = append(claims, fmt.Sprintf("%s is the %s", column.Name, windowText(column.Spec)))
	}
	from := ""
	if c.From.Table != "" {
		from = " of " + c.From.Table
	}
	claim := fmt.Sprintf("%s%s %s", strings.Join(claims, ", "), from, quality.Claim(quality.OrAll(c.Bounds)))
	return quality.Description{Kind: "window", Columns: names, Claim: claim}
}

// expects reports whether keys are known that were due.
func (c Stored) expects() bool { return c.Expected != "" }

// Others are the rows that windows are over, and what was due of them.
func (c Stored) Others() []quality.Other {
	var out []quality.Other
	if c.From.Table != "" {
		out = append(out, quality.Other{Table: c.From.Table})
	}
	if c.Expected != "" {
		out = append(out, quality.Other{Table: c.Expected, Oracle: true})
	}
	return out
}

// derivation is the rows of the suite's table with what each value is.
func (c Stored) derivation(s quality.Scope) derivation {
	d := derivation{Stored: c, tables: []string{s.Info.Name}, now: s.Now}
	d.tables = append(d.tables, cmp.Or(c.From.Table, d.tables[0]))
	if c.Expected != "" {
		d.tables = append(d.tables, c.Expected)
	}
	d.asked = expr.AllOf(s.Rows, s.Where.At(s.Now, s.Zone))
	if d.dated(s) {
		d.from, d.to = s.From, s.To
	}
	d.schemas = []expr.Schema{s.Schema}
	if c.From.Table == "" {
		d.schemas = append(d.schemas, s.Schema)
	}
	for _, other := range s.Others {
		d.schemas = append(d.schemas, other.Info.Schema)
	}
	for _, list := range [][]string{c.key(), s.ByColumns(), s.Rows.Columns(), s.Where.Columns(), c.columns()} {
		for _, name := range list {
			if f, err := s.Schema.Field(name); err == nil && !expr.Named(d.through, name) {
				d.through = append(d.through, f.Name)
			}
		}
	}
	for _, column := range c.Columns {
		f, _ := s.Schema.Field(column.Name) // one that is not there is refused before
		within := ToleranceOf(f.Type)
		if column.Tolerance != nil {
			within = *column.Tolerance
		}
		d.within = append(d.within, within)
	}
	return d
}

func (c Stored) columns() []string {
	out := make([]string, len(c.Columns))
	for i, column := range c.Columns {
		out[i] = column.Name
	}
	return out
}
