package audit

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// answered is the stored rows with what is known of their keys.
func (w *writing) answered() string {
	key := " OVER (PARTITION BY " + strings.Join(w.parts(), ", ") + ")"
	entity := strings.Join(w.parts()[:len(w.Keys.Entity)], ", ")
	var nulls []string
	for _, p := range w.parts() {
		nulls = append(nulls, p+" IS NULL")
	}
	columns := []string{"kind", strings.Join(nulls, " OR ") + " AS unkeyed",
		fmt.Sprintf("COUNTIF(kind = %d) OVER (PARTITION BY %s) > 0 AS known", isKnown, entity),
		fmt.Sprintf("COUNTIF(kind = %d AND reading = 1) OVER (PARTITION BY %s) > 0 AS due", isKnown, entity)}
	for i := range w.through {
		columns = append(columns, numbered("through", i))
	}
	for i := range w.Columns {
		columns = append(columns, numbered("stored", i))
	}
	if w.changed {
		columns = append(columns, "made")
	}
	take := func(condition, column, as string) {
		columns = append(columns, fmt.Sprintf("MAX(IF(%s, %s, NULL))%s AS %s", condition, column, key, as))
	}
	for i := range w.strict.named {
		for _, name := range []string{"strict", "reason"} {
			take(fmt.Sprintf("kind = %d", isStrict), numbered(name, i), numbered(name, i))
		}
	}
	read := func(as panel.Reading, i int, name string) {
		take(fmt.Sprintf("kind = %d AND reading = %d", isRead, as), numbered("loose", i), name)
	}
	for i := range w.loose().named {
		read(panel.Present, i, numbered("loose", i))
	}
	for i := range w.windows.columns {
		h := &w.windows.columns[i]
		read(panel.Zeros, h.present, numbered("zeros", i))
		read(panel.Dropped, h.present, numbered("dropped", i))
	}
	return "SELECT " + strings.Join(columns, ",\n       ") + "\nFROM held"
}

// classified are the columns of the result.
func (w *writing) classified() string {
	var columns []string
	for i, name := range w.through {
		columns = append(columns, numbered("through", i)+" AS "+w.text.Name(name))
	}
	due := "CAST(NULL AS BOOL)"
	if w.expects() {
		due = "IF(unkeyed, NULL, due)"
	}
	columns = append(columns, "IF(unkeyed, NULL, known) AS "+matchedColumn, due+" AS "+dueColumn)
	for i, c := range w.Columns {
		h := &w.windows.columns[i]
		columns = append(columns,
			w.class(i)+" AS "+w.text.Name(classColumn(c.Name)),
			"NOT unkeyed AND "+w.told(i)+" AS "+w.text.Name(toldColumn(c.Name)),
			"IF(unkeyed, NULL, "+numbered("strict", h.declared)+") AS "+w.text.Name(recomputedColumn(c.Name)),
			"IF(unkeyed, NULL, "+numbered("reason", h.declared)+") AS "+w.text.Name(reasonColumn(c.Name)))
	}
	return "SELECT " + strings.Join(columns, ",\n       ") + fmt.Sprintf("\nFROM answered\nWHERE kind = %d", isStored)
}

// near says that two values are equal but for the tolerance.
func (t Tolerance) sql(a, b string) string {
	return fmt.Sprintf("COALESCE(ABS(SAFE_SUBTRACT(%s, %s)) <= GREATEST(%v, %v * GREATEST(ABS(%[1]s), ABS(%[2]s))), FALSE)", a, b, t.Absolute, t.relative())
}

// differs says that a variant is another than the declared window over what is there.
func (w *writing) differs(i int, variant string) string {
	present := numbered("loose", w.windows.columns[i].present)
	return variant + " IS NOT NULL AND NOT " + w.within[i].sql(variant, present)
}

func (w *writing) told(i int) string {
	return numbered("stored", i) + " IS NOT NULL AND " + w.differs(i, numbered("loose", w.windows.columns[i].leaking))
}

// class is the first class that fits, as [Tolerance.classify] finds it.
func (w *writing) class(i int) string {
	h, t := &w.windows.columns[i], w.within[i]
	stored, strict, reason := numbered("stored", i), numbered("strict", h.declared), numbered("reason", h.declared)
	var cases []string
	when := func(condition string, c Class) {
		cases = append(cases, fmt.Sprintf("WHEN %s THEN %d", condition, c))
	}
	is := func(variant string, c Class) {
		when(t.sql(stored, variant)+" AND "+w.differs(i, variant), c)
	}
	when("unkeyed", Unkeyed)
	when(stored+" IS NOT NULL AND NOT known", Unmatched)
	when(stored+" IS NULL AND "+strict+" IS NOT NULL", Missing)
	when(stored+" IS NULL", RightlyNull)
	when(t.sql(stored, strict), Right)
	is(numbered("loose", h.leaking), Leak)
	is(numbered("zeros", i), AsZero)
	is(numbered("dropped", i), DroppedLate)
	for _, other := range h.others {
		is(numbered("loose", other), OtherWindow)
	}
	var partial []string
	for r := rolling.Duplicate; r <= rolling.Whole; r++ {
		if isPartial(r) {
			partial = append(partial, "'"+r.String()+"'")
		}
	}
	when(reason+" IN ("+strings.Join(partial, ", ")+") AND "+t.sql(stored, numbered("loose", h.present)), Partial)
	when(reason+" != '"+rolling.Whole.String()+"'", Refused)
	if w.changed {
		when("COALESCE("+numbered("loose", h.changed)+" > made, FALSE)", Outdated)
	}
	return "CASE " + strings.Join(cases, "\n            ") + fmt.Sprintf("\n            ELSE %d END", Wrong)
}
