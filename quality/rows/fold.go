package rows

import (
	"fmt"
	"math"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// fold computes one term for each group of a crossing.
type fold struct {
	*crossing
	of   *quality.Fold
	body body
	err  error
}

// body is the computation of a term.
type body interface {
	// consume takes the selected rows of a batch.
	consume(*expr.Batch) error
	// fill sets a vector, which is NULL, to the values of the groups from low up to
	// high. All groups were in a batch that was taken.
	fill(out *expr.Vector, low, high int) error
	// kept is what it keeps, in bytes.
	kept() int64
}

// bodies make the computation of each term.
var bodies = map[quality.TermOp]func(*scan, *fold) (body, error){
	quality.OpCount:         newCount,
	quality.OpCountIf:       newCountIf,
	quality.OpSum:           newSum,
	quality.OpMin:           func(s *scan, f *fold) (body, error) { return newExtreme(s, f, -1) },
	quality.OpMax:           func(s *scan, f *fold) (body, error) { return newExtreme(s, f, 1) },
	quality.OpMean:          newMean,
	quality.OpVariance:      func(s *scan, f *fold) (body, error) { return newVariance(s, f, func(v float64) float64 { return v }) },
	quality.OpStdDev:        func(s *scan, f *fold) (body, error) { return newVariance(s, f, math.Sqrt) },
	quality.OpDistinct:      newDistinct,
	quality.OpLargest:       newLargest,
	quality.OpKeyDistinct:   keyPart(func(c quality.KeyCounts) int64 { return c.Distinct }),
	quality.OpKeyDuplicated: keyPart(func(c quality.KeyCounts) int64 { return c.Duplicated }),
	quality.OpKeySurplus:    keyPart(func(c quality.KeyCounts) int64 { return c.Surplus }),
	quality.OpKeyNull:       keyPart(func(c quality.KeyCounts) int64 { return c.Null }),
}

// add prepares the steps of a fold.
func (s *scan) add(of *quality.Fold) {
	f := &fold{of: of, crossing: s.crossing(s.selection(of.Rows, of.Where), s.grouping(of.By))}
	s.folds = append(s.folds, f)
	f.crossing.allow(of)
	build, ok := bodies[of.Term.Op]
	if !ok {
		f.err = fmt.Errorf("the term %s cannot be computed over rows in memory", of.Term.Op)
		return
	}
	f.body, f.err = build(s, f)
}

func (f *fold) consume(b *expr.Batch) {
	if f.err == nil && f.failed() == nil {
		f.err = f.body.consume(b)
	}
}

func (f *fold) report(out *quality.Measurements) {
	if f.err == nil {
		f.err = f.failed()
	}
	var values expr.Vector
	if f.err == nil {
		f.err = f.values(&values, 0, len(f.total))
	}
	if f.err != nil {
		out.Fail(f.of, f.err)
		return
	}
	out.Done(f.of)
	f.segments(func(g int, s quality.Segment) {
		out.Add(f.of, s, quality.Measurement{Rows: f.total[g], Value: values.Value(g)})
	})
}

// values sets a vector to those of some groups.
func (f *fold) values(out *expr.Vector, low, high int) error {
	typ, err := f.of.Term.Type()
	if err != nil {
		return err
	}
	out.Reset(typ, high-low)
	return f.body.fill(out, low, high)
}
