package lineage

import (
	"errors"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/suitefile"
)

// Of is the graph of tables as a file declares them.
func Of(tables []suitefile.Table) (*Graph, error) {
	g := &Graph{}
	var errs []error
	for _, t := range tables {
		m := made{table: Table{Table: t}}
		keys := m.keys()
		for _, name := range suitefile.MadeKeys {
			if n, ok := t.Made[name]; ok {
				errs = append(errs, n.Decode(keys[name].Form))
			}
		}
		if m.expected.Table != "" {
			m.table.Expected = &m.expected
		}
		m.table.Suites = suitefile.Local{Path: t.Path, Sources: m.table.Suites}.Paths()
		g.Tables = append(g.Tables, m.table)
		for _, l := range m.lists {
			if !slices.ContainsFunc(g.Lists, func(o suitefile.Table) bool { return o.Name == l.Name }) {
				g.Lists = append(g.Lists, l)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, e := range g.edges() {
		if err := g.check(e); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", e.Place, err))
		}
	}
	for i := range g.Tables {
		if err := g.Tables[i].checkBuild(); err != nil {
			errs = append(errs, fmt.Errorf("%s: build: %w", g.Tables[i].Place, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	_, err := g.Order()
	return g, err
}
