package rollingsql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// A computed is a column of a stage with what it is.
type computed struct{ name, expression string }

// named gives an expression a name in a list, and the one that it has if it is there.
func named(columns *[]computed, prefix, expression string) string {
	i := slices.IndexFunc(*columns, func(c computed) bool { return c.expression == expression })
	if i < 0 {
		i = len(*columns)
		*columns = append(*columns, computed{prefix + fmt.Sprint(i), expression})
	}
	return (*columns)[i].name
}

func texts(columns []computed) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = as(c.expression, c.name)
	}
	return out
}

// lastFrames are the frames of windows over rows: aggregates over the newest n places
// up to a place, which the points behind it take over from it. Places are a partition
// of their own, so that a frame of n rows is one of n places.
type lastFrames struct {
	faults []computed // the number of the newest place at fault
	frames []computed
	folds  []computed // of frames that are arrays
	taken  []computed // by points
}

// framed finds frames at their places.
func (w *writing) framed() {
	l := w.last
	w.stage("framed", selection{columns: slices.Concat([]string{"*"}, texts(l.faults), texts(l.frames)), from: w.before()})
	if len(l.folds) > 0 {
		w.stage("folded", selection{columns: append([]string{"*"}, texts(l.folds)...), from: w.before()})
	}
	needed := []string{"place", fmt.Sprintf("item != %d", atKeys)}
	if w.days != nil {
		needed = w.reaching(needed)
	}
	w.stage("taken", selection{columns: append([]string{"*"}, texts(l.taken)...), from: w.before(), where: []string{strings.Join(needed, " OR ")}})
}

// A lastWindow finds the facts of a window over rows.
type lastWindow struct {
	*writing
	*window
}

func (l lastWindow) frame(expression string) string {
	order := append([]string{"t"}, l.order...)
	name := named(&l.last.frames, "f", fmt.Sprintf("%s OVER (PARTITION BY %s, place ORDER BY %s ROWS BETWEEN %d PRECEDING AND CURRENT ROW)",
		expression, l.part, list(order...), l.Window().Rows()-1))
	return name
}

// take has points take over a column of the newest place before them.
func (l lastWindow) take(column string) string {
	taken := named(&l.last.taken, "taken", "MAX(IF(place, "+column+", NULL)) OVER (PARTITION BY "+l.part+", k)")
	return l.carry(l.item, taken)
}

func (l lastWindow) over(function, condition, argument string) string {
	for _, v := range l.measure.values {
		if v.name == argument && v.typ == expr.Numeric {
			return l.fold(function+"(x)", condition, v)
		}
	}
	return l.take(l.of(function, condition, argument))
}

// of is a function of an argument over the frame.
func (l lastWindow) of(function, condition, argument string) string {
	return l.frame(function + "(IF(" + condition + ", " + argument + ", NULL))")
}

func (l lastWindow) deviation(condition, x, by string) string {
	return l.take(named(&l.last.folds, "fold", deviation(l.of("ARRAY_AGG", condition, x), l.of("AVG", condition, x), l.of("MAX", condition, "ABS("+x+")"), by)))
}

// total of integers is of their halves, which do not overflow.
func (l lastWindow) total(condition string, v *value) string {
	if v.typ == expr.Numeric {
		return l.fold("SUM(CAST(x AS BIGNUMERIC))", condition, v)
	}
	low := fmt.Sprintf("(%s & %d)", v.name, 1<<32-1)
	high := fmt.Sprintf("DIV(%s - %s, %d)", v.name, low, 1<<32)
	return fmt.Sprintf("(CAST(%s AS BIGNUMERIC) * %d + %s)", l.over("SUM", condition, high), 1<<32, l.over("SUM", condition, low))
}

// fold aggregates the decimals of a frame as an array: over a frame the emulator sums
// them to 0 and compares them as text.
func (l lastWindow) fold(aggregate, condition string, v *value) string {
	array := l.of("ARRAY_AGG", condition, v.name)
	return l.take(named(&l.last.folds, "fold", "(SELECT "+aggregate+" FROM UNNEST("+array+") AS x)"))
}

// within says that the newest place at fault is one of the newest n before the point.
func (l lastWindow) within(fault string) string {
	newest := named(&l.last.faults, "fault", "MAX(IF("+fault+", k, NULL))"+l.inOrder())
	return fmt.Sprintf("%s > %s - %d", l.carry(l.item, newest), l.carry(l.item, "k"), l.Window().Rows())
}

func (l lastWindow) find() facts {
	n, k := l.Window().Rows(), l.carry(l.item, "k")
	f := facts{places: fmt.Sprintf("LEAST(%s, %d)", k, n)}
	if l.Partial {
		return f
	}
	f.twice, f.null, f.short = l.within("twice"), l.within(l.measure.null), fmt.Sprintf("%s < %d", k, n)
	f.expected, f.point = fmt.Sprint(n), l.pointCount(l.item)
	if l.expects() {
		f.missing, f.waiting = l.within("missing"), l.within("waiting")
	}
	return f
}
