package rows_test

import (
	"database/sql"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

type feature struct {
	Name  string
	Value sql.NullFloat64
}

type store struct {
	Features *struct {
		Rate *float64 `bigquery:"usage_rate"`
		Deep struct{ Day *civil.Date }
	} `bigquery:"features"`
	Names  []string           `bigquery:"feature_names"`
	Values []float64          `bigquery:"feature_values"`
	Pairs  []*feature         `bigquery:"pairs"`
	ByName map[string]float64 `bigquery:"by_name"`
	Grid   [][]int
	Forms  []form `bigquery:"forms"`
}

type form struct {
	Name string
	Form struct{ Share *float64 }
}

func stores() []store {
	half := 0.5
	out := make([]store, 3)
	out[0].Features = &struct {
		Rate *float64 `bigquery:"usage_rate"`
		Deep struct{ Day *civil.Date }
	}{Rate: &half}
	out[0].Features.Deep.Day = &today
	out[0].Names, out[0].Values = []string{"a", "b"}, []float64{1, 2}
	out[0].Pairs = []*feature{{"a", sql.NullFloat64{Float64: 3, Valid: true}}, nil, {"b", sql.NullFloat64{}}}
	out[0].ByName = map[string]float64{"b": 5, "a": 4}
	out[0].Forms = []form{{Name: "a"}, {Name: "b"}}
	out[0].Forms[0].Form.Share = &half
	out[1].Features = out[0].Features
	out[1].Names, out[1].Values = []string{"b", "a"}, []float64{1, 2}
	out[1].Pairs = []*feature{{"a", sql.NullFloat64{Float64: 6, Valid: true}}}
	out[2].Names, out[2].Values = []string{"a", "b"}, []float64{1}
	return out
}

func TestPartsOfStructs(t *testing.T) {
	src, err := rows.Of(stores())
	require.NoError(t, err)
	for name, want := range map[string][]any{
		"features.usage_rate":                        {0.5, 0.5, nil},
		"Features.Deep.day":                          {today, today, nil},
		"element(feature_values,feature_names,'a')":  {1.0, 2.0, nil}, // arrays of unlike length
		"element(pairs.value, pairs.name, 'a')":      {3.0, 6.0, nil},
		"element(pairs.value, pairs.name, 'b')":      {nil, nil, nil},
		"element(by_name.value, by_name.key, 'b')":   {5.0, nil, nil},
		"element_count(pairs.name, 'a')":             {int64(1), int64(1), int64(0)},
		"element(forms.form.share, forms.name, 'a')": {0.5, nil, nil},
	} {
		assert.Equal(t, want, column(t, src, name), name)
	}
}

func TestStructsWithinArraysAreThereOrNot(t *testing.T) {
	src, err := rows.Of(stores())
	require.NoError(t, err)
	for b, err := range src.Scan(t.Context(), []string{"forms.Form", "forms", "Grid"}) {
		require.NoError(t, err)
		for c := range b.Columns {
			require.Equal(t, 3, b.Columns[c].Valid.Ones())
		}
	}
}

func TestPartsThatAreNotThere(t *testing.T) {
	src, err := rows.Of(stores())
	require.NoError(t, err)
	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	for name, want := range map[string]string{
		"features.usage":                        `in features, there is no field "usage": there are usage_rate, Deep`,
		"features.usage_rat":                    `in features, there is no field "usage_rat" (did you mean "usage_rate"?): there are usage_rate, Deep`,
		"features.Deep.week":                    `in features, in Deep, there is no field "week": there are Day`,
		"feature_names.x":                       `there is no field "x": feature_names is ARRAY<STRING> and has none that are known`,
		"element(values, feature_names, 'a')":   `there is no column "values"`,
		"element(features, feature_names, 'a')": `features is STRUCT<usage_rate FLOAT64, Deep STRUCT<Day DATE>> and no ARRAY of known elements`,
		"element(feature_names, by_name, 'a')":  `by_name is ARRAY<STRUCT<key STRING, value FLOAT64>>: names of elements are an ARRAY<STRING>`,
		"element(pairs, feature_names, 'a')":    `pairs is ARRAY<STRUCT<Name STRING, Value FLOAT64>>: expressions do not look into its elements`,
		"element(Grid, feature_names, 'a')":     `Grid is ARRAY and no ARRAY of known elements`,
	} {
		_, err := schema.Field(name)
		assert.ErrorContains(t, err, want, name)
	}
}

func TestElementsOfColumns(t *testing.T) {
	src, err := rows.Columns(
		rows.Column{Name: "names", Values: [][]string{{"a", "b"}, {}, {"b", "a"}, nil}},
		rows.Column{Name: "i", Values: [][]int64{{1, 2}, {}, {3, 4}, {5}}, Valid: []bool{true, true, true, false}},
		rows.Column{Name: "f.x", Values: []float64{1, 2, 3, 4}},
		rows.Column{Name: "none", Values: [][]float64{nil, nil, nil, nil}},
	)
	require.NoError(t, err)
	require.Equal(t, []any{int64(2), nil, int64(3), nil}, column(t, src, "element(i, names, 'b')"))
	require.Equal(t, []any{nil, nil, nil, nil}, column(t, src, "element(none, names, 'b')"))
	require.Equal(t, []any{1.0, 2.0, 3.0, 4.0}, column(t, src, "f.x"))
}

// column is the values of one column, field or element.
func column(t *testing.T, src expr.Source, name string) []any {
	t.Helper()
	schema, err := src.Schema(t.Context())
	require.NoError(t, err)
	f, err := schema.Field(name)
	require.NoError(t, err)
	var out []any
	for b, err := range expr.ScanWhole(t.Context(), src, []string{f.Name}) {
		require.NoError(t, err)
		for i := range b.Rows {
			out = append(out, b.Columns[0].Value(i).Go())
		}
	}
	return out
}

// Types that lead back to each other have ever more paths, of which there is an end.
type (
	first   struct{ A, B, C *second }
	second  struct{ A, B, C *third }
	third   struct{ A, B, C *fourth }
	fourth  struct{ A, B, C *fifth }
	fifth   struct{ A, B, C *sixth }
	sixth   struct{ A, B, C *seventh }
	seventh struct{ A, B, C *eighth }
	eighth  struct{ A, B, C *ninth }
	ninth   struct{ A, B, C *tenth }
	tenth   struct{ A, B, C map[string]*first }
)

func TestTypesWithMorePathsThanATableHasColumns(t *testing.T) {
	src, err := rows.Of([]first{{A: &second{}}})
	require.NoError(t, err)
	require.Equal(t, []any{nil}, column(t, src, "A.A.A.A"))
}
