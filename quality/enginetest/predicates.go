package enginetest

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// predicate is an expression and its value in each row of a table, in the order
// of id: T, F or N.
type predicate struct {
	id   string
	text string
	want string
}

// values has a row of plain values, a negative one, one of NULL, one of zeros
// and one at the ends of the types.
func values() Table {
	t := Table{Name: "values", Schema: expr.Schema{
		{Name: "id", Type: expr.Int64},
		{Name: "i", Type: expr.Int64},
		{Name: "f", Type: expr.Float64},
		{Name: "n", Type: expr.Numeric},
		{Name: "bn", Type: expr.BigNumeric},
		{Name: "s", Type: expr.String},
		{Name: "b", Type: expr.Bool},
		{Name: "d", Type: expr.Date},
		{Name: "dt", Type: expr.DateTime},
		{Name: "ts", Type: expr.Timestamp},
		{Name: "t", Type: expr.Time},
	}}
	t.row(1, 1, 1.5, "1.5", "1.5", "a", true, "2024-01-31", "2024-01-31T23:30:00", "2024-01-31 23:30:00+00", "12:00:00")
	t.row(2, -3, -0.25, "-0.25", "0.00000000000000000001", "B_%", false, "2023-12-31", "2023-12-31T00:00:00", "2024-03-10 06:59:59+00", "00:00:00")
	t.row(3, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil)
	t.row(4, 0, 0.0, "0", "0", "", nil, "2024-02-29", "2024-02-28T12:00:00", "1970-01-01 00:00:00+00", "11:59:59.999999")
	t.row(5, 7, "+Inf", "99999999999999999999999999999.999999999", "-1.5", "é\n'", true, "9999-12-30", "9999-12-30T23:59:59.999999", "2024-07-04 03:59:59.999999+00", "23:59:59.999999")
	return t
}

var valuePredicates = []predicate{
	{"compare/integer", "i > 0", "TFNFT"},
	{"compare/float with integer", "f >= 0", "TFNTT"},
	{"compare/infinity", "f > 1e308", "FFNFT"},
	{"compare/numeric with float", "n = f", "TTNTF"},
	{"compare/integer with numeric", "i < n", "TTNFT"},
	{"compare/bignumeric", "bn > 0 AND bn < BIGNUMERIC '0.0000000000000000001'", "FTNFF"},
	{"compare/text by bytes", "s < 'a'", "FTNTF"},
	{"compare/bool", "b = TRUE", "TFNNT"},
	{"compare/bool order", "b > FALSE", "TFNNT"},
	{"compare/date", "d < '2024-01-31'", "FTNFF"},
	{"compare/datetime with date", "dt > d", "TFNFT"},
	{"compare/timestamp", "ts >= '2024-03-10 06:59:59'", "FTNFT"},
	{"compare/time", "t < '12:00:00'", "FTNTF"},
	{"compare/null", "i = NULL", "NNNNN"},
	{"compare/not equal", "s != ''", "TTNFT"},

	{"logic/and", "b AND i > 0", "TFNFT"},
	{"logic/or", "b OR i > 0", "TFNNT"},
	{"logic/not", "NOT b", "FTNNF"},
	{"logic/or binds weaker than and", "i = 1 OR i = 7 AND s = 'a'", "TFNFF"},
	{"logic/null literal", "b AND NULL", "NFNNN"},
	{"logic/bare null", "NULL", "NNNNN"},

	{"is/null", "b IS NULL", "FFTTF"},
	{"is/not null", "b IS NOT NULL", "TTFFT"},
	{"is/true", "b IS TRUE", "TFFFT"},
	{"is/not true", "b IS NOT TRUE", "FTTTF"},
	{"is/false", "b IS FALSE", "FTFFF"},
	{"is/not false", "b IS NOT FALSE", "TFTTT"},
	{"is/not true of a comparison", "(i > 0) IS NOT TRUE", "FTTTF"},

	{"in/values", "i IN (1, 7)", "TFNFT"},
	{"in/null in the list", "i IN (1, NULL)", "TNNNN"},
	{"in/not in with null", "i NOT IN (1, NULL)", "FNNNN"},
	{"in/columns", "i IN (id, 0)", "TFNTF"},
	{"in/column that is null", "id IN (i, 4)", "TFNTF"},
	{"between/values", "i BETWEEN 0 AND 5", "TFNTF"},
	{"between/null bound", "i BETWEEN NULL AND 0", "FNNNF"},
	{"between/columns", "i BETWEEN id AND n", "TFNFT"},

	{"like/anything", "s LIKE '%'", "TTNTT"},
	{"like/prefix", "s LIKE 'B%'", "FTNFF"},
	{"like/suffix", `s LIKE '%\n\''`, "FFNFT"},
	{"like/exact", "s LIKE 'a'", "TFNFF"},
	{"like/nothing", "s LIKE ''", "FFNTF"},
	{"like/within", `s LIKE '%\\_%'`, "FTNFF"},
	{"like/case matters", "s LIKE 'b%'", "FFNFF"},
	{"like/one character", "s LIKE '_'", "TFNFF"},
	{"like/three characters", "s LIKE '___'", "FTNFT"},
	{"like/escaped", `s LIKE 'B\\_\\%'`, "FTNFF"},
	{"like/line break", `s LIKE '%\n%'`, "FFNFT"},
	{"like/no regular expression", "s LIKE '._%'", "FFNFF"},

	{"arithmetic/add", "i + 1 = 2", "TFNFF"},
	{"arithmetic/multiply", "i * 2 > i", "TFNFT"},
	{"arithmetic/integers divide to float", "i / 2 = 0.5", "TFNFF"},
	{"arithmetic/by zero", "1 / i > 0", "TFNNT"},
	{"arithmetic/float by zero", "f / 0 IS NULL", "TTTTT"},
	{"arithmetic/negate", "-i = 3", "FTNFF"},
	{"arithmetic/numeric quotient is rounded", "n / 3 = NUMERIC '-0.083333333'", "FTNFF"},
	{"arithmetic/numeric halves go away from zero", "n * NUMERIC '0.000000001' = NUMERIC '0.000000002'", "TFNFF"},
	{"arithmetic/null operand", "i + NULL > 0", "NNNNN"},

	{"date/add days", "d + 1 = '2024-02-01'", "TFNFF"},
	{"date/subtract days", "d - 1 = '2023-12-30'", "FTNFF"},
	{"date/difference", "d - DATE '2024-01-01' = 30", "TFNFF"},
	{"date/weeks begin on sunday", "DATE_DIFF(d, '2023-12-30', WEEK) = 1", "FTNFF"},
	{"date/iso weeks begin on monday", "DATE_DIFF(d, '2023-12-30', ISOWEEK) = 0", "FTNFF"},
	{"date/months", "DATE_DIFF(d, '2023-12-31', MONTH) = 1", "TFNFF"},
	{"date/quarters", "DATE_DIFF(d, '2023-12-31', QUARTER) = 1", "TFNTF"},
	{"date/years", "DATE_DIFF(d, '2023-12-31', YEAR) = 1", "TFNTF"},
	{"date/of a timestamp", "DATE(ts) = '2024-07-04'", "FFNFT"},
	{"date/in new york", "DATE(ts, 'America/New_York') = '2024-07-03'", "FFNFT"},
	{"date/in tokyo", "DATE(ts, 'Asia/Tokyo') = '2024-02-01'", "TFNFF"},
	{"date/of a datetime", "DATE(dt) = d", "TTNFT"},
	{"date/of a date", "DATE(d) = d", "TTNTT"},

	{"coalesce/predicates", "COALESCE(b, i = 0)", "TFNTT"},
	{"coalesce/numbers", "COALESCE(i, 0) = 0", "FFTTF"},
	{"coalesce/null first", "COALESCE(NULL, i) = 7", "FFNFT"},

	{"populated/float", "POPULATED(f)", "TTFTF"},
	{"populated/empty text is missing", "POPULATED(s, '')", "TTFFT"},
	{"populated/a number is missing", "POPULATED(i, -3, NULL)", "TFFTT"},
	{"populated/a float is missing", "POPULATED(f, -0.25)", "TFFTF"},
	{"populated/bool", "POPULATED(b)", "TTFFT"},

	{"overflow/numeric", "n + n IS NULL", "FFTFT"},
	{"overflow/float", "f * 1e308 * 10 IS NULL", "TTTFF"},
}

// notNumbers has NaN, a number and NULL.
func notNumbers() Table {
	t := Table{Name: "not_numbers", Schema: expr.Schema{
		{Name: "id", Type: expr.Int64}, {Name: "f", Type: expr.Float64},
	}}
	t.row(1, "NaN")
	t.row(2, 1.0)
	t.row(3, nil)
	return t
}

var notNumberPredicates = []predicate{
	{"nan/equal to itself", "f = f", "FTN"},
	{"nan/unequal to itself", "f != f", "TFN"},
	{"nan/greater", "f > 0", "FTN"},
	{"nan/not less or equal", "NOT f <= 0", "TTN"},
	{"nan/in", "f IN (f, 1)", "FTN"},
	{"nan/between", "f BETWEEN 0 AND 2", "FTN"},
	{"nan/is no null", "f IS NULL", "FFT"},
	{"nan/sum", "f + 1 IS NULL", "FFT"},
	{"nan/populated", "POPULATED(f)", "FTF"},
}

// extremes has the largest and the smallest INT64, the last day and the first.
func extremes() Table {
	t := Table{Name: "extremes", Schema: expr.Schema{
		{Name: "id", Type: expr.Int64}, {Name: "i", Type: expr.Int64}, {Name: "d", Type: expr.Date},
	}}
	t.row(1, "9223372036854775807", "9999-12-31")
	t.row(2, "-9223372036854775808", "0001-01-01")
	t.row(3, 0, "2024-01-01")
	return t
}

var extremePredicates = []predicate{
	{"overflow/add", "i + 1 IS NULL", "TFF"},
	{"overflow/subtract", "i - 1 IS NULL", "FTF"},
	{"overflow/multiply", "i * i IS NULL", "TTF"},
	{"overflow/multiply by -1", "i * -1 IS NULL", "FTF"},
	{"overflow/negate", "-i IS NULL", "FTF"},
	{"overflow/largest is kept", "i = 9223372036854775807", "TFF"},
	{"overflow/after the last day", "d + 1 IS NULL", "TFF"},
	{"overflow/before the first day", "d - 1 IS NULL", "FTF"},
}

// binaries has BYTES, which need not be text.
func binaries() Table {
	t := Table{Name: "binaries", Schema: expr.Schema{
		{Name: "id", Type: expr.Int64}, {Name: "y", Type: expr.Bytes},
	}}
	t.row(1, []byte{0x01, 0xff})
	t.row(2, []byte{})
	t.row(3, nil)
	return t
}

var binaryPredicates = []predicate{
	{"bytes/equal", `y = BYTES '\x01\xff'`, "TFN"},
	{"bytes/order", `y < BYTES '\x01'`, "FTN"},
	{"bytes/in", `y IN (BYTES '', BYTES '\xff')`, "FTN"},
	{"bytes/populated", `POPULATED(y, BYTES '')`, "TFF"},
}

// perRow makes cases that ask for the value of each predicate row by row.
func perRow(table string, predicates []predicate) []testCase {
	var out []testCase
	for _, p := range predicates {
		out = append(out, testCase{
			id: p.id,
			suites: []quality.Suite{{Table: table, Rules: []quality.Rule{
				{Check: tallyProbe{parsed(p.text)}, By: []string{"id"}},
			}}},
			answer: letters,
			want:   p.want,
		})
	}
	return out
}

// expr parses an expression of this package, whose mistakes panic.
func parsed(text string) expr.Expr {
	e, err := expr.ParseExpr(text)
	if err != nil {
		panic(err)
	}
	return e
}
