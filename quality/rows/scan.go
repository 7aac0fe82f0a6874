package rows

import (
	"math/bits"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// scan holds what is computed of each batch, from the rows up: selections and
// groupings, their crossings, and the terms on those. What several folds
// share is one step, computed once. A step that fails takes with it only what
// stands on it.
type scan struct {
	evaluator *expr.Evaluator
	columns   map[string]int

	selections map[string]*selection
	groupings  map[string]*grouping
	crossings  map[[2]any]*crossing

	// In the order that they are computed in.
	selected []*selection
	grouped  []*grouping
	crossed  []*crossing
	keyed    []*keys
	folds    []*fold

	keySets   map[string]*keys
	keyTables map[string]*grouping // of the keys that are counted
	memory    *share
}

func newScan(columns []string, memory *share) *scan {
	s := &scan{
		memory:     memory,
		evaluator:  expr.NewEvaluator(columns),
		columns:    map[string]int{},
		selections: map[string]*selection{},
		groupings:  map[string]*grouping{},
		crossings:  map[[2]any]*crossing{},
		keySets:    map[string]*keys{},
		keyTables:  map[string]*grouping{},
	}
	for i, c := range columns {
		s.columns[c] = i
	}
	return s
}

func (s *scan) consume(b *expr.Batch) {
	s.evaluator.Next(b)
	for _, x := range s.selected {
		x.consume(b)
	}
	for _, x := range s.grouped {
		x.consume(b)
	}
	for _, x := range s.crossed {
		if x.consume(b); x.failed() == nil && x.passes() {
			s.giveUp(x)
		}
	}
	for _, x := range s.keyTables {
		x.consume(b)
	}
	for _, x := range s.keyed {
		x.consume(b)
	}
	for _, x := range s.folds {
		x.consume(b)
	}
}

// settle ends the rows.
func (s *scan) settle() {
	for _, x := range s.keyed {
		x.sum()
	}
}

// kept is what the groups, the terms over them and the key sets take.
func (s *scan) kept() int64 {
	out := int64(0)
	for _, g := range s.grouped {
		out += g.bytes()
	}
	for _, c := range s.crossed {
		out += 8 * int64(cap(c.total)+cap(c.batch))
	}
	for _, f := range s.folds {
		if f.body != nil {
			out += f.body.kept()
		}
	}
	for _, g := range s.keyTables {
		out += g.bytes()
	}
	for _, k := range s.keyed {
		out += k.kept()
	}
	return out
}

// relieve puts key sets on disk where there is too little memory.
func (s *scan) relieve() {
	if s.memory.fits(s.kept()) || len(s.keyed) == 0 {
		return
	}
	for _, k := range s.keyed {
		if k.failed() == nil {
			if k.err = k.spill(); k.err != nil {
				k.reset()
			}
		}
	}
	for _, g := range s.keyTables {
		g.table = newKeyTable(len(g.at))
	}
	s.memory.holds(s.kept())
}

func (s *scan) report(out *quality.Measurements) {
	for _, x := range s.folds {
		x.report(out)
	}
}

// selection is the rows for which some predicates are TRUE.
type selection struct {
	predicates []expr.Computed
	rows       expr.Bitmap
	scratch    expr.Bitmap
	count      int
	err        error
}

func (s *scan) selection(predicates ...expr.Expr) *selection {
	var text []string
	for _, p := range predicates {
		text = append(text, p.String())
	}
	key := strings.Join(text, "\n")
	if sel, ok := s.selections[key]; ok {
		return sel
	}
	sel := &selection{}
	for _, p := range predicates {
		if p.IsZero() {
			continue
		}
		c, err := s.evaluator.Prepare(p)
		if err != nil {
			sel.err = err
		}
		sel.predicates = append(sel.predicates, c)
	}
	s.selections[key] = sel
	s.selected = append(s.selected, sel)
	return sel
}

func (sel *selection) consume(b *expr.Batch) {
	if sel.err != nil {
		return
	}
	sel.rows = sel.rows.Fill(b.Rows)
	for _, p := range sel.predicates {
		v, err := p.Vector()
		if err != nil {
			sel.err = err
			return
		}
		sel.scratch = v.Trues(sel.scratch, b.Rows)
		for w := range sel.rows {
			sel.rows[w] &= sel.scratch[w]
		}
	}
	sel.count = sel.rows.Ones()
}

// crossing is a selection by group: how many selected rows each group has.
type crossing struct {
	*selection
	*grouping
	total []int64
	// batch is how many of this batch each group has, where groups are few.
	batch []int64
	rows  []int32 // scratch

	of    []quality.Column
	limit int64 // on the groups that have selected rows; 0 is none
	most  int64 // that there can be by now
	over  error // there are more than the limit
}

func (s *scan) crossing(sel *selection, g *grouping) *crossing {
	key := [2]any{sel, g}
	if c, ok := s.crossings[key]; ok {
		return c
	}
	c := &crossing{selection: sel, grouping: g}
	s.crossings[key] = c
	s.crossed = append(s.crossed, c)
	return c
}

func (c *crossing) failed() error {
	for _, err := range []error{c.over, c.selection.err, c.grouping.err} {
		if err != nil {
			return err
		}
	}
	return nil
}

// few reports whether there are far less groups than rows in a batch, so that
// looking at every group costs nothing.
func (c *crossing) few() bool { return c.groups() <= c.selection.count/8 }

func (c *crossing) consume(*expr.Batch) {
	if c.failed() != nil {
		return
	}
	c.total = grown(c.total, c.groups())
	if !c.few() {
		c.scatter(c.selection.rows, c.total, 1)
		return
	}
	c.batch = grown(c.batch, c.groups())
	clear(c.batch)
	c.scatter(c.selection.rows, c.batch, 1)
	for g, n := range c.batch {
		c.total[g] += n
	}
}

// scatter adds to each group the number of its rows whose bit is raised.
func (c *crossing) scatter(rows expr.Bitmap, to []int64, weight int64) {
	if c.whole() {
		to[0] += weight * int64(rows.Ones())
		return
	}
	for w, word := range rows {
		ids := c.ids[w*64:]
		if word == ^uint64(0) {
			for _, id := range ids[:64] {
				to[id] += weight
			}
			continue
		}
		for ; word != 0; word &= word - 1 {
			to[ids[bits.TrailingZeros64(word)]] += weight
		}
	}
}

// populated are the selected rows in which a vector is not NULL.
func (c *crossing) populated(v *expr.Vector) []int32 {
	c.rows = c.rows[:0]
	for w, word := range c.selection.rows {
		for word &= v.Valid[w]; word != 0; word &= word - 1 {
			c.rows = append(c.rows, int32(w*64+bits.TrailingZeros64(word)))
		}
	}
	return c.rows
}

// segments calls do for every group that has selected rows.
func (c *crossing) segments(do func(group int, s quality.Segment)) {
	for g, n := range c.total {
		if n > 0 {
			do(g, c.segment(g))
		}
	}
}

// grown has at least n values, those that are new being zero.
func grown[T any](s []T, n int) []T {
	if n > len(s) {
		s = append(s, make([]T, n-len(s))...)
	}
	return s
}
