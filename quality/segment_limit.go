package quality

import (
	"fmt"
	"strings"
)

// DefaultMaxSegments is how many segments a check may have whose suite does not say.
const DefaultMaxSegments = 100_000

// limit is how many segments a check of the suite may have.
func (s Suite) limit() int64 {
	if s.MaxSegments == 0 {
		return DefaultMaxSegments
	}
	return s.MaxSegments
}

// TooManySegments is the error of folds by columns that have more segments than they
// may.
func TooManySegments(by []Column, limit int64) error {
	return fmt.Errorf("there are more than %s by %s: group by what has fewer values, or raise max_segments",
		Plural(limit, "segment", "segments"), strings.Join(columnNames(by), ", "))
}
