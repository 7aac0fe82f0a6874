package rolling_test

import (
	"math"
	"math/big"
	"slices"
	"time"

	"github.com/intactdata/intact/rolling"
)

// The naive reference: obviously right and slow. It holds rows and expected keys
// as they come, and for each window walks back key by key.

type naiveRow struct {
	entity, reset int32
	at, order     int64
	team          int32
	counted       rolling.Truth
	values        []*big.Rat // nil is NULL
}

type naiveKey struct {
	entity, reset int32
	at, order     int64
	excused       bool
	due           int64
}

type naive struct {
	rows     []naiveRow
	expected []naiveKey
	oracle   bool
	now      int64
	from     *int64 // history from, as a count
	perDay   int64
	zone     *time.Location // nil: a day is so long

	seen map[[2]int32][]instant // by entity and reset, to find them once
}

type naiveAnswer struct {
	value                                                  *big.Rat // nil where refused
	reason                                                 rolling.Reason
	observed, expected, missing, nulls, unexpected, places int
	oldest, newest                                         int64
	faults                                                 []int64
	values, per                                            []*big.Rat
}

type naiveSpec struct {
	column, per     int
	last, days      int
	including       bool
	maxSpan, maxAge int
	kind            string
}

// instant is one key as a window sees it.
type instant struct {
	at, order int64
	rows      []naiveRow
	unknown   bool // which history it belongs to
	expected  *naiveKey
}

// instants returns all keys that a window of this entity and reset sees, oldest first.
func (n *naive) instants(entity, reset int32) []instant {
	if seen, ok := n.seen[[2]int32{entity, reset}]; ok {
		return seen
	}
	type id struct{ at, order int64 }
	byKey := map[id]*instant{}
	get := func(at, order int64) *instant {
		k := id{at, order}
		if byKey[k] == nil {
			byKey[k] = &instant{at: at, order: order}
		}
		return byKey[k]
	}
	for _, r := range n.rows {
		if r.entity == entity {
			i := get(r.at, r.order)
			i.rows = append(i.rows, r)
		}
	}
	for e, k := range n.expected {
		if k.entity == entity && k.reset == reset { // a window sees no others
			get(k.at, k.order).expected = &n.expected[e]
		}
	}
	var seen []instant
	for _, i := range byKey {
		for _, r := range i.rows {
			i.unknown = i.unknown || r.reset < 0 || r.reset != i.rows[0].reset
		}
		rowSeen := len(i.rows) > 0 && (i.unknown || i.rows[0].reset == reset)
		if !rowSeen {
			i.rows = nil
			if i.expected == nil {
				continue
			}
		}
		seen = append(seen, *i)
	}
	slices.SortFunc(seen, func(a, b instant) int {
		if a.at != b.at {
			return int(a.at - b.at)
		}
		return int(a.order - b.order)
	})
	if n.seen == nil {
		n.seen = map[[2]int32][]instant{}
	}
	n.seen[[2]int32{entity, reset}] = seen
	return seen
}

// kind returns "excused", "missing", "waiting", "twice", "null" or "row".
func (i *instant) kind(now int64) string {
	if len(i.rows) == 0 {
		switch {
		case i.expected.excused:
			return "excused"
		case i.expected.due > now:
			return "waiting"
		}
		return "missing"
	}
	isNull, isCounted := i.unknown, false
	for _, r := range i.rows {
		isNull = isNull || r.counted == rolling.Unknown
		isCounted = isCounted || r.counted == rolling.True
	}
	switch {
	case !isNull && !isCounted:
		return "excused"
	case len(i.rows) > 1:
		return "twice"
	case isNull:
		return "null"
	}
	return "row"
}

func (n *naive) ask(s naiveSpec, entity, reset int32, point int64) naiveAnswer {
	a := naiveAnswer{expected: -1}
	keys := n.instants(entity, reset)
	var dup, gap, waiting, null bool
	var dupKeys, gapKeys, waitKeys, nullKeys []int64
	withExpectation := 0
	for k := len(keys) - 1; k >= 0; k-- {
		i := keys[k]
		if s.last > 0 && (i.at > point || i.at == point && !s.including) || s.days > 0 && !n.inDays(s, i.at, point) {
			continue
		}
		if s.last > 0 && a.places == s.last {
			break
		}
		if len(i.rows) > 1 {
			dup = true
			dupKeys = append(dupKeys, i.at)
		}
		kind := i.kind(n.now)
		if kind == "excused" {
			continue
		}
		if a.places++; a.places == 1 {
			a.newest = i.at
		}
		a.oldest = i.at
		if i.expected != nil {
			withExpectation++
		} else if n.oracle {
			a.unexpected++
		}
		switch kind {
		case "missing":
			gap = true
			a.missing++
			gapKeys = append(gapKeys, i.at)
		case "waiting":
			waiting = true
			a.missing++
			waitKeys = append(waitKeys, i.at)
		case "twice":
		default:
			r := i.rows[0]
			if kind == "null" || r.values[s.column] == nil || s.kind == "ratio" && r.values[s.per] == nil {
				null = true
				a.nulls++
				nullKeys = append(nullKeys, i.at)
				continue
			}
			a.observed++
			a.values = append(a.values, r.values[s.column])
			a.per = append(a.per, r.values[s.per])
		}
	}
	if n.oracle {
		if a.expected = withExpectation; s.last > 0 {
			a.expected = s.last
		}
	}
	span, age := n.count(a.newest)-n.count(a.oldest), n.count(point)-n.count(a.newest)
	switch {
	case dup:
		a.reason, a.faults = rolling.Duplicate, dupKeys
	case gap:
		a.reason, a.faults = rolling.Gap, gapKeys
	case waiting:
		a.reason, a.faults = rolling.Waiting, waitKeys
	case null:
		a.reason, a.faults = rolling.Null, nullKeys
	case s.last > 0 && a.places < s.last, s.days > 0 && n.startsWithin(s, entity, reset, point):
		a.reason = rolling.Warmup
	case a.places == 0 && (s.kind == "count" || s.kind == "sum"):
		a.reason, a.value = rolling.Whole, new(big.Rat)
	case a.places == 0:
		a.reason = rolling.Empty
	case s.maxSpan > 0 && span > n.days(s.maxSpan), s.maxAge > 0 && age > n.days(s.maxAge):
		a.reason = rolling.Stale
	default:
		a.reason = rolling.Whole
		a.value, a.reason = naiveStatistic(s.kind, a.values, a.per)
	}
	slices.Reverse(a.faults)
	slices.Reverse(a.values)
	return a
}

func total(values []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, v := range values {
		sum.Add(sum, v)
	}
	return sum
}

// naiveStatistic returns the exact value; of a deviation its square.
func naiveStatistic(kind string, values, per []*big.Rat) (*big.Rat, rolling.Reason) {
	n := int64(len(values))
	switch kind {
	case "avg":
		return new(big.Rat).Quo(total(values), big.NewRat(n, 1)), rolling.Whole
	case "sum":
		return total(values), rolling.Whole
	case "count":
		return big.NewRat(n, 1), rolling.Whole
	case "min", "max":
		m := values[0]
		for _, v := range values {
			if c := v.Cmp(m); kind == "min" && c < 0 || kind == "max" && c > 0 {
				m = v
			}
		}
		return m, rolling.Whole
	case "ratio":
		num, den := total(values), total(per)
		switch {
		case den.Sign() != 0:
			return num.Quo(num, den), rolling.Whole
		case num.Sign() == 0:
			return nil, rolling.Undefined
		}
		return nil, rolling.NonFinite
	}
	divisor := n
	if kind == "stddev_samp" {
		divisor--
	}
	if divisor == 0 {
		return nil, rolling.Undefined
	}
	mean := new(big.Rat).Quo(total(values), big.NewRat(n, 1))
	squares := new(big.Rat)
	for _, v := range values {
		d := new(big.Rat).Sub(v, mean)
		squares.Add(squares, d.Mul(d, d))
	}
	return squares.Quo(squares, big.NewRat(divisor, 1)), rolling.Whole
}

// nearestFloat rounds once; −0 is 0.
func nearestFloat(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f + 0
}

// rootFloat returns the root of r to nearest, by way of 300 bits.
func rootFloat(r *big.Rat) float64 {
	f := new(big.Float).SetPrec(300).SetRat(r)
	x, _ := f.Sqrt(f).Float64()
	return x
}

// ulps returns how many floats lie between two.
func ulps(a, b float64) uint64 {
	if math.Signbit(a) != math.Signbit(b) {
		return math.Float64bits(math.Abs(a)) + math.Float64bits(math.Abs(b))
	}
	x, y := math.Float64bits(a), math.Float64bits(b)
	return max(x, y) - min(x, y)
}
