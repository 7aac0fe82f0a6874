package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/quality/rows"
)

// windowsFlags are the windows that plan shows in the place of suites.
type windowsFlags struct{ spec, expected, points string }

func (f *windowsFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.spec, "spec", "", "show the statement of the windows of a YAML `FILE` over a table")
	flags.StringVar(&f.expected, "expected", "", "the `TABLE` of the keys that were due, with --spec")
	flags.StringVar(&f.points, "points", "", "the `TABLE` of the keys that windows are asked for as of, with --spec")
}

func (f *windowsFlags) args(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("plan --spec is about one table, as [project.]dataset.table, and not %d", len(args))
	}
	return nil
}

// planWindows shows the statement of windows over tables: of BigQuery, or of local rows
// as if they were there.
func (p Process) planWindows(ctx context.Context, f planFlags, table string) error {
	if err := f.check(); err != nil {
		return err
	}
	settings := windows.Settings{Expected: f.expected, Points: f.points}
	settings.OfTables()
	given := func(flag string) bool {
		return flag == "expected" && f.expected != "" || flag == "points" && f.points != ""
	}
	if err := settings.ReadFile(ctx, f.spec, given); err != nil {
		return err
	}
	names := settings.TableNames(table)
	var engine interface {
		Tables(context.Context, ...string) ([]quality.TableInfo, error)
	}
	var afar *bq.Engine
	renderer := googlesql.Renderer{Project: cmp.Or(f.project, "my-project")}
	if f.engine == bigqueryEngine {
		var done func()
		var err error
		if afar, done, err = p.tablesEngine(ctx, tablesFlags{bigqueryFlags: f.bigqueryFlags}); err != nil {
			return err
		}
		defer done()
		engine, renderer = afar, afar.Renderer()
	} else {
		sources, err := p.sourcesNamed(f, names)
		if err != nil {
			return err
		}
		engine = local{rows.NewEngine(sources), sources}
	}
	tables, err := engine.Tables(ctx, names...)
	if err != nil {
		return evaluationError{quality.Ended(ctx, err)}
	}
	now := f.now.or(p.Now, cmp.Or(settings.Spec.Zone, time.UTC))
	q, err := queryOver(table, tables, settings, f.now, now)
	if err != nil {
		return err
	}
	q.From, q.To = f.days.days(now, cmp.Or(q.Zone, time.UTC))
	statement, err := q.Select(renderer)
	if err != nil {
		return err
	}
	var bytes *int64
	if afar != nil {
		n, err := afar.Estimate(ctx, bq.Script{Name: "the windows of " + table, Reads: statement.Query, Tables: names})
		if err != nil {
			return evaluationError{err}
		}
		bytes = &n
	}
	return p.tellWindows(q, statement, bytes, f.rate)
}

// sourcesNamed are the local rows that --data names, of tables that are read.
func (p Process) sourcesNamed(f planFlags, names []string) (map[string]expr.Source, error) {
	paths, err := parseData(f.data)
	if err != nil {
		return nil, err
	}
	out := map[string]expr.Source{}
	for name, path := range paths {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("--data names table %s, which is not read; those that are: %s", name, strings.Join(names, ", "))
		}
		source, err := (&localTable{paths: []string{path}}).open(f.input, p.progress())
		if err != nil {
			source = unreadable{err}
		}
		out[name] = source
	}
	return out, nil
}
