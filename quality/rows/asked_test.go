package rows_test

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// asking notes what it is asked for.
type asking struct {
	expr.Source
	columns []string
}

func (a *asking) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	a.columns = slices.Sorted(slices.Values(columns))
	return a.Source.Scan(ctx, columns)
}

// A source is asked once, and for nothing but the leaves that are referred to.
func TestOnlyThePartsThatAreReferredToAreRead(t *testing.T) {
	src, err := rows.Of(stores())
	require.NoError(t, err)
	asked := &asking{Source: src}
	a, b := "element(feature_values, feature_names, 'a')", "element(feature_values, FEATURE_NAMES, 'b')"
	suite := quality.Suite{Name: "stores", Table: "t.stores", Where: expr.Col("features.deep.day").IsNotNull(), Rules: []quality.Rule{
		{Check: checks.Complete{Columns: []string{a}}},
		{Check: checks.Complete{Columns: []string{"FEATURES.usage_rate", b}, Any: true}},
		{Check: checks.Assert{Of: expr.Col(a).Gt(0)}},
	}}
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"t.stores": asked}), time.Now(), suite)
	require.NoError(t, err)
	require.Equal(t, quality.Pass, report.Verdict, "%v", report.Err())
	require.Equal(t, []string{"feature_names", "feature_values", "features.Deep.Day", "features.usage_rate"}, asked.columns)
}

func TestPartsOfRedactedColumnsAreNotShown(t *testing.T) {
	src, err := rows.Of(stores())
	require.NoError(t, err)
	suite := quality.Suite{Name: "stores", Table: "t.stores", Tables: []quality.Table{{Name: "t.stores", Redact: []string{"features", "feature_values"}}}}
	for name, shown := range map[string]bool{
		"features.usage_rate": false, "element(feature_values, feature_names, 'a')": false, "element_count(feature_names, 'a')": true,
	} {
		suite.Rules = []quality.Rule{{Check: checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}, By: []string{name}}}
		_, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"t.stores": src}), time.Now(), suite)
		if shown {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, name+" is redacted, and the values of segments are printed")
	}
}
