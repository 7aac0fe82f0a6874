package report

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// Explain writes for each finding that says which rows are at fault the queries of all
// of them, to be run by hand in BigQuery. Tables without a project are of the one given.
func Explain(r *quality.Report, project string) {
	renderer := googlesql.Renderer{Project: project, AnyProject: true}
	for _, s := range r.Suites {
		for _, c := range s.Checks {
			for i, f := range c.Findings {
				c.Findings[i].Explain = explained(renderer, f.Selections)
			}
		}
	}
}

func explained(renderer googlesql.Renderer, of []quality.Selection) string {
	texts := make([]string, len(of))
	for i, s := range of {
		text, err := renderer.Select(s)
		if err != nil {
			text = "-- there is no query of them: " + strings.Join(strings.Fields(err.Error()), " ")
		} else {
			text += ";"
		}
		if s.Name != "" {
			text = fmt.Sprintf("-- %s\n%s", s.Name, text)
		}
		texts[i] = text
	}
	return strings.Join(texts, "\n")
}
