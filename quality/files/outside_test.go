package files_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
)

// outside is a file of real data that is not part of the project.
func outside(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("INTACT_OUTSIDE")
	if root == "" {
		t.Skip("INTACT_OUTSIDE is not set: it names the folder of data that is not part of the project")
	}
	return filepath.Join(append([]string{root}, parts...)...)
}

// judge runs one rule on the rows of a source.
func judge(t testing.TB, src quality.Source, rule quality.Rule) quality.Result {
	t.Helper()
	suite := quality.Suite{Name: "games", Table: "nba.games", Rules: []quality.Rule{rule}}
	report, err := quality.Run(context.Background(), rows.NewEngine(map[string]quality.Source{"nba.games": src}), suite)
	if err != nil {
		t.Fatal(err)
	}
	return report.Suites[0].Checks[0]
}
