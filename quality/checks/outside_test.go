package checks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// What Great Expectations says of its own cases: a share of rows, a mean, a quantile.
// https://github.com/great-expectations/great_expectations/tree/1.3.0/tests/test_definitions
func TestGreatExpectations(t *testing.T) {
	root := os.Getenv("INTACT_OUTSIDE")
	if root == "" {
		t.Skip("INTACT_OUTSIDE is not set: it names the folder of data that is not part of the project")
	}
	files, err := filepath.Glob(filepath.Join(root, "vectors", "great_expectations", "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	left := map[string]bool{}
	for title := range otherwise {
		left[title] = true
	}
	run := 0
	for _, path := range files {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		var d definition
		in := json.NewDecoder(bytes.NewReader(text))
		in.UseNumber()
		require.NoError(t, in.Decode(&d), path)
		kind, ok := expectations[d.Type]
		require.True(t, ok, "no kind of this package claims what %s does", d.Type)
		for _, data := range d.Datasets {
			for _, c := range data.Tests {
				delete(left, c.Title)
				if reason, ok := otherwise[c.Title]; ok {
					t.Logf("%s/%s: left out: %s", d.Type, c.Title, reason)
					continue
				}
				run++
				t.Run(d.Type+"/"+c.Title, func(t *testing.T) { c.run(t, data.Data, kind) })
			}
		}
	}
	require.Empty(t, left, "there is no case of these titles")
	require.Greater(t, run, 50)
}

// otherwise are the cases that are meant to come out differently here, by title.
var otherwise = func() map[string]string {
	out := map[string]string{}
	for reason, titles := range map[string]string{
		"nothing to judge is never a pass": "test_empty_column_should_be_vacuously_true positive_test_all_missing_values positive_test_all_missing_values__snowflake " +
			"positive_test_all_missing_values_mostly positive_test_all_missing_values_mostly__snowflake",
		"a check that no data can fail is a mistake": "vacuously_true vacuously_true_null_min_and_max vacuously_true_missing_min_and_max positive_test_empty_regex " +
			"positive_test_vacuously_true_null_set_exact_match_false",
		"BOOL is no number":                                    "coerced_types_true_false_values coerced_types_true_false_and_null",
		"its bound is an expression of Python":                 "datetime_with_evaluation_parameter_except_sqlite datetime_with_evaluation_parameter_sqlite",
		"a column has one type":                                "error:_improperly_mixed_types error:_improperly_mixed_types_again error:_improperly_mixed_types_once_more",
		"a key with a NULL part is not unique unless null: ok": "basic_test_ignore_if_all_are_missing_the_default_behavior",
		"unique allows no share of surplus rows":               "mostly_set_successful_expectation",
		"its condition is one of pandas": "test_conditional_expectation_passes test_conditional_expectation_fails test_conditional_expectation_parser_errors " +
			"row_condition_with_ignore_if_any_are_missing",
	} {
		for title := range strings.FieldsSeq(titles) {
			out[title] = reason
		}
	}
	return out
}()

type definition struct {
	Type     string `json:"expectation_type"`
	Datasets []struct {
		Data  map[string][]any `json:"data"`
		Tests []expectation    `json:"tests"`
	} `json:"datasets"`
}

type expectation struct {
	Title string   `json:"title"`
	In    argument `json:"in"`
	Out   struct {
		Success *bool `json:"success"`
	} `json:"out"`
}

type argument map[string]any

func (c expectation) run(t *testing.T, data map[string][]any, kind func(argument) []quality.Rule) {
	var columns []rows.Column
	for name, values := range data {
		if column, ok := columnOf(name, values); ok {
			columns = append(columns, column)
		}
	}
	src, err := rows.Columns(columns...)
	require.NoError(t, err)
	engine := rows.NewEngine(map[string]expr.Source{"t": src})
	report, err := quality.Run(t.Context(), engine, time.Unix(0, 0), quality.Suite{Name: "s", Table: "t", Rules: kind(c.In)})
	switch {
	case c.Out.Success == nil: // an error is what is expected
		require.True(t, err != nil || report.Verdict == quality.Unknown, "%v", report)
	case *c.Out.Success:
		require.NoError(t, err)
		require.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	case err == nil:
		require.GreaterOrEqual(t, report.Verdict, quality.Unknown, report.Suites[0].Checks[0].Reason)
	}
}

// columnOf is a column of numbers or texts; false for what is of several types.
func columnOf(name string, values []any) (rows.Column, bool) {
	out := rows.Column{Name: name, Valid: make([]bool, len(values))}
	numbers, texts, whole := make([]float64, len(values)), make([]string, len(values)), make([]int64, len(values))
	var number, text, truth int
	fraction := false
	for i, v := range values {
		out.Valid[i] = v != nil
		switch v := v.(type) {
		case json.Number:
			number++
			numbers[i], _ = v.Float64()
			n, err := v.Int64()
			whole[i], fraction = n, fraction || err != nil
		case string:
			text++
			texts[i] = v
		case bool:
			truth++
		}
	}
	switch {
	case truth > 0, number > 0 && text > 0:
		return out, false
	case text > 0:
		out.Values = texts
		if times, ok := dateTimes(texts, out.Valid); ok {
			out.Values = times
		}
	case fraction || number == 0:
		out.Values = numbers
		if number == 0 {
			out.Values = texts // a column of NULL alone
		}
	default:
		out.Values = whole
	}
	return out, true
}

// dateTimes are texts that are all times, as pandas writes them.
func dateTimes(texts []string, valid []bool) ([]civil.DateTime, bool) {
	out := make([]civil.DateTime, len(texts))
	for i, text := range texts {
		var err error
		if out[i], err = civil.ParseDateTime(text); err != nil && valid[i] {
			return nil, false
		}
	}
	return out, true
}

func (a argument) text(key string) string {
	text, _ := a[key].(string)
	return text
}

// bounds are min_value and max_value; a least of 0 is none for what is counted.
func (a argument) bounds(counted bool) []quality.Bound {
	var out []quality.Bound
	for key, bound := range map[string]func(quality.Limit) quality.Bound{"min_value": quality.AtLeast, "max_value": quality.AtMost} {
		switch v := a[key].(type) {
		case nil:
		case json.Number:
			r, _ := new(big.Rat).SetString(v.String())
			if !counted || r.Sign() > 0 || key == "max_value" {
				out = append(out, bound(quality.Number(r)))
			}
		case string:
			at, err := civil.ParseDateTime(strings.Replace(v, " ", "T", 1))
			if err != nil {
				out = append(out, bound(quality.Limit{})) // which a suite cannot write
				continue
			}
			out = append(out, bound(quality.DateTime(at)))
		default: // which a suite cannot write
			out = append(out, bound(quality.Limit{}))
		}
	}
	return out
}

func (a argument) mostly() []quality.Bound {
	n, ok := a["mostly"].(json.Number)
	if !ok {
		return nil
	}
	r, _ := new(big.Rat).SetString(n.String())
	return []quality.Bound{quality.AtLeast(quality.Ratio(r.Num().Int64(), r.Denom().Int64()))}
}

func valueOf(v any) expr.Value {
	if n, ok := v.(json.Number); ok {
		if i, err := n.Int64(); err == nil {
			v = i
		} else {
			v, _ = n.Float64()
		}
	}
	out, _ := expr.ValueOf(v)
	return out
}

func one(c quality.Check) []quality.Rule { return []quality.Rule{{Check: c}} }

// expectations say which kind claims the same.
var expectations = map[string]func(argument) []quality.Rule{
	"expect_column_max_to_be_between": func(a argument) []quality.Rule {
		return one(checks.Number{Of: checks.Max, Column: a.text("column"), Bounds: a.bounds(false)})
	},
	"expect_column_mean_to_be_between": func(a argument) []quality.Rule {
		return one(checks.Number{Of: checks.Mean, Column: a.text("column"), Bounds: a.bounds(false)})
	},
	"expect_column_pair_values_a_to_be_greater_than_b": func(a argument) []quality.Rule {
		left, right := expr.Col(a.text("column_A")), expr.Col(a.text("column_B"))
		claim := left.Gt(right)
		if a["or_equal"] == true {
			claim = left.Ge(right)
		}
		return []quality.Rule{{Check: checks.Assert{Of: claim, Bounds: a.mostly()}, NullsOK: a["ignore_row_if"] != nil}}
	},
	"expect_column_quantile_values_to_be_between": func(a argument) []quality.Rule {
		ranges := a["quantile_ranges"].(map[string]any)
		var out []quality.Rule
		for i, q := range ranges["quantiles"].([]any) {
			ends := ranges["value_ranges"].([]any)[i].([]any)
			bounds := argument{"min_value": ends[0], "max_value": ends[1]}.bounds(false)
			share, _ := new(big.Rat).SetString(fmt.Sprint(q))
			if share.Sign() == 0 {
				out = append(out, quality.Rule{Check: checks.Number{Of: checks.Min, Column: a.text("column"), Bounds: bounds}})
				continue
			}
			out = append(out, quality.Rule{Check: checks.Quantile{Column: a.text("column"), Q: quality.Number(share), Bounds: bounds}})
		}
		return out
	},
	"expect_column_unique_value_count_to_be_between": func(a argument) []quality.Rule {
		return one(checks.Distinct{Column: a.text("column"), Bounds: a.bounds(true)})
	},
	"expect_column_values_to_be_between": func(a argument) []quality.Rule {
		x, low, high := expr.Col(a.text("column")), valueOf(a["min_value"]), valueOf(a["max_value"])
		switch {
		case a["strict_min"] == true:
			return one(checks.Assert{Of: x.Gt(low).And(x.Le(high))})
		case a["strict_max"] == true:
			return one(checks.Assert{Of: x.Ge(low).And(x.Lt(high))})
		}
		return one(checks.Range{Of: []checks.Ends{{Column: a.text("column"), Low: low, High: high}}, Bounds: a.mostly()})
	},
	"expect_column_values_to_be_in_set": func(a argument) []quality.Rule {
		var values []expr.Value
		for _, v := range a["value_set"].([]any) {
			values = append(values, valueOf(v))
		}
		return one(checks.In{Of: []checks.Listed{{Column: a.text("column"), Values: values}}, Bounds: a.mostly()})
	},
	"expect_column_values_to_match_regex": func(a argument) []quality.Rule {
		return one(checks.Pattern{Of: []checks.Matching{{Column: a.text("column"), Pattern: a.text("regex")}}, Bounds: a.mostly()})
	},
	"expect_column_values_to_not_be_null": func(a argument) []quality.Rule {
		return one(checks.Complete{Columns: []string{a.text("column")}, Bounds: a.mostly()})
	},
	"expect_compound_columns_to_be_unique": func(a argument) []quality.Rule {
		var columns []string
		for _, c := range a["column_list"].([]any) {
			columns = append(columns, c.(string))
		}
		if slices.ContainsFunc(a.mostly(), func(b quality.Bound) bool { return quality.CheckShares([]quality.Bound{b}) != nil }) {
			columns = nil // a share that is none
		}
		return []quality.Rule{{Check: checks.Unique{Columns: columns}, NullsOK: a["ignore_row_if"] != nil}}
	},
	"expect_table_columns_to_match_set": func(a argument) []quality.Rule {
		out := checks.Schema{Fit: checks.AtLeast}
		if a["exact_match"] == true {
			out.Fit = checks.Exact
		}
		names, _ := a["column_set"].([]any)
		for _, name := range names {
			column := checks.SchemaColumn{Name: name.(string), Type: expr.String}
			if column.Name == "c1" { // the only number there
				column.Type = expr.Int64
			}
			out.Columns = append(out.Columns, column)
		}
		return one(out)
	},
	"expect_table_row_count_to_be_between": func(a argument) []quality.Rule {
		return one(checks.RowCount{Bounds: a.bounds(true)})
	},
}
