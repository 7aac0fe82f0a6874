package rows

import (
	"strconv"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// aggregate keeps a row for each combination of keys. Its memory grows with those;
// once there is no more of it, the rows of further keys go to disk.
type aggregate struct {
	*stage
	node   quality.AggregateNode
	keys   computed
	names  []string // of the keys, as columns behind those that come
	scan   *scan
	by     *grouping
	batch  expr.Batch // what comes, and the keys
	sorter Sorter
}

func newAggregate(n quality.AggregateNode, s *stage) (sink, error) {
	of := make([]expr.Expr, len(n.Keys))
	a := &aggregate{stage: s, node: n}
	for i, k := range n.Keys {
		of[i] = k.Of
		a.names = append(a.names, "\x00key "+strconv.Itoa(i)) // no column is called so
	}
	a.batch.Columns = make([]expr.Vector, len(n.In.Schema())+len(of))
	a.begin()
	var err error
	a.keys, err = compute(n.In.Schema(), of...)
	return a, err
}

// begin makes ready for other groups.
func (a *aggregate) begin() {
	a.scan = newScan(append(names(a.node.In.Schema()), a.names...), &a.share)
	a.by = a.scan.grouping(quality.Columns(a.names...))
	a.scan.crossing(a.scan.selection(), a.by)
	for _, t := range a.node.Terms {
		a.scan.add(&quality.Fold{Term: t.Term, By: quality.Columns(a.names...)})
	}
}

func (a *aggregate) take(b *expr.Batch) error {
	n := len(b.Columns)
	a.batch.Rows = b.Rows
	copy(a.batch.Columns, b.Columns)
	if err := a.keys.columns(b, a.batch.Columns[n:], a.schema); err != nil {
		return err
	}
	if a.sorter != nil {
		return a.divide()
	}
	if err := a.consume(&a.batch); err != nil {
		return err
	}
	if a.scan.relieve(); a.by.whole() || a.fits(a.held) {
		return nil
	}
	var err error
	a.sorter, err = a.spill("the groups of "+a.what(), a.by.groups())
	return err
}

func (a *aggregate) what() string { return "an aggregate by " + columnNames(a.node.Keys) }

func (a *aggregate) consume(b *expr.Batch) error {
	a.scan.consume(b)
	if a.by.err != nil {
		return a.by.err
	}
	for _, f := range a.scan.folds {
		if f.err != nil {
			return f.err
		}
	}
	return nil
}

func (a *aggregate) end() error {
	if a.by.whole() { // one group, even of no rows
		a.scan.consume(&expr.Batch{Columns: make([]expr.Vector, len(a.batch.Columns))})
	}
	if err := a.emit(); err != nil {
		return err
	}
	if a.sorter != nil {
		if err := a.gathered(); err != nil {
			return err
		}
	}
	a.scan, a.by = nil, nil
	a.holds(0)
	a.finish()
	return nil
}

// emit sends the groups on.
func (a *aggregate) emit() error {
	a.scan.settle()
	out := &expr.Batch{Columns: make([]expr.Vector, len(a.schema))}
	rows := a.by.groups()
	for low := 0; low < rows; low += batchRows {
		high := min(low+batchRows, rows)
		out.Rows = high - low
		for c, f := range a.schema {
			v := &out.Columns[c]
			if c < len(a.names) {
				a.by.table.parts[c].slice(v, f.Type, low, high)
				a.by.exact[c].Tell(v)
			} else if err := a.scan.folds[c-len(a.names)].values(v, low, high); err != nil {
				return err
			}
		}
		a.send(out)
	}
	return nil
}
