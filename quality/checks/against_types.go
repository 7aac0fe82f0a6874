package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// typed refuses columns whose values the other table has as another type: nothing
// casts them unasked, and they equal nothing.
func (a Against) typed(s quality.Scope, columns []string) error {
	crosswalk := 1
	for _, column := range columns {
		own, err := s.Schema.Field(column)
		if err != nil {
			return err
		}
		m := a.mapping(column)
		typ, named := own.Type, fmt.Sprintf("%s of %s", own.Name, s.Info.Name)
		if m.By.Table != "" {
			entries := s.Others[crosswalk].Info.Schema
			crosswalk++
			from, err := entries.Field(m.By.From)
			if err != nil {
				return fmt.Errorf("%s: %w", m.By.Table, err)
			}
			to, err := entries.Field(m.By.To)
			if err != nil {
				return fmt.Errorf("%s: %w", m.By.Table, err)
			}
			if unlike(typ, from.Type) {
				return fmt.Errorf("%s is %s and %s of %s is %s, and values of unlike types equal nothing: declare them as one type", named, typ, from.Name, m.By.Table, from.Type)
			}
			typ, named = to.Type, fmt.Sprintf("%s of %s", to.Name, m.By.Table)
		}
		for _, e := range m.to() {
			bound, err := e.At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
			if err != nil {
				return fmt.Errorf("%s: %w", a.Table, err)
			}
			if unlike(typ, bound.Type()) {
				return fmt.Errorf("%s is %s and %s of %s is %s, and values of unlike types equal nothing: map %s to %s, or declare them as one type where the rows are files",
					named, typ, e, a.Table, bound.Type(), column, converted(e, bound.Type(), typ))
			}
		}
	}
	return nil
}

// schema is the types of columns in the other table, by the names of the suite's.
func (a Against) schema(s quality.Scope, columns []string) (expr.Schema, error) {
	var out expr.Schema
	for _, column := range columns {
		for _, e := range a.mapping(column).to() {
			bound, err := e.At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", a.Table, err)
			}
			if out.Position(column) < 0 {
				out = append(out, expr.Field{Name: column, Type: bound.Type()})
			}
		}
	}
	return out, nil
}

func unlike(a, b expr.Type) bool { return a != b && a != expr.Null && b != expr.Null }

// converted is an expression as another type.
func converted(e expr.Expr, from, to expr.Type) string {
	switch {
	case from == expr.Timestamp && to == expr.Date:
		return fmt.Sprintf("DATE(%s, 'the zone of its days')", e)
	case from == expr.DateTime && to == expr.Date:
		return fmt.Sprintf("DATE(%s)", e)
	}
	return e.Cast(to).String()
}
