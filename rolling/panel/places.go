package panel

import (
	"sort"

	"github.com/intactdata/intact/quality/expr"
)

// place is where a row is.
type place struct {
	file string
	line int64
}

// places are where rows are, in the order in which they were read.
type places struct {
	files []string
	from  []int // the first row of each
	lines []uint32
	rows  int64 // of the batches before this one
	batch int64 // of this one
}

// begin is called before the rows of a batch.
func (p *places) begin(b *expr.Batch) {
	p.rows += p.batch
	p.batch = int64(b.Rows)
}

// now is where a row of this batch is: its line, or its number where it has none.
func (p *places) now(b *expr.Batch, i int) place {
	if b.Lines == nil {
		return place{b.File, p.rows + int64(i) + 1}
	}
	return place{b.File, b.Lines[i]}
}

func (p *places) add(b *expr.Batch, i int) {
	if n := len(p.files); n == 0 || p.files[n-1] != b.File {
		p.files, p.from = append(p.files, b.File), append(p.from, len(p.lines))
	}
	p.lines = append(p.lines, uint32(p.now(b, i).line))
}

func (p *places) of(row int) place {
	n := sort.Search(len(p.from), func(i int) bool { return p.from[i] > row }) - 1
	return place{p.files[n], int64(p.lines[row])}
}

// inFile are the lines of a file's rows, and the number of the first one.
func (p *places) inFile(path string) (first int, lines []uint32) {
	for i, f := range p.files {
		if f != path {
			continue
		}
		end := len(p.lines)
		if i+1 < len(p.from) {
			end = p.from[i+1]
		}
		return p.from[i], p.lines[p.from[i]:end]
	}
	return 0, nil
}
