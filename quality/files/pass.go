package files

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// pass reads all files of a table once:
//
//	chunks of whole records ─▶ read side by side ─▶ handed on in their order
type pass struct {
	ctx        context.Context
	table      *table
	columns    []column // as they were known when it began
	plans      []*plan
	readBy     []int // the plan of each column, −1 where it is not read
	fileColumn int   // −1 is none

	found  []cells // of each plan
	keys   []jsonKey
	known  map[jsonKey]bool // the keys, as they are compared
	arrays []int            // columns of which items are read
	// discover: what objects and arrays hold is looked for; else into says which columns
	// hold something that is read.
	discover bool
	into     []bool
	errs     []error // that have spoilt a column for good
	top      int     // keys of rows
	stopped  bool    // by whom the rows are for
	blank    bool    // the last block ended with empty lines
	last     *opened // its file
	read     []*opened
}

// newPass keeps the columns as they are now: another pass may learn more of them. It is
// called under the lock.
func newPass(ctx context.Context, t *table, plans []*plan) *pass {
	p := &pass{
		ctx: ctx, table: t, columns: slices.Clone(t.columns), plans: plans, fileColumn: -1,
		readBy: make([]int, len(t.columns)), found: make([]cells, len(plans)), errs: make([]error, len(plans)),
	}
	for i := range p.readBy {
		p.readBy[i] = slices.IndexFunc(plans, func(q *plan) bool { return q.at == i })
	}
	for _, q := range plans {
		p.plan(q)
	}
	if t.FileColumn != "" {
		p.fileColumn = slices.IndexFunc(t.columns, func(c column) bool { return c.name == t.FileColumn })
	}
	return p
}

// plan notes what has to be looked into for a column.
func (p *pass) plan(q *plan) {
	if q.list = noList; q.array >= 0 {
		if q.list = slices.Index(p.arrays, q.array); q.list < 0 {
			q.list = len(p.arrays)
			p.arrays = append(p.arrays, q.array)
		}
	}
	for at := p.columns[q.at].within.in; at > 0; at = p.columns[at-1].within.in {
		if p.into == nil {
			p.into = make([]bool, len(p.columns))
		}
		p.into[at-1] = true
	}
}

// reads reports whether the cells of a column are read.
func (p *pass) reads(column int) bool { return column < len(p.readBy) && p.readBy[column] >= 0 }

// looksInto reports whether objects and arrays in a column are read.
func (p *pass) looksInto(column int) bool {
	return column < len(p.columns) && (p.discover || p.into != nil && p.into[column])
}

// match finds the columns of the plans in a file.
func (p *pass) match(o *opened) error {
	o.wanted = make([]int, len(p.plans))
	if o.file.format != csvFormat {
		return nil
	}
	places, added, err := p.table.union(p.columns, o.file, o.names)
	if err == nil && len(added) > 0 {
		err = errChanged
	}
	if err != nil {
		return o.file.named(err)
	}
	for i, q := range p.plans {
		o.wanted[i] = places[q.at]
	}
	return nil
}

// run hands on the rows, until they end or yield is false. The batches of a pass that
// has met what contradicts its plan are kept back; the classes are counted to the end.
func (p *pass) run(yield func(*expr.Batch) bool) error {
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	blocks, wait := p.start(ctx)
	defer wait()
	defer stop()
	contradicted := false
	for b := range blocks.ordered {
		<-b.done
		if err := p.merge(b); err != nil {
			if p.ctx.Err() != nil {
				return quality.Ended(p.ctx, nil)
			}
			return err
		}
		contradicted = contradicted || p.contradicted()
		if !contradicted && b.batch.Rows > 0 && !yield(&b.batch) {
			p.stopped = true
			return nil
		}
		b.source = nil
		blocks.free <- b
	}
	if p.ctx.Err() != nil {
		return quality.Ended(p.ctx, nil)
	}
	return nil
}

// merge adds what a block says, in the order of the blocks.
func (p *pass) merge(b *block) error {
	if b.source != p.last {
		p.blank, p.last = false, b.source
	}
	if p.blank && b.first > 0 {
		return b.source.file.named(behindBlank(b.first))
	}
	if b.err != nil {
		return b.err
	}
	p.blank = b.blankEnd || p.blank && b.first == 0
	p.addKeys(b.keys)
	if tops(p.columns)+p.top > maxColumns {
		return b.source.file.named(fmt.Errorf("it has more than %d columns: are the keys data?", maxColumns))
	}
	b.source.rows += int64(b.batch.Rows)
	for i, r := range b.readers {
		if p.errs[i] == nil {
			p.errs[i] = r.err
		}
		if r.err = nil; p.errs[i] != nil {
			b.batch.Columns[i].Err = p.errs[i]
		}
		if r.plan.final {
			continue
		}
		p.found[i].merge(&r.cells)
		if p.found[i].bare.n[code]+p.found[i].quoted.n[code] > 0 {
			r.plan.isText.Store(true)
		}
	}
	return nil
}

// addKeys adds the keys of a block to those that are new.
func (p *pass) addKeys(keys []jsonKey) {
	for _, key := range keys {
		if p.known[key.folded()] {
			continue
		}
		if p.known == nil {
			p.known = map[jsonKey]bool{}
		}
		p.known[key.folded()] = true
		if key.in == 0 {
			p.top++
		} else if len(p.columns)-tops(p.columns)+len(p.keys)-p.top >= maxFields {
			continue
		}
		p.keys = append(p.keys, key)
	}
}

// tops are how many columns are none within another.
func tops(columns []column) (n int) {
	for _, c := range columns {
		if c.within.in == 0 {
			n++
		}
	}
	return n
}

// contradicted reports whether a column cannot be of the type that was guessed.
func (p *pass) contradicted() bool {
	for i, q := range p.plans {
		if q.final || q.looking || q.Type == expr.String {
			continue
		}
		d := p.found[i].decide()
		if d.typ == expr.DateTime && q.zone != nil {
			d.typ = expr.Timestamp
		}
		if d.why != isDecided || d.typ != q.Type && d.typ != expr.Null && !narrower(d.typ, q.Type) {
			return true
		}
	}
	return false
}

// narrower reports whether cells so far are of a type that another joins.
func narrower(t, of expr.Type) bool {
	return t == expr.Int64 && of == expr.Float64 || t == expr.Date && of == expr.DateTime
}

// pipeline is the blocks of a pass: free ones, and those that are being read in the
// order of the files.
type pipeline struct {
	free, ordered chan *block
}

// start begins to read. What it returns waits until all has ended.
func (p *pass) start(ctx context.Context) (pipeline, func()) {
	workers := min(runtime.GOMAXPROCS(0), 8)
	depth := workers + 2
	l := pipeline{free: make(chan *block, depth), ordered: make(chan *block, depth)}
	for range depth {
		l.free <- &block{}
	}
	work := make(chan *block, depth)
	var all sync.WaitGroup
	all.Go(func() {
		defer close(l.ordered)
		defer close(work)
		if err := quality.Guard(damage, func() error { return p.produce(ctx, l, work) }); err != nil {
			b := &block{err: err, done: make(chan struct{})}
			close(b.done)
			select {
			case l.ordered <- b:
			case <-ctx.Done():
			}
		}
	})
	for range workers {
		all.Go(func() {
			var w worker
			for b := range work {
				if ctx.Err() == nil && b.err == nil {
					w.read(p, b)
				}
				close(b.done)
			}
		})
	}
	return l, all.Wait
}

// produce cuts the files into blocks.
func (p *pass) produce(ctx context.Context, l pipeline, work chan<- *block) error {
	for _, f := range p.table.handles {
		o, err := p.table.open(ctx, f)
		if err == nil {
			err = p.match(o)
		}
		if err != nil {
			return err
		}
		for {
			var b *block
			select {
			case b = <-l.free:
			case <-ctx.Done():
				return quality.Ended(ctx, nil)
			}
			b.source, b.err, b.done = o, nil, make(chan struct{})
			piece, line, err := o.chunks.next(b.buf)
			if err == io.EOF {
				p.read = append(p.read, o)
				l.free <- b
				break
			}
			b.piece, b.line = piece, line
			if piece != nil {
				b.buf = piece
			}
			if len(piece) > 0 {
				l.ordered <- b // there is room for all blocks
				work <- b
			}
			if err == nil {
				continue
			}
			if len(piece) > 0 { // which may say what is wrong sooner
				select {
				case <-b.done:
				case <-ctx.Done():
				}
				if b.err != nil {
					return nil
				}
			}
			return f.named(err)
		}
	}
	return nil
}
