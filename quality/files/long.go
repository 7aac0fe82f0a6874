package files

import (
	"fmt"
	"slices"
)

// longCells are the cells of a FLOAT64 column that are written with more digits than
// every double holds.
type longCells struct {
	file   *file
	column string
	rows   []int
	lines  []int64
	text   []byte // of all, one behind the other
	ends   []int
}

func (l *longCells) reset(f *file, column string) {
	l.file, l.column = f, column
	l.rows, l.lines, l.text, l.ends = l.rows[:0], l.lines[:0], l.text[:0], l.ends[:0]
}

func (l *longCells) add(row int, b []byte, line int64) {
	l.text = append(l.text, b...)
	l.rows, l.lines, l.ends = append(l.rows, row), append(l.lines, line), append(l.ends, len(l.text))
}

// written is for a vector.
func (l *longCells) written(row int) (digits, where string) {
	i, ok := slices.BinarySearch(l.rows, row)
	if !ok {
		return "", ""
	}
	start := 0
	if i > 0 {
		start = l.ends[i-1]
	}
	return string(l.text[start:l.ends[i]]), fmt.Sprintf("%s: column %q", l.file.at(l.lines[i]), l.column)
}
