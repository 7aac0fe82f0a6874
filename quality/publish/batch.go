package publish

import (
	"context"
	"iter"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// batch is the rows that were given, and which of them are set aside.
type batch struct {
	source expr.Source
	schema expr.Schema
	rules  []setting
	read   int64
	aside  int64
}

// setting is a rule that sets rows aside.
type setting struct {
	name   string
	breaks expr.Expr
	report SetAside
}

// weigh reads the rows once, counts them and finds those that are to be set aside.
func (r Request) weigh(ctx context.Context) (*batch, error) {
	if s, ok := r.Rows.(expr.Settler); ok { // what is written is written by types that are no guess
		if err := s.Settle(ctx); err != nil {
			return nil, err
		}
	}
	schema, err := r.Rows.Schema(ctx)
	if err != nil {
		return nil, err
	}
	out := &batch{source: r.Rows, schema: schema}
	info := quality.TableInfo{Name: Sent, Schema: schema}
	for _, s := range r.Suites {
		if s.Table != r.Table {
			continue
		}
		rules, err := s.SettingAside(info, r.Now)
		if err != nil {
			return nil, err
		}
		for _, rule := range rules {
			out.rules = append(out.rules, setting{rule.ID, rule.Breaks, SetAside{Suite: s.Name, ID: rule.ID, Bound: rule.Bound}})
		}
	}
	err = out.each(ctx, nil, func(_ *expr.Batch, broken [][]int) bool {
		out.read += int64(len(broken))
		for _, rules := range broken {
			if len(rules) > 0 {
				out.aside++
			}
			for _, i := range rules {
				out.rules[i].report.Rows++
			}
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	for i := range out.rules {
		s := &out.rules[i].report
		s.Observed = quality.ObservedShare(s.Rows, out.read)
		s.Holds = s.Rows == 0 || s.Bound.Holds(*s.Observed)
	}
	return out, nil
}

// each reads columns of all rows, with which rules each row breaks.
func (b *batch) each(ctx context.Context, columns []string, take func(*expr.Batch, [][]int) bool) error {
	asked := slices.Clone(columns)
	for _, s := range b.rules {
		for _, c := range s.breaks.Columns() {
			if !slices.Contains(asked, c) {
				asked = append(asked, c)
			}
		}
	}
	if len(asked) == 0 && len(b.schema) > 0 { // to count them
		asked = []string{b.schema[0].Name}
	}
	ev := expr.NewEvaluator(asked)
	breaks := make([]expr.Computed, len(b.rules))
	for i, s := range b.rules {
		var err error
		if breaks[i], err = ev.Prepare(s.breaks); err != nil {
			return err
		}
	}
	for rows, err := range expr.Scan(ctx, b.source, asked) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		ev.Next(rows)
		broken := make([][]int, rows.Rows)
		for i := range breaks {
			v, err := breaks[i].Vector()
			if err != nil {
				return err
			}
			for row := range broken {
				if v.Valid.Get(row) && v.Bools.Get(row) {
					broken[row] = append(broken[row], i)
				}
			}
		}
		own := *rows // whose columns the source may use again
		own.Columns = rows.Columns[:len(columns)]
		if !take(&own, broken) {
			return nil
		}
	}
	return nil
}

// sent is the rows that are not set aside.
func (b *batch) sent() expr.Source {
	if len(b.rules) == 0 {
		return b.source
	}
	return &part{b, nil, func(broken []int) bool { return len(broken) == 0 }}
}

// setAside is the others, with why and by which run.
func (b *batch) setAside(run string) expr.Source {
	return &part{b, func(broken []int) []string { return []string{b.why(broken), run} }, func(broken []int) bool { return len(broken) > 0 }}
}

func (b *batch) why(broken []int) string {
	var out string
	for i, rule := range broken {
		if i > 0 {
			out += "; "
		}
		out += b.rules[rule].name
	}
	return out
}

// part is those of the rows that are wanted, with further columns behind them.
type part struct {
	*batch
	more func(broken []int) []string // ReasonColumn and RunColumn, nil for none
	want func(broken []int) bool
}

func (p *part) Schema(context.Context) (expr.Schema, error) {
	out := slices.Clone(p.schema)
	if p.more != nil {
		out = append(out, expr.Field{Name: ReasonColumn, Type: expr.String}, expr.Field{Name: RunColumn, Type: expr.String})
	}
	return out, nil
}

// Scan reads the rows anew; they are picked as they were when they were weighed.
func (p *part) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		var own []string
		for _, c := range columns {
			if p.more == nil || c != ReasonColumn && c != RunColumn {
				own = append(own, c)
			}
		}
		stopped := false
		err := p.each(ctx, own, func(all *expr.Batch, broken [][]int) bool {
			stopped = !yield(p.pick(all, broken, columns), nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(nil, err)
		}
	}
}

func (p *part) pick(all *expr.Batch, broken [][]int, columns []string) *expr.Batch {
	var rows []int32
	out := &expr.Batch{File: all.File}
	for i := range broken {
		if p.want(broken[i]) {
			rows = append(rows, int32(i))
			if all.Lines != nil {
				out.Lines = append(out.Lines, all.Lines[i])
			}
		}
	}
	out.Rows, out.Columns = len(rows), make([]expr.Vector, len(columns))
	own := 0
	for c, name := range columns {
		v := &out.Columns[c]
		if at := slices.Index([]string{ReasonColumn, RunColumn}, name); p.more != nil && at >= 0 {
			v.Reset(expr.String, len(rows))
			v.Valid = v.Valid.Fill(len(rows))
			for i, row := range rows {
				v.Texts[i] = p.more(broken[row])[at]
			}
			continue
		}
		from := &all.Columns[own]
		v.Gather(from, rows)
		if v.Redacted = from.Redacted; from.Written != nil {
			v.Written = func(i int) (string, string) { return from.Written(int(rows[i])) }
		}
		own++
	}
	return out
}

// counting counts the rows of the last scan.
type counting struct {
	expr.Source
	rows int64
}

func (c *counting) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		c.rows = 0
		for b, err := range c.Source.Scan(ctx, columns) {
			if err == nil {
				c.rows += int64(b.Rows)
			}
			if !yield(b, err) {
				return
			}
		}
	}
}
