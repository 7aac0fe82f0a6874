package audit

import (
	"math"
	"math/bits"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
)

// varied is what points that are not settled are held against.
type varied struct {
	*findings
	points []int32
	// present are the windows over what is there, as of the points. The others are as of
	// those that are no leak either: rest are their numbers among the points.
	present        *panel.Others
	rest           []int
	zeros, dropped *panel.Others
}

// vary holds what is not settled against the variants: first those that tell a leak.
func (f *findings) vary(loaded *panel.Panel, points []int32) (err error) {
	if len(points) == 0 {
		return nil
	}
	v := &varied{findings: f, points: points}
	if v.present, err = loaded.Otherwise(panel.Present, f.readings[panel.Present].named, points); err != nil {
		return err
	}
	var rest []int32
	for k, p := range points {
		if !v.leak(k) {
			v.rest, rest = append(v.rest, k), append(rest, p)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	if v.zeros, err = loaded.Otherwise(panel.Zeros, f.readings[panel.Zeros].named, rest); err != nil {
		return err
	}
	if v.dropped, err = loaded.Otherwise(panel.Dropped, f.readings[panel.Dropped].named, rest); err != nil {
		return err
	}
	for i := range rest {
		v.classify(i)
	}
	return nil
}

// leak marks what can be told of leaks as of a point, and reports whether all of its
// values are settled then.
func (v *varied) leak(k int) bool {
	p, all := int(v.points[k]), true
	for c := range v.columns {
		if v.classes[c][p] != 0 {
			continue
		}
		e := v.evidence(c, k)
		if v.within[c].told(&e) {
			v.told[c].Set(p)
		}
		// Without the variants that are still to come it can be all else.
		if class := v.within[c].classify(&e); class == Right || class == Leak {
			v.classes[c][p] = class
		} else {
			all = false
		}
	}
	return all
}

// classify classifies the values as of a point of the rest.
func (v *varied) classify(i int) {
	k := v.rest[i]
	p := int(v.points[k])
	for c := range v.columns {
		if v.classes[c][p] != 0 {
			continue
		}
		h := &v.columns[c]
		e := v.evidence(c, k)
		e.zeros, e.dropped = value(v.zeros, h.zeros, i), value(v.dropped, h.dropped, i)
		for _, other := range h.others {
			e.others = append(e.others, value(v.present, other, k))
		}
		if v.changed {
			newest := value(v.present, h.changed, k)
			made := v.findings.points.made[p]
			e.changed = newest.ok && made != math.MinInt64 && int64(newest.v) > made
		}
		v.classes[c][p] = v.within[c].classify(&e)
	}
}

// evidence is what a value is held against that may be a leak.
func (v *varied) evidence(c, k int) evidence {
	h, p := &v.columns[c], int(v.points[k])
	w := v.answers.Windows(h.declared)
	e := evidence{stored: v.findings.points.stored(c, p), reason: w.Reason(p)}
	e.declared.v, e.declared.ok = panel.Number(w, p)
	e.present, e.including = value(v.present, h.present, k), value(v.present, h.leaking, k)
	return e
}

func value(of *panel.Others, window, point int) (n number) {
	n.v, n.ok = of.Value(window, point)
	return n
}

// unsettled are the points of which a column is not settled.
func unsettled(open []expr.Bitmap) []int32 {
	var out []int32
	for w := range open[0] {
		any := uint64(0)
		for _, b := range open {
			any |= b[w]
		}
		for ; any != 0; any &= any - 1 {
			out = append(out, int32(w<<6+bits.TrailingZeros64(any)))
		}
	}
	return out
}
