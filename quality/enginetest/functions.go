package enginetest

import "github.com/intactdata/intact/quality/expr"

var callPredicates = []predicate{
	{"if/condition that is null", "IF(b, 1, 2) = 1", "TFFFT"},
	{"if/null answer", "IF(i > 0, NULL, i) IS NULL", "TFTFT"},
	{"if/null condition", "IF(NULL, i, 2) = 2", "TTTTT"},
	{"if/types of both", "IF(i > 0, i, f) < 0.5", "FTNTF"},
	{"abs/integer", "ABS(i) = 3", "FTNFF"},
	{"abs/float", "ABS(f) = 0.25", "FTNFF"},
	{"abs/numeric", "ABS(n) = NUMERIC '0.25'", "FTNFF"},
	{"abs/null", "ABS(NULL) IS NULL", "TTTTT"},
	{"div/goes to zero", "DIV(i, 2) = -1", "FTNFF"},
	{"div/by zero", "DIV(7, i) = 1", "FFNNT"},
	{"div/numeric", "DIV(n, NUMERIC '0.2') = -1", "FTNFN"},
	{"mod/sign of the first", "MOD(i, 2) = -1", "FTNFF"},
	{"mod/by zero", "MOD(7, i) = 0", "TFNNT"},
	{"mod/numeric", "MOD(n, NUMERIC '0.2') = NUMERIC '-0.05'", "FTNFF"},
	{"floor/float", "FLOOR(f) = -1", "FTNFF"},
	{"floor/numeric", "FLOOR(n) = -1", "FTNFF"},
	{"floor/infinity", "FLOOR(f) > 1e308", "FFNFT"},
	{"ceil/float", "CEIL(f) = 2", "TFNFF"},
	{"ceil/numeric", "CEIL(n) = 0", "FTNTN"},
	{"ceil/of an integer is a float", "CEIL(i) / 2 = 0.5", "TFNFF"},
	{"greatest/numbers", "GREATEST(i, n, 0) = i", "FFNTF"},
	{"greatest/null", "GREATEST(i, NULL) IS NULL", "TTTTT"},
	{"least/texts", "LEAST(s, 'a') = s", "TTNTF"},
	{"least/dates", "LEAST(d, '2024-01-31') = d", "TTNFF"},
	{"least/times", "LEAST(t, '12:00:00') = t", "TTNTF"},
	{"least/bool", "LEAST(b, TRUE) = b", "TTNNT"},

	{"date_trunc/week begins on sunday", "DATE_TRUNC(d, WEEK) = '2023-12-31'", "FTNFF"},
	{"date_trunc/iso week begins on monday", "DATE_TRUNC(d, ISOWEEK) = '2024-01-29'", "TFNFF"},
	{"date_trunc/month", "DATE_TRUNC(d, MONTH) = '2024-02-01'", "FFNTF"},
	{"date_trunc/quarter", "DATE_TRUNC(d, QUARTER) = '2024-01-01'", "TFNTF"},
	{"date_trunc/year", "DATE_TRUNC(d, YEAR) = '9999-01-01'", "FFNFT"},
	{"date_trunc/iso year", "DATE_TRUNC(d, ISOYEAR) = '2023-01-02'", "FTNFF"},
	{"date_trunc/null", "DATE_TRUNC(NULL, YEAR) IS NULL", "TTTTT"},
	{"extract/year", "EXTRACT(YEAR FROM d) = 2024", "TFNTF"},
	{"extract/iso year", "EXTRACT(ISOYEAR FROM d) = 2023", "FTNFF"},
	{"extract/quarter", "EXTRACT(QUARTER FROM d) = 4", "FTNFT"},
	{"extract/week before the first sunday is 0", "EXTRACT(WEEK FROM d) = 4", "TFNFF"},
	{"extract/last week", "EXTRACT(WEEK FROM d) = 53", "FTNFF"},
	{"extract/iso week", "EXTRACT(ISOWEEK FROM d) = 52", "FTNFT"},
	{"extract/day of week", "EXTRACT(DAYOFWEEK FROM d) = 1", "FTNFF"},
	{"extract/day of year", "EXTRACT(DAYOFYEAR FROM d) = 60", "FFNTF"},
	{"extract/hour of a timestamp", "EXTRACT(HOUR FROM ts) = 23", "TFNFF"},
	{"extract/hour in new york", "EXTRACT(HOUR FROM ts AT TIME ZONE 'America/New_York') = 1", "FTNFF"},
	{"extract/day in new york", "EXTRACT(DAY FROM ts AT TIME ZONE 'America/New_York') = 31", "TFNTF"},
	{"extract/minute of a time", "EXTRACT(MINUTE FROM t) = 59", "FFNTT"},
	{"extract/second of a datetime", "EXTRACT(SECOND FROM dt) = 59", "FFNFT"},

	{"char_length/characters", "CHAR_LENGTH(s) = 3", "FTNFT"},
	{"lower/letters", "LOWER(s) = 'b_%'", "FTNFF"},
	{"trim/white space", `TRIM(s) = s`, "TTNTT"},
	{"trim/characters", `TRIM(s, '%\'') = 'B_'`, "FTNFF"},
	{"trim/null characters", `TRIM(s, NULL) IS NULL`, "TTTTT"},
	{"regexp_contains/within", `REGEXP_CONTAINS(s, '_')`, "FTNFF"},
	{"regexp_contains/line break is no character", `REGEXP_CONTAINS(s, '^..\'')`, "FFNFF"},
	{"regexp_contains/unless asked", `REGEXP_CONTAINS(s, '(?s)^..\'$')`, "FFNFT"},
	{"farm_fingerprint/text", "FARM_FINGERPRINT(s) = -5528939962900187677", "TFNFF"},
	{"farm_fingerprint/empty", "FARM_FINGERPRINT(s) = -7286425919675154353", "FFNTF"},
	{"farm_fingerprint/cast", "FARM_FINGERPRINT(CAST(b AS STRING)) IS NOT NULL", "TTFFT"},

	{"cast/integer to text", "CAST(i AS STRING) = '-3'", "FTNFF"},
	{"cast/integer to bool", "CAST(i AS BOOL)", "TTNFT"},
	{"cast/bool to integer", "CAST(b AS INT64) = 1", "TFNNT"},
	{"cast/bool to text", "CAST(b AS STRING) = 'false'", "FTNNF"},
	{"cast/float halves go away from zero", "CAST(f AS INT64) = 2", "TFNFN"},
	{"cast/float to numeric", "CAST(f AS NUMERIC) = n", "TTNTN"},
	{"cast/numeric halves go away from zero", "CAST(n AS INT64) = 2", "TFNFN"},
	{"cast/numeric to text", "CAST(n AS STRING) = '-0.25'", "FTNFF"},
	{"cast/bignumeric to numeric", "CAST(bn AS NUMERIC) = 0", "FTNTF"},
	{"cast/date to text", "CAST(d AS STRING) = '9999-12-30'", "FFNFT"},
	{"cast/datetime to date", "CAST(dt AS DATE) = '2024-01-31'", "TFNFF"},
	{"cast/null", "CAST(NULL AS INT64) IS NULL", "TTTTT"},
}

// castTexts has texts that are values of other types, or nearly.
func castTexts() Table {
	t := Table{Name: "cast_texts", Schema: expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "s", Type: expr.String}}}
	for i, s := range []any{" 12\n", "0x1F", "", "1.50", "1e3", "-Infinity", "true", "2024-2-9", "0000-01-01", "9223372036854775808", nil} {
		t.row(i, s)
	}
	return t
}

var textPredicates = []predicate{
	{"cast text/integer", "CAST(s AS INT64) IN (12, 31)", "TTNNNNNNNNN"},
	{"cast text/float", "CAST(s AS FLOAT64) > 0", "TNNTTFNNNTN"},
	{"cast text/numeric", "CAST(s AS NUMERIC) = NUMERIC '1.5'", "FNNTFNNNNFN"},
	{"cast text/bool", "CAST(s AS BOOL)", "NNNNNNTNNNN"},
	{"cast text/date", "CAST(s AS DATE) = '2024-02-09'", "NNNNNNNTNNN"},
}

// unusual has letters whose lower case is not one by one.
func unusual() Table {
	t := Table{Name: "unusual", Schema: expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "s", Type: expr.String}}}
	for i, s := range []any{"ΑΣ", "ΣΑ", "ΑΣ.", "ΑΣ'Β", "İ", "É\u00a0"} {
		t.row(i, s)
	}
	return t
}

var unusualPredicates = []predicate{
	{"lower/sigma at the end of a word", "LOWER(s) IN ('ας', 'ας.')", "TFTFFF"},
	{"lower/sigma within a word", `LOWER(s) IN ('σα', 'ασ\'β')`, "FTFTFF"},
	{"lower/dotted capital i", `LOWER(s) = 'i\u0307'`, "FFFFTF"},
	{"trim/wide white space", "TRIM(s) = 'É'", "FFFFFT"},
}

var extremeCalls = []predicate{
	{"overflow/abs", "ABS(i) IS NULL", "FTF"},
	{"overflow/div", "DIV(i, -1) IS NULL", "FTF"},
	{"overflow/mod", "MOD(i, -1) = 0", "TTT"},
	{"overflow/week before the first day", "DATE_TRUNC(d, WEEK) IS NULL", "FTF"},
	{"overflow/iso week of the first day", "DATE_TRUNC(d, ISOWEEK) = d", "FTT"},
	{"overflow/cast to text and back", "CAST(CAST(i AS STRING) AS INT64) = i", "TTT"},
}

var notNumberCalls = []predicate{
	{"nan/greatest", "GREATEST(f, 0) IS NULL", "FFT"},
	{"nan/greatest is nan", "GREATEST(0, f) > 0", "FTN"},
	{"nan/cast to integer", "CAST(f AS INT64) IS NULL", "TFT"},
	{"nan/cast to text", "CAST(f AS STRING) = 'nan'", "TFN"},
}
