package expr_test

import (
	"errors"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

// anyRandomExpr is over the columns of tableSchema.
func anyRandomExpr(t *rapid.T) expr.Expr {
	g := randomExprs{columns: columnsByType(tableSchema), texts: rapid.SampledFrom([]string{"", "a", "ab", "%", "ä", "null"})}
	depth := rapid.IntRange(0, 3).Draw(t, "depth")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return g.number(t, depth)
	case 1:
		return g.date(t, depth)
	case 2:
		return g.integer(t, depth)
	}
	return g.predicate(t, depth)
}

func TestEvaluatorAgreesWithNaiveEvaluator(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sizes []int
		rows := 0
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			n := rapid.SampledFrom([]int{0, 1, 2, 63, 64, 65, 128, 129}).Draw(t, "rows")
			sizes, rows = append(sizes, n), rows+n
		}
		table := newRandomTable(rapid.Uint64().Draw(t, "seed"), rows)
		var exprs []expr.Expr
		for range rapid.IntRange(1, 4).Draw(t, "exprs") {
			exprs = append(exprs, anyRandomExpr(t))
		}
		agree(t, table, sizes, exprs)
	})
}

func TestEvaluatorAgreesAtTheBordersOfLargeBatches(t *testing.T) {
	table := newRandomTable(1, 4095+4096+4097)
	for _, text := range []string{
		"i1 + i2 > i1 OR f1 < f2 AND s1 LIKE '%a_'",
		"NOT b1 AND COALESCE(b2, n1 >= 0) OR d1 - d2 BETWEEN -5 AND NULL",
		"POPULATED(f1, 1.0) AND DATE(t1, 'America/New_York') IN (d1, d2, NULL)",
	} {
		e, err := expr.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, table, []int{4095, 4096, 4097}, []expr.Expr{e})
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// agree evaluates expressions over a table in batches of the given sizes and
// holds every row against the naive evaluator.
func agree(t failer, table randomTable, sizes []int, exprs []expr.Expr) {
	t.Helper()
	var names []string
	for _, f := range table.schema {
		names = append(names, f.Name)
	}
	ev := expr.NewEvaluator(names)
	computed := make([]expr.Computed, len(exprs))
	for i, e := range exprs {
		bound, err := e.Bind(table.schema)
		if err != nil {
			t.Fatalf("bind: %v", err)
		}
		if computed[i], err = ev.Prepare(bound); err != nil {
			t.Fatalf("prepare %s: %v", bound, err)
		}
	}
	var batch expr.Batch
	low := 0
	for _, n := range sizes {
		if err := table.fill(&batch, low, low+n); err != nil {
			t.Fatalf("fill: %v", err)
		}
		ev.Next(&batch)
		for i, e := range exprs {
			v, err := computed[i].Vector()
			if err != nil {
				t.Fatalf("%s: %v", e, err)
			}
			for row := range n {
				want := naive{types: table.types(), row: table.rows[low+row]}.eval(e)
				if got := v.Value(row).Go(); !sameValue(got, want) {
					t.Fatalf("%s\nrow %d of a batch of %d, %v:\n got %v (%T)\nwant %v (%T)", e, row, n, table.rows[low+row], got, got, want, want)
				}
			}
			if rest := v.Valid; n%64 != 0 && rest[len(rest)-1]>>(n%64) != 0 {
				t.Fatalf("%s: bits past row %d are raised", e, n)
			}
		}
		low += n
	}
}

func sameValue(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case *big.Rat:
		b, ok := b.(*big.Rat)
		return ok && a.Cmp(b) == 0
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Equal(b)
	}
	return a == b
}

// constant evaluates an expression without columns.
func constant(t *testing.T, text string) any {
	t.Helper()
	e, err := expr.ParseExpr(text)
	require.NoError(t, err)
	bound, err := e.Bind(nil)
	require.NoError(t, err)
	ev := expr.NewEvaluator(nil)
	c, err := ev.Prepare(bound)
	require.NoError(t, err)
	ev.Next(&expr.Batch{Rows: 1})
	v, err := c.Vector()
	require.NoError(t, err)
	return v.Value(0).Go()
}

func TestConstantsComeOutAsBigQueryDocumentsThem(t *testing.T) {
	for _, tt := range []struct {
		text string
		want any
	}{
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#logical_operators
		{"NULL AND FALSE", false},
		{"NULL AND TRUE", nil},
		{"NULL OR TRUE", true},
		{"NULL OR FALSE", nil},
		{"NOT NULL", nil},
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#in_operators
		{"1 IN (1, NULL)", true},
		{"2 IN (1, NULL)", nil},
		{"NULL IN (1)", nil},
		{"2 NOT IN (1, NULL)", nil},
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#comparison_operators
		{"FLOAT64 'NaN' = FLOAT64 'NaN'", false},
		{"FLOAT64 'NaN' != FLOAT64 'NaN'", true},
		{"FLOAT64 'NaN' <= FLOAT64 'NaN'", false},
		{"FLOAT64 'Inf' > 1e308", true},
		{"0.0 = -0.0", true},
		{"FALSE < TRUE", true},
		{"'Z' < 'a'", true},
		{"5 BETWEEN 5 AND 5", true},
		{"5 BETWEEN NULL AND 4", false},
		{"5 BETWEEN NULL AND 6", nil},
		{"NULL IS NULL", true},
		{"NULL IS NOT TRUE", true},
		{"NULL IS FALSE", false},
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#like_operator
		{"'apple' LIKE 'a%'", true},
		{"'apple' LIKE 'a_'", false},
		{"'日本' LIKE '__'", true},
		{"'100%' LIKE '100\\\\%'", true},
		{"'1000' LIKE '100\\\\%'", false},
		{"'Apple' LIKE 'a%'", false},
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#arithmetic_operators
		{"7 / 2", 3.5},
		{"9223372036854775807 + 1", nil},
		{"-9223372036854775808 - 1", nil},
		{"4611686018427387904 * 2", nil},
		{"-4611686018427387904 * 2", int64(-1 << 63)},
		{"-(-9223372036854775808)", nil},
		{"1 / 0", nil},
		{"FLOAT64 'Inf' / 0", nil},
		{"1e308 * 10", nil},
		{"FLOAT64 'Inf' + 1", math.Inf(1)},
		{"NUMERIC '1' / 3", rat("0.333333333")},
		{"NUMERIC '0.0000000005' + 0", rat("0.000000001")},
		{"NUMERIC '99999999999999999999999999999.999999999' + NUMERIC '0.000000001'", nil},
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#date_arithmetics_operators
		{"DATE '2024-03-01' - DATE '2024-02-28'", int64(2)},
		{"DATE '2024-02-28' + 2", day(2024, 3, 1)},
		{"DATE '9999-12-31' + 1", nil},
		{"DATE '0001-01-01' - 1", nil},
		// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff
		{"DATE_DIFF(DATE '2010-07-07', DATE '2008-12-25', DAY)", int64(559)},
		{"DATE_DIFF(DATE '2017-10-15', DATE '2017-10-14', DAY)", int64(1)},
		{"DATE_DIFF(DATE '2017-10-15', DATE '2017-10-14', WEEK)", int64(1)},
		{"DATE_DIFF(DATE '2017-12-30', DATE '2014-12-30', YEAR)", int64(3)},
		{"DATE_DIFF(DATE '2017-12-18', DATE '2017-12-17', WEEK)", int64(0)},
		{"DATE_DIFF(DATE '2017-12-18', DATE '2017-12-17', ISOWEEK)", int64(1)},
		{"DATE_DIFF(DATE '2018-01-01', DATE '2017-12-31', QUARTER)", int64(1)},
		{"DATE_DIFF(DATE '2017-12-31', DATE '2018-01-01', MONTH)", int64(-1)},
		// New York's clocks go forward on 2024-03-10 and back on 2024-11-03.
		{"DATE(TIMESTAMP '2024-03-10 04:59:59.999999+00', 'America/New_York')", day(2024, 3, 9)},
		{"DATE(TIMESTAMP '2024-03-10 05:00:00+00', 'America/New_York')", day(2024, 3, 10)},
		{"DATE(TIMESTAMP '2024-03-11 03:59:59+00', 'America/New_York')", day(2024, 3, 10)},
		{"DATE(TIMESTAMP '2024-03-11 04:00:00+00', 'America/New_York')", day(2024, 3, 11)},
		{"DATE(TIMESTAMP '2024-11-04 04:59:59+00', 'America/New_York')", day(2024, 11, 3)},
		{"DATE(TIMESTAMP '2024-11-04 05:00:00+00', 'America/New_York')", day(2024, 11, 4)},
		{"DATE(TIMESTAMP '1969-12-31 23:59:59.999999+00')", day(1969, 12, 31)},
		{"DATE(TIMESTAMP '9999-12-31 20:00:00+00', 'Asia/Tokyo')", nil},
		{"DATE(DATETIME '2024-02-29 23:59:59')", day(2024, 2, 29)},
		{"DATE '2024-02-29' < DATETIME '2024-02-29 00:00:01'", true},
		// Populated is not NULL, finite, and not declared missing.
		{"POPULATED(NULL)", false},
		{"POPULATED('')", true},
		{"POPULATED('', '')", false},
		{"POPULATED(0.0)", true},
		{"POPULATED(FLOAT64 'NaN')", false},
		{"POPULATED(FLOAT64 '-Inf')", false},
		{"POPULATED(-0.0, 0)", false},
		{"POPULATED(NUMERIC '5.00', 5)", false},
		{"COALESCE(NULL, 2, 3)", int64(2)},
		{"COALESCE(1, 2.5)", 1.0},
	} {
		t.Run(tt.text, func(t *testing.T) {
			if got := constant(t, tt.text); !sameValue(got, tt.want) {
				t.Errorf("got %v (%T), want %v (%T)", got, got, tt.want, tt.want)
			}
		})
	}
}

func TestColumnThatCannotBeReadTakesOnlyWhatNeedsIt(t *testing.T) {
	ev := expr.NewEvaluator([]string{"good", "bad"})
	schema := expr.Schema{{Name: "good", Type: expr.Int64}, {Name: "bad", Type: expr.Int64}}
	prepare := func(text string) expr.Computed {
		e, err := expr.ParseExpr(text)
		require.NoError(t, err)
		bound, err := e.Bind(schema)
		require.NoError(t, err)
		c, err := ev.Prepare(bound)
		require.NoError(t, err)
		return c
	}
	alone, with := prepare("good IS NULL"), prepare("good IS NULL AND bad > 0")

	batch := expr.Batch{Rows: 1, Columns: make([]expr.Vector, 2)}
	batch.Columns[0].Reset(expr.Int64, 1)
	batch.Columns[1].Reset(expr.Int64, 1)
	batch.Columns[1].Err = errors.New("line 7: 'x' is no INT64")
	ev.Next(&batch)

	v, err := alone.Vector()
	require.NoError(t, err)
	require.Equal(t, true, v.Value(0).Go())
	_, err = with.Vector()
	require.EqualError(t, err, "line 7: 'x' is no INT64")
}

func TestEvaluatorKnowsOnlyTheColumnsItWasGiven(t *testing.T) {
	_, err := expr.NewEvaluator([]string{"a"}).Prepare(col("b").IsNull())
	require.EqualError(t, err, `column "b" is not among those read`)
}
