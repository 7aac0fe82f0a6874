package windows

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
)

// unjudged says why no window was held against anything: no window was asked for,
// or the expected keys hold nothing that could be missing from any, or know none of
// the rows. It is empty where something was judged. games is how many keys a schedule
// by team came to.
func (r *run) unjudged(games int) string {
	if r.points != nil && len(r.points.owner) == 0 {
		return fmt.Sprintf("--points: %s holds no key, so no window was asked for", r.points.table.name)
	}
	k := r.expected
	if k == nil || len(r.rows.owner) == 0 {
		return ""
	}
	what, owes := strings.Join(r.spec.owner(), ", "), 0
	for i := range k.owner {
		if r.excused == nil || !r.excused[i] {
			owes++
		}
	}
	switch {
	case len(k.owner)+r.unkeyed == 0:
		return fmt.Sprintf("--expected: %s holds no key, so nothing was due and no hole can be seen", k.table.name)
	case owes == 0:
		return fmt.Sprintf("--expected-where: %s is FALSE for all %s keys of %s, so nothing was due and no hole can be seen",
			r.spec.Expected.Where, quality.Grouped(int64(len(k.owner)+r.unkeyed)), k.table.name)
	case !r.meets(k):
		listed := k.table.name
		if owes < len(k.owner) {
			listed += " that owes a row"
		}
		return fmt.Sprintf("--expected: no %s of %s is one of %s, so no hole can be seen: are they written alike?", what, listed, r.owned().table.name)
	case r.spec.Expected.By != "" && games == 0:
		return fmt.Sprintf("--expected-by: no %s has a game in %s at or after its first row in %s, so no hole can be seen", what, k.table.name, r.rows.table.name)
	case r.result.Known() == 0 && r.askedHaveRows():
		return fmt.Sprintf("--expected: no key of %s is that of a row of %s, so no hole can be seen: is it of another time, or are the times written otherwise?", k.table.name, r.rows.table.name)
	}
	return ""
}

// askedHaveRows reports whether there is any row of whom windows are asked for.
func (r *run) askedHaveRows() bool {
	asked := marked(r.asked().owner, &r.entities)
	return slices.ContainsFunc(r.rows.owner, func(e int32) bool { return asked[e] })
}

// marked says of each code whether it is one of these.
func marked(codes []int32, among *rolling.Dictionary) []bool {
	marks := make([]bool, among.Len())
	for _, c := range codes {
		marks[c] = true
	}
	return marks
}

// owned are the keys whose owners the expected ones are for.
func (r *run) owned() *keys {
	if r.spec.Expected.By != "" {
		return r.rows
	}
	return r.asked()
}

// meets reports whether any key that is due belongs to an owner whose windows are
// asked for.
func (r *run) meets(k *keys) bool {
	owners := r.owned().owner
	if r.spec.Expected.By != "" {
		owners = r.rows.teams
	}
	asked := marked(owners, k.codes)
	for i, owner := range k.owner {
		if asked[owner] && (r.excused == nil || !r.excused[i]) {
			return true
		}
	}
	return false
}
