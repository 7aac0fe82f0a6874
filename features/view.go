package features

import (
	"context"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// View is the SELECT, in GoogleSQL, of just the rows that are trained on: the key, the
// label and the features by their names. Where the report says at which instant the tables
// were read it reads them at that, so that the trainer sees what the gate did.
func (g Gate) View(ctx context.Context, engine quality.Engine, of *quality.Report) (string, error) {
	s := g.Set
	var columns, names []string
	add := func(name, column string) {
		for _, known := range names {
			if strings.EqualFold(known, name) {
				return
			}
		}
		columns, names = append(columns, column), append(names, name)
	}
	for _, key := range s.Key {
		add(key, key)
	}
	for _, a := range s.accounted() {
		add(a.name, a.column)
	}
	rows, err := quality.SelectionOf(ctx, engine, g.Now, s.Checks(), s.Training(), columns...)
	if err != nil {
		return "", fmt.Errorf("the view of %s: %w", s.Name, err)
	}
	r := googlesql.Renderer{Project: g.Project, AnyProject: true, SnapshotAt: of.ReadAt}
	return r.View(rows, names...)
}
