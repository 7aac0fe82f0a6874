package rolling

import "github.com/intactdata/intact/rolling/internal/places"

// reasonOf are the reasons of what is found to be wrong with a window whatever the
// column.
var reasonOf = [...]Reason{
	places.Whole:     Whole,
	places.Duplicate: Duplicate,
	places.Gap:       Gap,
	places.Waiting:   Waiting,
	places.Null:      Null,
	places.Warmup:    Warmup,
	places.Empty:     Empty,
	places.Stale:     Stale,
}

// patterns are eight reasons by a bit for each, Null where it is set.
var patterns = func() (patterns [256][8]Reason) {
	for bits := range patterns {
		for i := range 8 {
			if patterns[bits][i] = Whole; bits>>i&1 != 0 {
				patterns[bits][i] = Null
			}
		}
	}
	return patterns
}()

// setReasons sets the reasons of a column from those whatever the column and from
// which windows have a null place.
func setReasons(out []Reason, r *places.Reach) {
	for i, whole := range r.Whole {
		null, at := r.Null[i], i<<6
		out, found := out[at:min(at+64, len(out))], r.Reason[at:]
		for k := 0; k < len(out); k += 8 {
			if whole>>(k&63)&0xff == 0xff {
				*(*[8]Reason)(out[k:]) = patterns[null>>(k&63)&0xff]
				continue
			}
			for j := k; j < min(k+8, len(out)); j++ {
				if out[j] = reasonOf[found[j]]; null>>(j&63)&1 != 0 {
					out[j] = min(out[j], Null)
				}
			}
		}
	}
}
