package quality

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// TermOp is what a Term computes.
type TermOp string

// The terms that there are. An engine has one body for each, and nothing else.
const (
	// OpCount counts rows.
	OpCount TermOp = "count"
	// OpCountIf counts the rows where a predicate is TRUE.
	OpCountIf TermOp = "count_if"
	// OpSum adds the values that are not NULL: INT64 and NUMERIC exactly, as
	// BIGNUMERIC; FLOAT64 as FLOAT64. It is NULL where there is none.
	OpSum TermOp = "sum"
	// OpMin and OpMax are the least and the greatest value, NULL where there is
	// none, and NaN where one is NaN.
	// https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions#min
	OpMin TermOp = "min"
	OpMax TermOp = "max"
	// OpMean is the mean of the values that are not NULL: of INT64 and FLOAT64 as
	// FLOAT64, of NUMERIC as BIGNUMERIC. It is NULL where there is none.
	OpMean TermOp = "mean"
	// OpVariance and OpStdDev are those of a sample, as FLOAT64: NULL of fewer than
	// two values.
	// https://cloud.google.com/bigquery/docs/reference/standard-sql/statistical_aggregate_functions#var_samp
	OpVariance TermOp = "variance"
	OpStdDev   TermOp = "stddev"
	// OpDistinct counts the values that differ, without NULL.
	OpDistinct TermOp = "distinct"
	// OpLargest is the value beside the largest number, the smallest of such values;
	// rows where one of the two is NULL are passed over. It is NULL where there is
	// none.
	OpLargest TermOp = "largest"
	// The parts of KeyCounts.
	OpKeyDistinct   TermOp = "key_distinct"
	OpKeyDuplicated TermOp = "key_duplicated"
	OpKeySurplus    TermOp = "key_surplus"
	OpKeyNull       TermOp = "key_null"
)

// TermOps lists all terms, so that tests can ask an engine for each.
func TermOps() []TermOp {
	out := make([]TermOp, 0, len(termOps))
	for op := range termOps {
		out = append(out, op)
	}
	slices.Sort(out)
	return out
}

// termOp is what a term means apart from its computation.
type termOp struct {
	class Class
	// counts: over no rows the value is 0, and not NULL.
	counts bool
	// typ is the type of the value, by those of the arguments.
	typ func([]expr.Type) (expr.Type, error)
	// merge makes the value over a whole of those over two parts, neither of them
	// NULL; nil where that cannot be done.
	merge func(a, b expr.Value) (expr.Value, error)
}

var termOps = map[TermOp]termOp{
	OpCount:         {counts: true, typ: counts, merge: addCounts},
	OpCountIf:       {counts: true, typ: counts, merge: addCounts},
	OpSum:           {typ: sums, merge: addDecimals},
	OpMin:           {typ: ordered, merge: extreme(-1)},
	OpMax:           {typ: ordered, merge: extreme(1)},
	OpMean:          {typ: means},
	OpVariance:      {typ: spreads},
	OpStdDev:        {typ: spreads},
	OpDistinct:      {counts: true, typ: differing},
	OpLargest:       {typ: valueBeside},
	OpKeyDistinct:   {class: Keyed, counts: true, typ: counts},
	OpKeyDuplicated: {class: Keyed, counts: true, typ: counts},
	OpKeySurplus:    {class: Keyed, counts: true, typ: counts},
	OpKeyNull:       {class: Keyed, counts: true, typ: counts},
}

// Term is an aggregate over rows: the only thing that engines compute. The set is
// closed. Terms of equal keys are measured once.
type Term struct {
	Op   TermOp
	Args []expr.Expr
}

// CountRows counts rows.
func CountRows() Term { return Term{Op: OpCount} }

// CountWhere counts the rows where the predicate is TRUE.
func CountWhere(predicate expr.Expr) Term { return Term{OpCountIf, []expr.Expr{predicate}} }

// SumOf adds values.
func SumOf(x expr.Expr) Term { return Term{OpSum, []expr.Expr{x}} }

// MinOf is the least value.
func MinOf(x expr.Expr) Term { return Term{OpMin, []expr.Expr{x}} }

// MaxOf is the greatest value.
func MaxOf(x expr.Expr) Term { return Term{OpMax, []expr.Expr{x}} }

// MeanOf is the mean of values.
func MeanOf(x expr.Expr) Term { return Term{OpMean, []expr.Expr{x}} }

// VarianceOf is the variance of a sample of values.
func VarianceOf(x expr.Expr) Term { return Term{OpVariance, []expr.Expr{x}} }

// StdDevOf is the standard deviation of a sample of values.
func StdDevOf(x expr.Expr) Term { return Term{OpStdDev, []expr.Expr{x}} }

// DistinctOf counts the values that differ.
func DistinctOf(x expr.Expr) Term { return Term{OpDistinct, []expr.Expr{x}} }

// LargestBy is the value where a number is largest.
func LargestBy(value, number expr.Expr) Term { return Term{OpLargest, []expr.Expr{value, number}} }

// Key is the term as text: sum(points).
func (t Term) Key() string {
	args := make([]string, len(t.Args))
	for i, a := range t.Args {
		args[i] = a.String()
	}
	return string(t.Op) + "(" + strings.Join(args, ", ") + ")"
}

// Class fixes the statement that measures the term.
func (t Term) Class() Class { return termOps[t.Op].class }

// Columns are those that the term reads, each once, in order.
func (t Term) Columns() []string {
	var out []string
	for _, a := range t.Args {
		out = append(out, a.Columns()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Type is that of the value of a bound term.
func (t Term) Type() (expr.Type, error) {
	op, ok := termOps[t.Op]
	if !ok {
		return "", fmt.Errorf("there is no term %q", t.Op)
	}
	types := make([]expr.Type, len(t.Args))
	for i, a := range t.Args {
		types[i] = a.Type()
	}
	out, err := op.typ(types)
	if err != nil {
		return "", fmt.Errorf("%s: %w", t.Key(), err)
	}
	return out, nil
}

// Merges reports whether the value over a whole is the Merge of those over its
// parts.
func (t Term) Merges() bool {
	typ, err := t.Type()
	return err == nil && termOps[t.Op].merge != nil && (t.Op != OpSum || typ != expr.Float64)
}

// Merge is the value over two parts together. Of FLOAT64 a sum does not merge: it
// would be rounded twice.
func (t Term) Merge(a, b expr.Value) (expr.Value, error) {
	switch {
	case !t.Merges():
		return expr.Value{}, fmt.Errorf("the values of %s over parts do not merge", t.Key())
	case a.IsNull():
		return b, nil
	case b.IsNull():
		return a, nil
	}
	return termOps[t.Op].merge(a, b)
}

// Counts reports whether the value is a number of rows.
func (t Term) Counts() bool { return termOps[t.Op].counts }

// OverNothing is the value over no rows.
func (t Term) OverNothing() expr.Value {
	if !termOps[t.Op].counts {
		return expr.Value{}
	}
	zero, _ := expr.ValueOf(0)
	return zero
}

// of is the term over the rows where a condition is TRUE, which others are passed by;
// the zero Expr is all rows.
func (t Term) of(where expr.Expr) Term {
	switch {
	case where.IsZero():
		return t
	case t.Op == OpCount:
		return CountWhere(where)
	case t.Op == OpCountIf:
		return CountWhere(expr.AllOf(where, t.Args[0]))
	}
	t.Args = slices.Clone(t.Args)
	t.Args[0] = expr.If(where, t.Args[0], nil)
	return t
}

// bind resolves the arguments; the predicate of a count is made one.
func (t Term) bind(s expr.Schema) (Term, error) {
	if t.Class() == Keyed {
		return t.bindKey(s)
	}
	out := Term{Op: t.Op, Args: make([]expr.Expr, len(t.Args))}
	for i, a := range t.Args {
		bind := a.Bind
		if t.Op == OpCountIf {
			bind = a.BindPredicate
		}
		var err error
		if out.Args[i], err = bind(s); err != nil {
			return Term{}, err
		}
	}
	_, err := out.Type()
	return out, err
}

// bindKey brings the columns into the schema's order: a key set is one however it
// is written.
func (t Term) bindKey(s expr.Schema) (Term, error) {
	names, err := resolveColumns(s, t.Columns())
	if err != nil {
		return Term{}, err
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(s.Position(a), s.Position(b)) })
	out := Term{Op: t.Op}
	for _, name := range names {
		column, err := expr.Col(name).Bind(s)
		if err != nil {
			return Term{}, err
		}
		out.Args = append(out.Args, column)
	}
	return out, nil
}

func counts([]expr.Type) (expr.Type, error) { return expr.Int64, nil }

func sums(args []expr.Type) (expr.Type, error) {
	switch t := args[0]; {
	case t == expr.Float64, t == expr.Null:
		return expr.Float64, nil
	case t.IsNumber():
		return expr.BigNumeric, nil
	default:
		return "", fmt.Errorf("%s is no number", t)
	}
}

func means(args []expr.Type) (expr.Type, error) {
	switch t := args[0]; {
	case t == expr.Float64, t == expr.Int64, t == expr.Null:
		return expr.Float64, nil
	case t.IsNumber():
		return expr.BigNumeric, nil
	default:
		return "", fmt.Errorf("%s is no number", t)
	}
}

func spreads(args []expr.Type) (expr.Type, error) {
	if t := args[0]; !t.IsNumber() && t != expr.Null {
		return "", fmt.Errorf("%s is no number", t)
	}
	return expr.Float64, nil
}

func differing(args []expr.Type) (expr.Type, error) {
	_, err := ordered(args)
	return expr.Int64, err
}

func valueBeside(args []expr.Type) (expr.Type, error) {
	if _, err := spreads(args[1:]); err != nil {
		return "", err
	}
	return ordered(args)
}

func ordered(args []expr.Type) (expr.Type, error) {
	if t := args[0]; t.Computable() {
		return t, nil
	}
	return "", fmt.Errorf("values of %s have no order", args[0])
}

func addCounts(a, b expr.Value) (expr.Value, error) {
	x, _ := a.Go().(int64)
	y, _ := b.Go().(int64)
	return expr.ValueOf(x + y)
}

func addDecimals(a, b expr.Value) (expr.Value, error) {
	x, ok1 := a.Go().(*big.Rat)
	y, ok2 := b.Go().(*big.Rat)
	if !ok1 || !ok2 {
		return expr.Value{}, fmt.Errorf("%s and %s are no sums", a.SQL(), b.SQL())
	}
	return expr.ParseValue(expr.BigNumeric, new(big.Rat).Add(x, y).FloatString(38))
}

// extreme keeps the value further to one side. NaN, which is ordered first, is
// further to both.
func extreme(side int) func(a, b expr.Value) (expr.Value, error) {
	return func(a, b expr.Value) (expr.Value, error) {
		if isNaN(a) || !isNaN(b) && a.Compare(b)*side >= 0 {
			return a, nil
		}
		return b, nil
	}
}

func isNaN(v expr.Value) bool {
	f, ok := v.Go().(float64)
	return ok && f != f
}
