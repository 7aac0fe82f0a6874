package features

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/audit"
)

// wideTable has 60 features of so many rows of two seasons, half of which count up from a
// place of their own.
func wideTable(t testing.TB, n int) expr.Source {
	t.Helper()
	columns := make([]rows.Column, 0, 63)
	keys, days, seasons := make([]int64, n), make([]time.Time, n), make([]string, n)
	for i := range n {
		keys[i] = int64(i)
		seasons[i] = []string{"2024-25", "2025-26"}[i%2]
		days[i] = time.Date(2024+i%2, 11, 1+i/2%120, 0, 0, 0, 0, time.UTC)
	}
	columns = append(columns, rows.Column{Name: "id", Values: keys}, rows.Column{Name: "at", Values: days}, rows.Column{Name: "season", Values: seasons})
	for f := range 60 {
		values := make([]float64, n)
		for i := range n {
			values[i] = float64((i*(f+7))%1000) / 8
		}
		columns = append(columns, rows.Column{Name: fmt.Sprintf("f%02d", f), Values: values})
	}
	src, err := rows.Columns(columns...)
	require.NoError(t, err)
	return src
}

// wideSet asks everything of 59 features that is one fold, the first being the label.
func wideSet() Set {
	s := Set{
		Suite: quality.Suite{Name: "wide", Table: "t.wide", Date: "at", RowsAtFault: new(int)},
		Key:   []string{"id"}, By: []string{"season"}, Label: "f00",
	}
	low, _ := expr.ValueOf(0)
	high, _ := expr.ValueOf(1000)
	odd, _ := expr.ValueOf(-1)
	for f := 1; f < 60; f++ {
		s.Features = append(s.Features, Feature{
			Name: fmt.Sprintf("f%02d", f), Low: low, High: high, Defaults: []expr.Value{odd}, NullIf: []string{"f00"},
			Spread: []quality.Bound{quality.MoreThan(quality.Number(new(big.Rat)))}, Distinct: []quality.Bound{quality.AtLeast(quality.Count(10))},
		})
	}
	return s
}

func (s Set) planned(t *testing.T, engine quality.Engine) *quality.Plan {
	t.Helper()
	infos, err := engine.Tables(t.Context(), s.Table)
	require.NoError(t, err)
	suite := s.Checks()
	suite.Rules = append(suite.Rules, quality.Rule{ID: lossesID, Check: losses{s}}, s.ledger(s.month(infos[0].Schema)))
	plan, err := quality.NewPlan(t.Context(), engine, time.Date(2026, 1, 6, 0, 0, 0, 0, time.UTC), suite)
	require.NoError(t, err)
	for _, u := range plan.Unresolved() {
		t.Errorf("%s: %v", u.ID, u.Err)
	}
	return plan
}

// Everything that is asked of the features, the rows that each rule loses and the accounts
// are one fold; the key is a statement of its own.
func TestAllFeaturesAreOneFold(t *testing.T) {
	s := wideSet()
	engine := rows.NewEngine(map[string]expr.Source{"t.wide": wideTable(t, 2000)})
	plan := s.planned(t, engine)
	var classes []string
	for _, st := range plan.Statements {
		classes = append(classes, st.Class.String()+" "+st.Relation.Table())
	}
	assert.Equal(t, []string{"fold t.wide", "keyed t.wide"}, classes)
	assert.Len(t, plan.Statements[0].Columns, 63)
}

// An audited window is one statement more, whatever is asked of it.
func TestAWindowIsOneStatement(t *testing.T) {
	spec, err := rolling.New(rolling.Mean("f01"), rolling.Last(3))
	require.NoError(t, err)
	s := wideSet()
	s.Key = []string{"id", "at"}
	s.Features = s.Features[:1]
	s.Features[0].Window = &audit.Stored{Columns: []audit.Column{{Spec: spec}}}
	engine := rows.NewEngine(map[string]expr.Source{"t.wide": wideTable(t, 2000)})
	assert.Len(t, s.planned(t, engine).Statements, 3)
}
