package bq_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/expr"
)

// What a statement of raw SQL is, BigQuery says before it is run.
func TestRawSQLIsRunOnlyOnceItIsASelect(t *testing.T) {
	for _, kind := range []string{"SCRIPT", "DELETE", "MERGE", "CREATE_TABLE"} {
		srv := fake()
		srv.Answer = func(q fakebq.Query) fakebq.Answer {
			a := sevens(q.SQL)
			if strings.Contains(q.SQL, "odd(points)") {
				a.Type = kind
			}
			return a
		}
		engine := engineOf(t, srv, bq.Options{})
		suite := fourChecks()
		suite.Rules[2].Where = expr.RawSQL("odd(points)")
		report, err := quality.Run(t.Context(), engine, now, suite)
		require.NoError(t, err)
		for i, c := range report.Suites[0].Checks {
			if i == 2 {
				assert.Equal(t, quality.Unknown, c.Verdict)
				assert.Contains(t, c.Reason, `BigQuery calls the statement "`+kind+`", and only a SELECT is run`)
				continue
			}
			assert.Equal(t, quality.Pass, c.Verdict, c.Reason)
		}
		for _, sql := range srv.Ran() {
			assert.NotContains(t, sql, "odd(points)")
		}
	}
}

func TestOnlyRawSQLTakesADryRun(t *testing.T) {
	for dry, where := range map[int]expr.Expr{0: expr.Col("points").Gt(0), 1: expr.RawSQL("points > 0")} {
		srv := fake()
		srv.Answer = func(q fakebq.Query) fakebq.Answer { return sevens(q.SQL) }
		suite := someRows()
		suite.Where = where
		report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{}), now, suite)
		require.NoError(t, err)
		assert.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
		assert.Len(t, srv.Queries(), 1+dry)
		assert.Equal(t, dry == 1, srv.Queries()[0].DryRun)
	}
}

func TestWhatIsNoSelectIsNotExplained(t *testing.T) {
	srv := fake()
	srv.Answer = func(fakebq.Query) fakebq.Answer { a := seven(); a.Type = "SCRIPT"; return a }
	engine := engineOf(t, srv, bq.Options{})
	cost, err := engine.Explain(t.Context(), planned(t, engine, someRows()))
	require.NoError(t, err)
	assert.ErrorContains(t, cost.Statements[0].Err, `BigQuery calls the statement "SCRIPT"`)
	assert.Nil(t, cost.Statements[0].Bytes)
}

// writing is a derivation whose text is no query.
type writing struct{ newest }

func (writing) SQL(inputs []string) (quality.Query, error) {
	return quality.Query{Text: "TRUNCATE TABLE " + inputs[0]}, nil
}

func TestADerivationIsOneQuery(t *testing.T) {
	srv := fake()
	suite := someRows()
	suite.Rules[0].Check = derived{func(of quality.Relation) quality.Derivation { return writing{newest{of}} }}
	report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{}), now, suite)
	require.NoError(t, err)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, "TRUNCATE begins no query: the first word is SELECT or WITH")
	assert.Empty(t, srv.Queries())
}
