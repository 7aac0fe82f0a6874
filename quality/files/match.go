package files

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// match finds the columns of the first file in the header of another. Where a
// name stands several times, the first goes with the first, and so on.
func match(known, header []string, origin string) ([]int, error) {
	free := map[string][]int{}
	for i, name := range header {
		free[name] = append(free[name], i)
	}
	places := make([]int, len(known))
	for i, name := range known {
		if len(free[name]) == 0 {
			return nil, fmt.Errorf("it has no column %q, which %s has%s", name, origin, nearest.Hint(name, header))
		}
		places[i], free[name] = free[name][0], free[name][1:]
	}
	for i, name := range header {
		if slices.Contains(free[name], i) {
			return nil, fmt.Errorf("it has a column %q, which %s has not%s", name, origin, nearest.Hint(name, known))
		}
	}
	return places, nil
}
