package files

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/internal/nearest"
)

// union finds the columns of the table in the header of a file, and those of the
// header that are new to it. Where a name stands several times, the first goes with
// the first, and so on. A column that the file lacks is at −1.
func (t *relation) union(columns []column, f *file, header []string) (places []int, added []int, err error) {
	free := map[string][]int{}
	for i, name := range header {
		free[strings.ToLower(name)] = append(free[strings.ToLower(name)], i)
	}
	taken := make([]bool, len(header))
	for _, c := range columns {
		folded := strings.ToLower(c.name)
		if at := free[folded]; len(at) > 0 {
			places, free[folded] = append(places, at[0]), at[1:]
			taken[at[0]] = true
			continue
		}
		places = append(places, -1)
		if !t.mayLack(c.name) {
			return nil, nil, fmt.Errorf("it has no column %q, which %s has%s%s", c.name, t.handles[0].path, nearest.Hint(c.name, header), mendLacking)
		}
	}
	for i, name := range header {
		if taken[i] {
			continue
		}
		if first := t.handles[0]; f != first && !t.mayLack(name) {
			return nil, nil, fmt.Errorf("it has a column %q, which %s has not%s%s", name, first.path, nearest.Hint(name, names(columns)), mendLacking)
		}
		added = append(added, i)
	}
	return places, added, nil
}

const mendLacking = ": where that is right, declare the column, or missing_columns: null"

// mayLack reports whether a file may be without a column.
func (t *relation) mayLack(name string) bool {
	return t.MissingColumns == dialect.Null || t.types[strings.ToLower(name)] != "" || t.FileColumn != "" && strings.EqualFold(name, t.FileColumn)
}

// sameName: names of columns are compared without regard to case.
func sameName(a, b string) bool { return strings.EqualFold(a, b) }

func names(columns []column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return out
}
