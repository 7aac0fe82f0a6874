package expr_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

// Short names for the builder, so that a pair stands on a line.
var (
	col      = expr.Col
	lit      = expr.Lit
	coalesce = expr.Coalesce
)

func value(v any) expr.Value {
	x, err := expr.ValueOf(v)
	if err != nil {
		panic(err)
	}
	return x
}

// pairs are expressions as text, as the builder makes them, and as they are
// printed where that is not the text itself.
var pairs = []struct {
	text    string
	built   expr.Expr
	printed string
}{
	// Operands.
	{"minutes", col("minutes"), ""},
	{"`minutes`", col("minutes"), "minutes"},
	{"`order`", col("order"), ""},
	{"`two words`", col("two words"), ""},
	{"`a\\`b\\\\c`", col("a`b\\c"), ""},
	{"a.b", col("a.b"), ""},
	{"`a.b`", col("a.b"), "a.b"},
	{"a . `b c` . select", col("a.b c.select"), "`a.b c.select`"},
	{"`select`.a", col("select.a"), "`select.a`"},
	{"a.from.B", col("a.from.B"), ""},
	{"ELEMENT( v , a.`n` ,\"it's\")", col("element(v, a.n, 'it\\'s')"), "element(v, a.n, 'it\\'s')"},
	{"element(`v w`, n, 'x') > 0", col("element(`v w`, n, 'x')").Gt(0), ""},
	{"element_count(n, 'x')", col("element_count(n, 'x')"), ""},
	{"element", col("element"), ""},
	{"42", lit(42), ""},
	{"-42", lit(-42), ""},
	{"- 42", lit(-42), "-42"},
	{"-9223372036854775808", lit(int64(-1 << 63)), ""},
	{"0.5", lit(0.5), ""},
	{".5", lit(0.5), "0.5"},
	{"5.", lit(5.0), "5.0"},
	{"1e3", lit(1000.0), "1000.0"},
	{"1E+30", lit(1e30), "1e+30"},
	{"-0.0", lit(0.0), "0.0"},
	{"TRUE", lit(true), ""},
	{"false", lit(false), "FALSE"},
	{"NULL", lit(nil), ""},
	{"'it\\'s'", lit("it's"), ""},
	{`"double"`, lit("double"), "'double'"},
	{`'\t\x41\u00e9\U0001F600\101\n'`, lit("\tAé😀A\n"), `'\x09Aé😀A\n'`},
	{"DATE '2025-10-21'", lit(day(2025, 10, 21)), ""},
	{"NUMERIC '12.50'", lit(rat("12.5")), "NUMERIC '12.5'"},
	{"decimal '1'", lit(rat("1")), "NUMERIC '1'"},
	{"TIMESTAMP '2025-10-21 19:30:00-04'", lit(instant("2025-10-21T23:30:00Z")), "TIMESTAMP '2025-10-21 23:30:00+00'"},
	{"INT64 '7'", lit(7), "7"},
	{"BYTES '\\xff'", lit([]byte{0xff}), "BYTES 'ÿ'"},

	// Predicates.
	{"a = 1", col("a").Eq(1), ""},
	{"a != 1", col("a").Ne(1), ""},
	{"a <> 1", col("a").Ne(1), "a != 1"},
	{"a < 1", col("a").Lt(1), ""},
	{"a <= 1", col("a").Le(1), ""},
	{"a > 1", col("a").Gt(1), ""},
	{"a >= b", col("a").Ge(col("b")), ""},
	{"a IN (1, 2, NULL)", col("a").In(1, 2, nil), ""},
	{"a NOT IN ('x')", col("a").NotIn("x"), ""},
	{"a BETWEEN 1 AND 2", col("a").Between(1, 2), ""},
	{"a NOT BETWEEN 1 AND 2", col("a").Between(1, 2).Not(), ""},
	{"a LIKE '%\\\\_'", col("a").Like(`%\_`), ""},
	{"a NOT LIKE 'b'", col("a").Like("b").Not(), ""},
	{"a IS NULL", col("a").IsNull(), ""},
	{"a IS NOT NULL", col("a").IsNotNull(), ""},
	{"a IS TRUE", col("a").IsTrue(), ""},
	{"a IS NOT TRUE", col("a").IsNotTrue(), ""},
	{"a IS FALSE", col("a").IsFalse(), ""},
	{"a is not false", col("a").IsNotFalse(), "a IS NOT FALSE"},
	{"POPULATED(a)", col("a").Populated(), ""},
	{"POPULATED(a, -999, '')", col("a").Populated(value(-999), value("")), ""},

	// Numbers and dates.
	{"a + 1", col("a").Plus(1), ""},
	{"a - b", col("a").Minus(col("b")), ""},
	{"a * 2 / 3", col("a").Times(2).Over(3), ""},
	{"-a", col("a").Negated(), ""},
	{"-(-a)", col("a").Negated().Negated(), ""},
	{"-(-5)", lit(5), "5"},
	{"COALESCE(a, b, 0)", coalesce(col("a"), col("b"), 0), ""},
	{"DATE(ts, 'America/New_York')", col("ts").DateOf("America/New_York"), ""},
	{"DATE(ts, 'UTC')", col("ts").DateOf("UTC"), ""},
	{"DATE(ts)", col("ts").Date(), ""},
	{"DATE_DIFF(a, b, ISOWEEK)", col("a").DateDiff(col("b"), expr.ISOWeek), ""},
	{"DATE_TRUNC(a, ISOYEAR)", col("a").DateTrunc(expr.ISOYear), ""},
	{"EXTRACT(DAYOFWEEK FROM a)", col("a").Extract(expr.DayOfWeek), ""},
	{"EXTRACT(HOUR FROM a AT TIME ZONE 'Asia/Tokyo')", col("a").ExtractIn(expr.Hour, "Asia/Tokyo"), ""},
	{"EXTRACT(DAY FROM (a + 1))", col("a").Plus(1).Extract(expr.Day), ""},
	{"extract(day FROM a + 1)", col("a").Plus(1).Extract(expr.Day), "EXTRACT(DAY FROM (a + 1))"},
	{"CAST(a AS INT64)", col("a").Cast(expr.Int64), ""},
	{"cast(a as integer)", col("a").Cast(expr.Int64), "CAST(a AS INT64)"},
	{"IF(a, b, NULL)", expr.If(col("a"), col("b"), nil), ""},
	{"GREATEST(a, LEAST(b, 1))", expr.Greatest(col("a"), expr.Least(col("b"), 1)), ""},
	{"ABS(DIV(a, 2)) + MOD(a, 2)", col("a").Div(2).Abs().Plus(col("a").Mod(2)), ""},
	{"FLOOR(CEIL(a))", col("a").Ceil().Floor(), ""},
	{"CHAR_LENGTH(LOWER(TRIM(TRIM(a, '-'))))", col("a").TrimOf("-").Trim().Lower().CharLength(), ""},
	{"REGEXP_CONTAINS(a, '^\\\\d+$')", col("a").RegexpContains(`^\d+$`), ""},
	{"FARM_FINGERPRINT(a)", col("a").FarmFingerprint(), ""},
	{"TODAY() - 14 < Date(Now())", expr.Today().Minus(14).Lt(expr.Now().Date()), "today() - 14 < DATE(now())"},
	{"date_diff(a, '2025-01-01', day)", col("a").DateDiff("2025-01-01", expr.Day), "DATE_DIFF(a, '2025-01-01', DAY)"},

	// Precedence, weakest first: OR, AND, NOT, comparison, + -, * /, sign.
	// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#operator_precedence
	{"a OR b AND c", col("a").Or(col("b").And(col("c"))), ""},
	{"(a OR b) AND c", col("a").Or(col("b")).And(col("c")), ""},
	{"NOT a AND b", col("a").Not().And(col("b")), ""},
	{"NOT (a AND b)", col("a").And(col("b")).Not(), ""},
	{"NOT a = b", col("a").Eq(col("b")).Not(), ""},
	{"(NOT a) = b", col("a").Not().Eq(col("b")), ""},
	{"NOT NOT a", col("a").Not().Not(), ""},
	{"NOT a IS NULL", col("a").IsNull().Not(), ""},
	{"(NOT a) IS NULL", col("a").Not().IsNull(), ""},
	{"NOT a IN (1)", col("a").In(1).Not(), "a NOT IN (1)"},
	{"NOT a NOT IN (1)", col("a").NotIn(1).Not(), ""},
	{"a = b + 1", col("a").Eq(col("b").Plus(1)), ""},
	{"(a = b) = c", col("a").Eq(col("b")).Eq(col("c")), ""},
	{"a = (b = c)", col("a").Eq(col("b").Eq(col("c"))), ""},
	{"a BETWEEN b + 1 AND c * 2 AND d", col("a").Between(col("b").Plus(1), col("c").Times(2)).And(col("d")), ""},
	{"a BETWEEN (b AND c) AND d", col("a").Between(col("b").And(col("c")), col("d")), ""},
	{"a + b * c", col("a").Plus(col("b").Times(col("c"))), ""},
	{"(a + b) * c", col("a").Plus(col("b")).Times(col("c")), ""},
	{"a - b - c", col("a").Minus(col("b")).Minus(col("c")), ""},
	{"a - (b - c)", col("a").Minus(col("b").Minus(col("c"))), ""},
	{"a / (b * c)", col("a").Over(col("b").Times(col("c"))), ""},
	{"-a * b", col("a").Negated().Times(col("b")), ""},
	{"-(a * b)", col("a").Times(col("b")).Negated(), ""},
	{"a - -1", col("a").Minus(-1), ""},
	{"(a)", col("a"), "a"},
	{"a AND (b AND c)", col("a").And(col("b"), col("c")), "a AND b AND c"},
	{"a\n\tAND b", col("a").And(col("b")), "a AND b"},
}

func TestBuilderAndParserGiveOneTree(t *testing.T) {
	for _, p := range pairs {
		t.Run(p.text, func(t *testing.T) {
			parsed, err := expr.ParseExpr(p.text)
			require.NoError(t, err)
			require.Equal(t, p.built, parsed)
		})
	}
}

func TestExprPrintsAsItIsRead(t *testing.T) {
	for _, p := range pairs {
		t.Run(p.text, func(t *testing.T) {
			want := p.printed
			if want == "" {
				want = p.text
			}
			require.Equal(t, want, p.built.String())
		})
	}
}

// hostileNames are column names as no schema should hold them.
var hostileNames = rapid.OneOf(
	rapid.SampledFrom([]string{
		"a", "_", "A1", "select", "NULL", "true", "date", "DATE_DIFF", "coalesce", "populated", "in", "`", "``", "a`b", `\`, `\n`, "\n", "a\r\nb",
		"--", "a -- b", "/* c */", "# x", "'", `"`, "'; DROP TABLE t; --", "a.b", "a.b c", "select.a", "element(a, b, 'c')", "element_count(a.b, '')", "1a", "a b", " ", "a\x00b", "\x7f", "ä", "日本", "٣", "a٣", "😀", "\u2028", "{raw}",
	}),
	rapid.StringN(1, 8, -1).Filter(utf8.ValidString),
)

func TestEveryExprReadsBackAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := map[expr.Type][]string{}
		for _, f := range tableSchema {
			columns[f.Type] = []string{hostileNames.Draw(t, "name"), hostileNames.Draw(t, "name")}
		}
		g := randomExprs{columns: columns, texts: hostileNames}
		depth := rapid.IntRange(0, 4).Draw(t, "depth")
		e := pick(t, g.number, g.predicate, g.date, g.integer)(t, depth)

		again, err := expr.ParseExpr(e.String())
		if err != nil {
			t.Fatal(err)
		}
		require.Equal(t, e, again)
	})
}

func TestSyntaxErrors(t *testing.T) {
	for _, tt := range []struct {
		text   string
		column int
		reason string
	}{
		{"", 1, "a value is expected, but the text ends"},
		{"a >", 4, "a value is expected, but the text ends"},
		{"> 1", 1, `a value is expected, not ">"`},
		{"a = = 1", 5, `a value is expected, not "="`},
		{"a b", 3, `"b" is not expected here`},
		{"(a", 3, ") is expected, not the end"},
		{"a)", 2, `")" is not expected here`},
		{"a = 1 = 1", 7, "comparisons do not chain: put the first one in parentheses"},
		{"a IS NULL IS NULL", 11, "comparisons do not chain: put the first one in parentheses"},
		{"a IS 5", 6, `IS is followed by [NOT] NULL, TRUE or FALSE, not by "5"`},
		{"a NOT 5", 7, `NOT is followed here by IN, BETWEEN or LIKE, not by "5"`},
		{"a IN 5", 6, `( is expected, not "5"`},
		{"a IN ()", 7, `a value is expected, not ")"`},
		{"a IN (1, )", 10, `a value is expected, not ")"`},
		{"a BETWEEN 1 OR 2", 13, `AND is expected, not "OR"`},
		{"a LIKE b", 8, `LIKE is followed by a quoted pattern, not by "b"`},
		{`a LIKE '\\'`, 8, "a LIKE pattern does not end in a single backslash"},
		{"a AND select", 7, `"select" is a keyword; as a column's name it stands in back-quotes`},
		{"a. = 1", 4, `behind the dot the name of a field is expected, not "="`},
		{".a = 1", 1, `a value is expected, not "."`},
		{"a.5 = 1", 2, "a name that begins with a digit stands in back-quotes, as one does that has a dot in it"},
		{"a.b(1)", 4, `"(" is not expected here`},
		{"element(v, n)", 13, `, is expected, not ")"`},
		{"element(v, n, x)", 15, `element ends with the name of the element in quotes, not with "x"`},
		{"element(v, 'x', n)", 12, `element is of columns that are arrays and a name in quotes, not of 'x'`},
		{"element(v + 1, n, 'x')", 11, `, is expected, not "+"`},
		{"a -- b", 3, "comments are not read here"},
		{"a # b", 3, "comments are not read here"},
		{"a /* b */", 3, "comments are not read here"},
		{"a; DROP TABLE t", 2, "an expression is one expression, without ;"},
		{"a && b", 3, "'&' is not known; write AND, OR"},
		{"!a", 1, "! is read only as !=; write NOT"},
		{"ä > 1", 1, "'ä' is not known here"},
		{"日本 é @x", 1, "'日' is not known here"},
		{"'日本' = @x", 8, "'@' is not known here"},
		{"a = 'b", 5, "the quote is not closed"},
		{"a = 'b\nc'", 5, `a quoted text ends on its own line; write \n`},
		{`a = '\q'`, 5, `\q is no escape sequence; write \\ for a backslash`},
		{`a = '\日'`, 5, `\日 is no escape sequence; write \\ for a backslash`},
		{`a = '\400'`, 5, `\4 is no escape sequence; write \\ for a backslash`},
		{`a = '\ud800'`, 5, `\u is no escape sequence; write \\ for a backslash`},
		{"`` = 1", 1, "the name is empty"},
		{"a = 5x", 5, "5x is no number"},
		{"a = 1.2.3", 5, "1.2.3 is no number"},
		{"a = 0x1F", 5, "0x1F is no number"},
		{"a = 9223372036854775808", 5, "9223372036854775808 does not fit in INT64; write NUMERIC '9223372036854775808'"},
		{"a = 1e999", 5, "1e999 does not fit in FLOAT64"},
		{"- -a", 3, "two signs in a row: write parentheses"},
		{"DATE '2025-02-30' = a", 1, "'2025-02-30' is no DATE"},
		{"a = NUMERIC '0b11'", 5, "'0b11' is no NUMERIC"},
		{"a = NUMERIC '1/3'", 5, "'1/3' is no NUMERIC"},
		{"BYTES '日' = a", 7, "'日' is no byte"},
		{"UPPER(a) = 'A'", 1, "there is no function UPPER: known are ABS, CAST, CEIL, CHAR_LENGTH, COALESCE, DATE, DATE_DIFF, DATE_TRUNC, DIV, EXTRACT, FARM_FINGERPRINT, FINGERPRINT, FLOOR, GREATEST, IF, LEAST, LOWER, MOD, now, POPULATED, REGEXP_CONTAINS, today, TRIM; anything else is raw SQL"},
		{"COALECSE(a, 0) = 0", 1, `there is no function COALECSE (did you mean "COALESCE"?): known are ABS, CAST, CEIL, CHAR_LENGTH, COALESCE, DATE, DATE_DIFF, DATE_TRUNC, DIV, EXTRACT, FARM_FINGERPRINT, FINGERPRINT, FLOOR, GREATEST, IF, LEAST, LOWER, MOD, now, POPULATED, REGEXP_CONTAINS, today, TRIM; anything else is raw SQL`},
		{"DATE(a, b)", 1, `DATE's time zone is a quoted text such as 'UTC', not b`},
		{"DATE(a, '')", 1, `"" is no time zone: write one such as UTC or America/New_York`},
		{"DATE(a, 'Mars')", 1, `"Mars" is no time zone: write one such as UTC or America/New_York`},
		{"DATE(a, 'Local')", 1, `"Local" is no time zone: write one such as UTC or America/New_York`},
		{"DATE_DIFF(a, b)", 1, `DATE_DIFF takes DAY, WEEK, ISOWEEK, MONTH, QUARTER, YEAR, not nothing`},
		{"DATE_DIFF(a, b, HOUR) > 1", 17, `DATE_DIFF takes DAY, WEEK, ISOWEEK, MONTH, QUARTER, YEAR, not "HOUR"`},
		{"DATE_DIFF(a, b, 'DAY')", 17, `DATE_DIFF takes DAY, WEEK, ISOWEEK, MONTH, QUARTER, YEAR, not 'DAY'`},
		{"DATE_TRUNC(a, MONTH", 20, `) is expected, not the end`},
		{"EXTRACT(MONTH a)", 15, `FROM is expected, not "a"`},
		{"EXTRACT(HOUR FROM a AT TIME 'UTC')", 29, `ZONE is expected, not 'UTC'`},
		{"EXTRACT(HOUR FROM a AT TIME ZONE b)", 1, `EXTRACT's time zone is a quoted text such as 'UTC', not b`},
		{"CAST(a, INT64)", 7, `AS is expected, not ","`},
		{"CAST(a AS JSON)", 11, `CAST takes BOOL, INT64, FLOAT64, NUMERIC, BIGNUMERIC, STRING, BYTES, DATE, DATETIME, TIME, TIMESTAMP, not "JSON"`},
		{"IF(a, 1)", 1, `IF takes 3 values, not 2`},
		{"TRIM(a, b, c)", 1, `TRIM takes 1 to 2 values, not 3`},
		{"ABS()", 1, `ABS takes 1 value, not 0`},
		{"COALESCE()", 1, `COALESCE takes 1 or more values, not 0`},
		{"COALESCE(a,)", 12, `a value is expected, not ")"`},
		{"CAST()", 6, `a value is expected, not ")"`},
		{"today(1)", 1, `today takes 0 values, not 1`},
		{"REGEXP_CONTAINS(a, b)", 1, `REGEXP_CONTAINS's pattern is a quoted text, not b`},
		{"REGEXP_CONTAINS(a, '(')", 1, "'(' is no regular expression of RE2: error parsing regexp: missing closing ): `(`"},
		{"POPULATED(a, b)", 1, "POPULATED takes a column and then constants, not b"},
		{"a = '\xff'", 6, "the text is not UTF-8"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			_, err := expr.ParseExpr(tt.text)
			var syntax *expr.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.Equal(t, tt.reason, syntax.Reason)
			require.Equal(t, tt.column, syntax.Column())
		})
	}
}

func TestDepthOfAnExpressionIsBounded(t *testing.T) {
	for name, nested := range map[string]func(int) string{
		"parentheses": func(n int) string { return strings.Repeat("(", n-1) + "a" + strings.Repeat(")", n-1) },
		"NOT":         func(n int) string { return strings.Repeat("NOT ", n-1) + "a" },
		"operators":   func(n int) string { return "a" + strings.Repeat(" + a", n) },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := expr.ParseExpr(nested(200))
			require.NoError(t, err)
			_, err = expr.ParseExpr(nested(201))
			require.ErrorContains(t, err, "more than 200")
		})
	}
}

func TestSyntaxErrorNamesTheTextTheColumnAndTheReason(t *testing.T) {
	_, err := expr.ParseExpr("minutes > 0 AND")
	require.EqualError(t, err, `expression "minutes > 0 AND", column 16: a value is expected, but the text ends`)
}

func FuzzParseExpr(f *testing.F) {
	for _, p := range pairs {
		f.Add(p.text)
	}
	f.Add("DATE_DIFF(`a`, TIMESTAMP '2025-10-21', WEEK) NOT BETWEEN -(-x) AND FLOAT64 'NaN'")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := expr.ParseExpr(text)
		if err != nil {
			return
		}
		again, err := expr.ParseExpr(e.String())
		require.NoError(t, err)
		require.Equal(t, e, again)
	})
}

func TestExprListsItsColumnsOnceInOrder(t *testing.T) {
	e := col("b").Gt(col("a")).And(col("b").In(col("c"), 1), coalesce(col("a"), col("d")).Populated())
	require.Equal(t, []string{"b", "a", "c", "d"}, e.Columns())
}

func TestRawIsSeenAnywhereInTheTree(t *testing.T) {
	require.True(t, col("a").Gt(0).And(expr.RawSQL("RAND() < 0.5").Not()).Raw())
	require.False(t, col("a").Gt(0).Raw())
}
