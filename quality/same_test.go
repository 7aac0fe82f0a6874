package quality_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

func TestMeasurementsAreTheSameByTheirValues(t *testing.T) {
	request := &quality.Request{Metric: quality.Tally{Of: expr.Lit(true)}}
	season := func(name string) quality.Segment {
		return quality.NewSegment([]string{"season"}, []expr.Value{value(name)})
	}
	measure := func(counts map[string]quality.Counts) *quality.Measurements {
		ms := quality.NewMeasurements()
		ms.Done(request)
		for name, c := range counts {
			ms.Add(request, season(name), c)
		}
		return ms
	}
	failed := measure(nil)
	failed.Fail(request, errors.New("the connection was lost"))

	whole := map[string]quality.Counts{"2022-23": {True: 5, Null: 1}, "2023-24": {True: 7}}
	for name, tt := range map[string]struct {
		a, b *quality.Measurements
		same bool
	}{
		"equal":                   {measure(whole), measure(whole), true},
		"without rows":            {measure(nil), measure(nil), true},
		"a row more":              {measure(whole), measure(map[string]quality.Counts{"2022-23": {True: 5, Null: 2}, "2023-24": {True: 7}}), false},
		"a row moved":             {measure(whole), measure(map[string]quality.Counts{"2022-23": {True: 6, Null: 1}, "2023-24": {True: 6}}), false},
		"a segment gone":          {measure(whole), measure(map[string]quality.Counts{"2022-23": {True: 5, Null: 1}}), false},
		"another segment":         {measure(whole), measure(map[string]quality.Counts{"2022-23": {True: 5, Null: 1}, "2024-25": {True: 7}}), false},
		"something else measured": {measure(nil), quality.NewMeasurements(), false},
		"failed alike":            {failed, failed, false},
		"none at all":             {nil, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, tt.same, tt.a.Same(tt.b))
			require.Equal(t, tt.same, tt.b.Same(tt.a))
		})
	}
	require.Len(t, failed.Failures(), 1)
	require.Empty(t, measure(whole).Failures())
}
