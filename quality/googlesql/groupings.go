package googlesql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
)

// groupings are the different lists of group-by columns of a statement's
// folds. Where there are several, each row is looked at once for each of
// them (g), and the columns of the others are NULL:
//
//	SELECT g, IF(g = 1, v0, NULL) AS s0, … FROM (…) CROSS JOIN UNNEST([0, 1]) AS g GROUP BY g, s0
//
// BigQuery has GROUPING SETS, the engines of the tests have not all of them.
type groupings struct {
	by     [][]quality.Column
	start  []int   // where the grouping's columns start among all s columns
	most   []int64 // how many segments there may be
	number map[string]int
}

func newGroupings() *groupings { return &groupings{number: map[string]int{}} }

// add gives a list of columns its number.
func (g *groupings) add(by []quality.Column) int {
	var key string
	for _, c := range by {
		key += c.Name + "\n" + c.Of.String() + "\n" // no name holds a line break
	}
	if n, ok := g.number[key]; ok {
		return n
	}
	return g.append(key, by)
}

func (g *groupings) append(key string, by []quality.Column) int {
	n := len(g.by)
	g.number[key] = n
	g.start = append(g.start, g.columns())
	g.by, g.most = append(g.by, by), append(g.most, 0)
	return n
}

// columns is how many s columns there are.
func (g *groupings) columns() int {
	n := 0
	for _, by := range g.by {
		n += len(by)
	}
	return n
}

// several reports whether rows are looked at more than once.
func (g *groupings) several() bool { return len(g.by) > 1 }

// lead is how many columns of the result stand before the first count.
func (g *groupings) lead() int {
	if g.several() {
		return 1 + g.columns()
	}
	return g.columns()
}

// of reads which grouping a row of the result belongs to, and its segment.
func (g *groupings) of(row cells) (int, quality.Segment, error) {
	n, at := 0, 0
	if g.several() {
		got, err := row.count(0)
		if err != nil {
			return 0, quality.Segment{}, err
		}
		if got >= int64(len(g.by)) {
			return 0, quality.Segment{}, fmt.Errorf("the result has a grouping %d of %d", got, len(g.by))
		}
		n, at = int(got), 1
		if err := g.alone(row, n); err != nil {
			return 0, quality.Segment{}, err
		}
	}
	s, err := row.segment(at+g.start[n], g.by[n])
	return n, s, err
}

// selected are the s columns over the projection's, with g before them.
func (g *groupings) selected(p *projection) []string {
	var out []string
	if g.several() {
		out = append(out, "g")
	}
	for n, by := range g.by {
		for i, c := range by {
			text := p.segment(c.Of)
			if g.several() {
				text = fmt.Sprintf("IF(g = %d, %s, NULL)", n, text)
			}
			out = append(out, text+" AS s"+strconv.Itoa(g.start[n]+i))
		}
	}
	return out
}

// names are the columns to group by.
func (g *groupings) names() []string {
	var out []string
	if g.several() {
		out = append(out, "g")
	}
	for i := range g.columns() {
		out = append(out, "s"+strconv.Itoa(i))
	}
	return out
}

// join has each row looked at once for each grouping.
func (g *groupings) join() string {
	if !g.several() {
		return ""
	}
	numbers := make([]string, len(g.by))
	for i := range numbers {
		numbers[i] = strconv.Itoa(i)
	}
	return " CROSS JOIN UNNEST([" + strings.Join(numbers, ", ") + "]) AS g"
}
