package panel

import (
	"math"
	"math/big"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/internal/exact"
)

// Otherwise computes windows over the rows as a reading takes them, as of some of the
// points by their numbers. It finds out how a stored value came about, and is no way to
// make one. The windows are over columns that those of the spec are over.
func (p *Panel) Otherwise(as Reading, windows []rolling.Spec, points []int32) (*Others, error) {
	asked := p.asked().some(points)
	among := marked(asked.owner, &p.shared.entities)
	var rows []int32
	for i, owner := range p.rows.owner {
		if among[owner] {
			rows = append(rows, int32(i))
		}
	}
	o := &Others{rows: &observations{keys: p.rows.keys.some(rows), counted: pick(p.rows.counted, rows)}}
	for _, c := range p.rows.values {
		o.rows.values = append(o.rows.values, c.some(rows))
	}
	o.rows.read(as)
	b := p.batch(o.rows, windows)
	if len(o.rows.order) > 0 {
		ranks, err := rank(o.rows.keys)
		if err != nil {
			return nil, err
		}
		b.Rows.Order = ranks[0]
	}
	keys := asked.keys()
	b.Points = &keys
	return o, rolling.Compute(&o.result, b)
}

// some are some of the keys, without where they stand.
func (k *keys) some(rows []int32) *keys {
	out := *k
	out.owner, out.days, out.micros, out.resets, out.teams = pick(k.owner, rows), pick(k.days, rows), pick(k.micros, rows), pick(k.resets, rows), nil
	out.orders, out.places = nil, places{}
	for _, c := range k.orders {
		out.orders = append(out.orders, c.some(rows))
	}
	return &out
}

// Others are windows that nothing refuses. They are not safe for concurrent use.
type Others struct {
	rows   *observations
	result rolling.Result
	usable []int32
	x, per []float64
}

// Value is what the statistic of the i-th window comes to over its usable places as of
// a point, the k-th of those asked for; false where that is nothing.
func (o *Others) Value(i, k int) (float64, bool) {
	w := o.result.Windows(i)
	if v, whole := Number(w, k); whole {
		return v, true
	}
	var places int
	o.usable, places = w.Usable(k, o.usable[:0])
	s := w.Spec().Statistic()
	o.x = o.numbers(o.x[:0], s.Column())
	o.per = o.per[:0]
	if s.Per() != "" {
		o.per = o.numbers(o.per, s.Per())
	}
	v := statisticOf(w.Spec(), o.x, o.per, places)
	return v, exact.Finite(v)
}

func (o *Others) numbers(to []float64, name string) []float64 {
	for _, c := range o.rows.values {
		if c.name != name {
			continue
		}
		for _, row := range o.usable {
			to = append(to, c.number(row))
		}
		break
	}
	return to
}

func (c *column) number(row int32) float64 {
	switch c.typ {
	case expr.Int64, expr.Bool:
		return float64(c.ints[row])
	case expr.Numeric:
		return numeric(c.exact[row])
	}
	return c.floats[row]
}

func numeric(n rolling.Numeric) float64 {
	f, _ := new(big.Rat).SetFrac(n.Big(), big.NewInt(1e9)).Float64()
	return f
}

// Number is the value of a window as of a point as a FLOAT64, whatever its type; false
// where it is refused.
func Number(w rolling.Windows, point int) (float64, bool) {
	if w.Reason(point) != rolling.Whole {
		return 0, false
	}
	switch expr.Type(w.Type()) {
	case expr.Int64:
		n, _ := w.Int64(point)
		return float64(n), true
	case expr.Numeric:
		n, _ := w.Numeric(point)
		return numeric(n), true
	}
	f, _ := w.Float64(point)
	return f, true
}

// Numbers are the values of a window as of all points as FLOAT64, NaN where it is refused.
// They may be the answers' own.
func Numbers(w rolling.Windows) []float64 {
	if expr.Type(w.Type()) == expr.Float64 {
		v, _ := w.Float64s(nil)
		return v
	}
	out := make([]float64, w.Len())
	for i := range out {
		v, whole := Number(w, i)
		if out[i] = v; !whole {
			out[i] = math.NaN()
		}
	}
	return out
}

// statisticOf is NaN where there is none.
func statisticOf(s rolling.Spec, x, per []float64, places int) float64 {
	kind := s.Statistic().Kind()
	switch {
	case kind == "count":
		return float64(places)
	case kind == "sum" && places == 0 && s.Window().Days() > 0:
		return 0
	case len(x) == 0:
		return math.NaN()
	}
	switch kind {
	case "sum":
		return exact.Sum(x)
	case "min":
		return slices.Min(x)
	case "max":
		return slices.Max(x)
	case "stddev_pop":
		return exact.Deviation(x, len(x))
	case "stddev_samp":
		if len(x) == 1 {
			return math.NaN()
		}
		return exact.Deviation(x, len(x)-1)
	case "ratio":
		return exact.Sum(x) / exact.Sum(per)
	}
	return exact.Mean(x)
}

// KnownPoints says of each point whether the rows, or the keys that were due, know its
// entity; and whether those keys let a hole of its rows be seen: they owe a row, and one of
// them is that of a row if there are any. due is nil where no keys are known.
func (a *Answers) KnownPoints() (known, due []bool) {
	p := a.panel
	of := func(marks []bool) []bool {
		asked := p.asked().owner
		out := make([]bool, len(asked))
		for i, owner := range asked {
			out[i] = marks[owner]
		}
		return out
	}
	rows := marked(p.rows.owner, &p.shared.entities)
	x := p.expected
	if x == nil {
		return of(rows), nil
	}
	seen := make([]bool, len(rows))
	for owner := range seen {
		seen[owner] = a.result.Knows(int32(owner))
	}
	if !x.ofTeams() {
		owes := make([]bool, len(rows))
		listed := marked(x.owner, &p.shared.entities)
		for i, owner := range x.owner {
			owes[owner] = owes[owner] || !x.owesNone(i)
		}
		for owner := range seen {
			seen[owner] = owes[owner] && (seen[owner] || !rows[owner])
			rows[owner] = rows[owner] || listed[owner]
		}
	}
	return of(rows), of(seen)
}
