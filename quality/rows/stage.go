package rows

import (
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
	out    []sink
}

func (s *stage) send(b *expr.Batch) error {
	if b.Rows == 0 {
		return nil
	}
	for _, o := range s.out {
		if err := o.take(b); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) finish() error {
	for _, o := range s.out {
		if err := o.end(); err != nil {
			return err
		}
	}
	return nil
}

// names are the columns of a schema.
func names(s expr.Schema) []string {
	out := make([]string, len(s))
	for i, f := range s {
		out[i] = f.Name
	}
	return out
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
