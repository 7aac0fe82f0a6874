package windows

import (
	"sort"

	"github.com/intactdata/intact/quality/expr"
)

// place is where a row is.
type place struct {
	file string
	line int64
}

// places are where rows are, in the order of the files.
type places struct {
	files []string
	from  []int // the first row of each
	lines []uint32
}

func (p *places) add(b *expr.Batch, i int) {
	if n := len(p.files); n == 0 || p.files[n-1] != b.File {
		p.files, p.from = append(p.files, b.File), append(p.from, len(p.lines))
	}
	p.lines = append(p.lines, uint32(b.Lines[i]))
}

func (p *places) of(row int) place {
	n := sort.Search(len(p.from), func(i int) bool { return p.from[i] > row }) - 1
	return place{p.files[n], int64(p.lines[row])}
}

// inFile are the lines of a file's rows, and the number of the first one.
func (p *places) inFile(path string) (lines []uint32, from int) {
	for i, f := range p.files {
		if f != path {
			continue
		}
		end := len(p.lines)
		if i+1 < len(p.from) {
			end = p.from[i+1]
		}
		return p.lines[p.from[i]:end], p.from[i]
	}
	return nil, 0
}
