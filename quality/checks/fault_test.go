package checks_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
)

// sheets are the rows of two files, of which the second says what is due.
func sheets(t *testing.T) quality.Engine {
	sources := map[string]expr.Source{}
	for name, text := range map[string]string{
		"d.rows": "day,team\n2024-03-02,DET\n2024-03-01,BOS\n2024-03-02,DET\n",
		"d.due":  "day,team\n2024-03-01,BOS\n2024-03-03,LAL\n2024-03-01,CHI\n",
	} {
		path := filepath.Join(t.TempDir(), name+".csv")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		src, err := files.Open([]string{path}, files.Options{})
		require.NoError(t, err)
		sources[name] = src
	}
	return rows.NewEngine(sources)
}

// accused is a line for each row that a check says is at fault.
func accused(t *testing.T, c quality.Check, tables ...quality.Table) []string {
	t.Helper()
	s := quality.Suite{Name: "s", Table: "d.rows", Date: "day", Tables: tables, Rules: []quality.Rule{{Check: c}}}
	report, err := quality.Run(t.Context(), sheets(t), time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC), s)
	require.NoError(t, err)
	require.Equal(t, quality.Fail, report.Verdict)
	var out []string
	for _, f := range report.Suites[0].Checks[0].Findings {
		for _, a := range f.AtFault {
			for _, r := range a.Rows {
				var values []string
				for _, v := range r.Values {
					values = append(values, v.String())
				}
				out = append(out, fmt.Sprintf("%s: %s at %s:%d", a.Name, strings.Join(values, " "), strings.TrimSuffix(filepath.Base(r.File), ".csv"), r.Line))
			}
		}
	}
	return out
}

// A key that is missing stands in what says that it is due, one that is unexpected where
// the table has it first.
func TestKeysAtFaultStandWhereTheyAre(t *testing.T) {
	key := []string{"day", "team"}
	of := checks.Against{Table: "d.due"}
	missing := []string{"missing keys: 2024-03-01 CHI at d.due:4", "missing keys: 2024-03-03 LAL at d.due:3"}
	unexpected := "unexpected keys: 2024-03-02 DET at d.rows:2"
	require.Equal(t, missing, accused(t, checks.Cover{Columns: key, Of: of}))
	require.Equal(t, []string{unexpected}, accused(t, checks.Only{Columns: key, Of: of}))
	require.Equal(t, append(missing, unexpected), accused(t, checks.Equal{Columns: key, Of: of}))
	require.Equal(t, []string{"keys without a match: DET at d.rows:2"}, accused(t, checks.Match{Columns: []string{"team"}, Of: of}))
	require.Equal(t, []string{"missing dates: 2024-03-03 at d.due:3"}, accused(t, checks.Grid{Column: "day", Every: checks.Every{Of: of}}))
}

// What is redacted in the table that is due is so in the keys that are missing.
func TestKeysAtFaultAreRedacted(t *testing.T) {
	require.Equal(t, []string{"missing keys: 2024-03-01 at d.due:4", "missing keys: 2024-03-03 at d.due:3"},
		accused(t, checks.Cover{Columns: []string{"day", "team"}, Of: checks.Against{Table: "d.due"}}, quality.Table{Name: "d.due", Redact: []string{"team"}}))
}
