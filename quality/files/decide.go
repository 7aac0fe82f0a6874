package files

import "github.com/intactdata/intact/quality/expr"

// Types of which only NULL or not NULL is known.
const (
	structType expr.Type = "STRUCT"
	arrayType  expr.Type = "ARRAY"
	jsonType   expr.Type = "JSON"
)

// decision is what the cells of a column make of it.
type decision struct {
	typ expr.Type
	// why is what keeps the column from being decided; typ is that of its other
	// cells then.
	why undecided
}

type undecided uint8

const (
	isDecided  undecided = iota
	byVoid               // cells that stand for no value
	byWords              // words, where most others have a type
	byTypes              // types that nothing joins
	byQuotes             // NaN in quotes and nothing else
	manyReason int       = iota
)

// cells are the tallies of a column: those of CSV cells and of bare JSON values, and
// those of JSON strings.
type cells struct{ bare, quoted tally }

func (c *cells) merge(later *cells) {
	c.bare.merge(&later.bare)
	c.quoted.merge(&later.quoted)
}

// sum is what the column is decided by.
func (c *cells) sum() tally {
	out := c.bare
	out.odd.texts = append([]string(nil), out.odd.texts...)
	out.merge(&c.quoted)
	return out
}

// decide goes by the rule of the package's comment on types.
func (c *cells) decide() decision {
	all := c.sum()
	switch {
	case all.of(object, array) > 0:
		return decision{typ: all.nested()}
	case all.total() == 0:
		return decision{typ: expr.Null}
	case c.quoted.total() > 0 && c.bare.total() == 0:
		return all.decideTexts()
	}
	return all.decide()
}

func (t *tally) total() int64 {
	n := t.named[0] + t.named[1]
	for _, k := range t.n {
		n += k
	}
	return n
}

func (t *tally) nested() expr.Type {
	others := t.total() - t.of(object, array)
	switch {
	case others == 0 && t.n[array] == 0:
		return structType
	case others == 0 && t.n[object] == 0:
		return arrayType
	}
	return jsonType
}

// decideTexts is for a column of JSON strings alone, which hold no numbers: a time
// in all of them is one, and anything else a text.
func (t *tally) decideTexts() decision {
	times, voids := t.of(date, dateTime, timestamp), t.of(void, notFinite)
	unfit := t.first[void].unfit != ""
	switch {
	case times+voids < t.total() || times == 0 && t.n[notFinite] == 0 && !unfit:
		return decision{typ: expr.String}
	case times == 0 && unfit && t.n[notFinite] == 0:
		return decision{typ: expr.String, why: byVoid}
	case times == 0:
		return decision{typ: expr.Float64, why: byQuotes}
	case voids > 0:
		typ, _ := t.joined()
		return decision{typ: typ, why: byVoid}
	}
	typ, ok := t.joined()
	if !ok {
		return decision{typ: typ, why: byTypes}
	}
	return decision{typ: typ}
}

func (t *tally) decide() decision {
	numbers, others := t.of(integer, decimal), t.of(date, dateTime, timestamp, boolean)
	codes, words, voids, nans := t.n[code], t.n[word], t.n[void], t.n[notFinite]
	if t.lostNames() {
		voids += t.named[0] + t.named[1]
	} else {
		codes, words = codes+t.named[0], words+t.named[1]
	}
	if t.voidNaN() {
		voids, nans = voids+nans, 0
	}
	typedOrDressed := numbers + others + nans + t.n[dressed]
	typ, joins := t.joined()
	if t.n[dressed] > 0 {
		typ = expr.String
	}
	switch {
	case codes == 0 && words == 0 && voids > 0:
		return decision{typ: typ, why: byVoid}
	case codes == 0 && words > 0 && 2*typedOrDressed >= t.total():
		return decision{typ: typ, why: byWords}
	case codes == 0 && words == 0 && !joins:
		return decision{typ: expr.String, why: byTypes}
	case codes+words > 0:
		return decision{typ: expr.String}
	}
	return decision{typ: typ}
}

// lostNames reports whether cells equal to the column's name stand beside typed ones.
func (t *tally) lostNames() bool {
	return t.named[0]+t.named[1] > 0 && t.of(integer, decimal, notFinite, date, dateTime, timestamp, boolean) > 0
}

// voidNaN reports whether NaN is no number here: it stands beside dressed cells, or
// beside typed ones of which none is a number.
func (t *tally) voidNaN() bool {
	return t.n[notFinite] > 0 && (t.n[dressed] > 0 || t.of(integer, decimal) == 0 && t.of(date, dateTime, timestamp, boolean) > 0)
}

// joined is the one type of the typed cells. INT64 joins FLOAT64, DATE joins
// DATETIME.
func (t *tally) joined() (typ expr.Type, ok bool) {
	var types []expr.Type
	if n := t.of(decimal, notFinite); t.n[integer] > 0 && n == 0 || t.n[integer] > 0 && t.voidNaN() && t.n[decimal] == 0 {
		types = append(types, expr.Int64)
	} else if n > 0 && (!t.voidNaN() || t.n[decimal] > 0) {
		types = append(types, expr.Float64)
	}
	if t.n[dateTime] > 0 {
		types = append(types, expr.DateTime)
	} else if t.n[date] > 0 {
		types = append(types, expr.Date)
	}
	if t.n[timestamp] > 0 {
		types = append(types, expr.Timestamp)
	}
	if t.n[boolean] > 0 {
		types = append(types, expr.Bool)
	}
	switch len(types) {
	case 0:
		return expr.String, true
	case 1:
		return types[0], true
	}
	return expr.String, false
}
