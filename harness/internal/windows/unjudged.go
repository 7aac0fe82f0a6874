package windows

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
)

// unjudged says why no window was held against anything: no window was asked for,
// or the expected keys hold nothing that could be missing from any. It is empty
// where something was judged. games is how many keys a schedule by team came to.
func (r *run) unjudged(games int) string {
	if r.points != nil && len(r.points.owner) == 0 {
		return fmt.Sprintf("--points: %s holds no key, so no window was asked for", r.points.table.name)
	}
	k := r.expected
	if k == nil || len(r.rows.owner) == 0 {
		return ""
	}
	listed, what := k.table.name, strings.Join(r.spec.owner(), ", ")
	owes := 0
	for i := range k.owner {
		if r.excused == nil || !r.excused[i] {
			owes++
		}
	}
	switch {
	case len(k.owner) == 0:
		return fmt.Sprintf("--expected: %s holds no key, so nothing was due and no hole can be seen", k.table.name)
	case owes == 0:
		return fmt.Sprintf("--expected-where: %s is FALSE for all %s keys of %s, so nothing was due and no hole can be seen",
			r.spec.Expected.Where, quality.Grouped(int64(len(k.owner))), k.table.name)
	case !r.meets(k):
		if owes < len(k.owner) {
			listed += " that owes a row"
		}
		return fmt.Sprintf("--expected: no %s of %s is one of %s, so no hole can be seen: are they written alike?", what, listed, r.owned().table.name)
	case r.spec.Expected.By != "" && games == 0:
		return fmt.Sprintf("--expected-by: no %s has a game in %s at or after its first row in %s, so no hole can be seen", what, k.table.name, r.rows.table.name)
	}
	return ""
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
	asked := make([]bool, k.codes.Len())
	for _, owner := range owners {
		asked[owner] = true
	}
	for i, owner := range k.owner {
		if asked[owner] && (r.excused == nil || !r.excused[i]) {
			return true
		}
	}
	return false
}
