package googlesql

import (
	"math"
	"strconv"

	"github.com/intactdata/intact/quality"
)

// allow notes how many segments a fold over a grouping may have.
func (g *groupings) allow(n int, f *quality.Fold) {
	switch most := f.MaxSegments; {
	case len(f.By) == 0:
		g.most[n] = 1
	case most == 0 || g.most[n] == math.MaxInt64:
		g.most[n] = math.MaxInt64
	default:
		g.most[n] = max(g.most[n], most)
	}
}

// limit is how many rows a result can have that is within the limits on segments,
// math.MaxInt64 for any number.
func (g *groupings) limit() int64 {
	sum := int64(0)
	for _, most := range g.most {
		if sum += most; sum < 0 || most == math.MaxInt64 {
			return math.MaxInt64
		}
	}
	return sum
}

// cutOff ends a query that has a row for each group. One row more than there may be
// says that there are too many, and of how many of them nobody hears.
func (g *groupings) cutOff() string {
	if most := g.limit(); g.lead() > 0 && most < math.MaxInt64 {
		return "\nLIMIT " + strconv.FormatInt(most+1, 10)
	}
	return ""
}

// divide is what comes of a statement whose result was cut off: the folds that have
// too many segments for certain, as one must where the others are over the same rows,
// and statements of the others, which have a result each.
func (s *Statement) divide(rows []cells) (tooMany []*quality.Fold, left []*quality.Statement, err error) {
	segments := map[*quality.Fold]int64{}
	for _, row := range rows {
		err := s.layout.measure(row, func(f *quality.Fold, _ quality.Segment, _ quality.Measurement) { segments[f]++ })
		if err != nil {
			return nil, nil, err
		}
	}
	var others [][]*quality.Fold // those over the same rows together
	at := map[string]int{}
	for _, f := range s.Of.Folds {
		if len(f.By) > 0 && f.MaxSegments > 0 && segments[f] > f.MaxSegments {
			tooMany = append(tooMany, f)
			continue
		}
		i, ok := at[f.Over()]
		if !ok {
			i, at[f.Over()] = len(others), len(others)
			others = append(others, nil)
		}
		others[i] = append(others[i], f)
	}
	middle := len(others) / 2
	if len(tooMany) > 0 {
		middle = 0
	}
	for _, part := range [][][]*quality.Fold{others[:middle], others[middle:]} {
		if len(part) == 0 {
			continue
		}
		st := *s.Of
		st.Folds = nil
		for _, folds := range part {
			st.Folds = append(st.Folds, folds...)
		}
		left = append(left, &st)
	}
	return tooMany, left, nil
}
