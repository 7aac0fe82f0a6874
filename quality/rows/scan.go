package rows

import (
	"math/bits"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// scan holds what is computed of each batch, from the rows up: selections and
// groupings, their crossings, and the metrics on those. What several requests
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
	metrics  []metric
}

// metric counts over a crossing.
type metric interface {
	consume(*expr.Batch)
	report(*quality.Measurements)
}

func newScan(columns []string) *scan {
	s := &scan{
		evaluator:  expr.NewEvaluator(columns),
		columns:    map[string]int{},
		selections: map[string]*selection{},
		groupings:  map[string]*grouping{},
		crossings:  map[[2]any]*crossing{},
	}
	for i, c := range columns {
		s.columns[c] = i
	}
	return s
}

// add prepares the steps of a request.
func (s *scan) add(r *quality.Request) {
	c := s.crossing(s.selection(r.Rows, r.Where), s.grouping(r.By))
	switch m := r.Metric.(type) {
	case quality.Tally:
		t := &tally{request: r, crossing: c}
		t.predicate, t.err = s.evaluator.Prepare(m.Of)
		s.metrics = append(s.metrics, t)
	case quality.Keys:
		s.metrics = append(s.metrics, &keys{request: r, crossing: c, keys: s.grouping(m.Of), pairs: map[uint64]int64{}})
	}
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
		x.consume(b)
	}
	for _, m := range s.metrics {
		m.consume(b)
	}
}

func (s *scan) report(out *quality.Measurements) {
	for _, m := range s.metrics {
		m.report(out)
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

// crossing is a selection by group: how many selected rows each group has, in
// this batch and in all.
type crossing struct {
	*selection
	*grouping
	batch []int64
	total []int64
}

func (s *scan) crossing(sel *selection, g *grouping) *crossing {
	key := [2]any{sel, g}
	if c, ok := s.crossings[key]; ok {
		return c
	}
	g.named = true
	c := &crossing{selection: sel, grouping: g}
	s.crossings[key] = c
	s.crossed = append(s.crossed, c)
	return c
}

func (c *crossing) failed() error {
	if c.selection.err != nil {
		return c.selection.err
	}
	return c.grouping.err
}

func (c *crossing) consume(*expr.Batch) {
	if c.failed() != nil {
		return
	}
	c.batch = grown(c.batch, c.groups())
	c.total = grown(c.total, c.groups())
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
		for word != 0 {
			to[ids[bits.TrailingZeros64(word)]] += weight
			word &= word - 1
		}
	}
}

// segments calls do for every group that has selected rows.
func (c *crossing) segments(do func(group int, s quality.Segment)) {
	for g, n := range c.total {
		if n > 0 {
			do(g, c.segment(g))
		}
	}
}

func grown(s []int64, n int) []int64 {
	for len(s) < n {
		s = append(s, 0)
	}
	return s
}
