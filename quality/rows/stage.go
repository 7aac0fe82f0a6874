package rows

import (
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sink takes the rows of a relation. A batch is the sender's: what outlives the
// call is copied.
type sink interface {
	take(*expr.Batch) error
	// end says that all rows came.
	end() error
}

// stage is the rows of a relation on their way to whoever reads them: an operator
// takes rows of its inputs and sends its own on.
type stage struct {
	schema expr.Schema
	out    []outlet
	share        // what its operator keeps
	err    error // why its rows did not all come
}

// outlet is an operator that takes the rows of a stage, and the stage of its own.
type outlet struct {
	sink
	to *stage
}

// attempt lets every operator do its part. One that fails takes nothing more, and
// keeps nothing: the others go on.
func (s *stage) attempt(do func(sink) error) {
	for i := range s.out {
		o := &s.out[i]
		if o.sink == nil {
			continue
		}
		if err := do(o.sink); err != nil {
			o.to.err, o.sink = err, nil
			o.to.holds(0)
		}
	}
}

func (s *stage) send(b *expr.Batch) {
	if b.Rows > 0 {
		s.attempt(func(o sink) error { return o.take(b) })
	}
}

func (s *stage) finish() { s.attempt(sink.end) }

// names are the columns of a schema.
func names(s expr.Schema) []string {
	out := make([]string, len(s))
	for i, f := range s {
		out[i] = f.Name
	}
	return out
}

// columnNames are those that an operator defines, for messages.
func columnNames(columns []quality.Column) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// computed evaluates expressions over batches of one schema.
type computed struct {
	evaluator *expr.Evaluator
	of        []expr.Computed
}

func compute(over expr.Schema, of ...expr.Expr) (computed, error) {
	c := computed{evaluator: expr.NewEvaluator(names(over))}
	for _, e := range of {
		p, err := c.evaluator.Prepare(e)
		if err != nil {
			return c, err
		}
		c.of = append(c.of, p)
	}
	return c, nil
}

// columns are the values for each row of a batch, of the types given; they are the
// evaluator's.
func (c computed) columns(b *expr.Batch, into []expr.Vector, types expr.Schema) error {
	c.evaluator.Next(b)
	for i, p := range c.of {
		v, err := p.Vector()
		if err != nil {
			return err
		}
		into[i] = *v
		if v.Type == expr.Null && types[i].Type != expr.Null {
			into[i] = expr.Vector{}
			into[i].Reset(types[i].Type, b.Rows)
		}
	}
	return nil
}
