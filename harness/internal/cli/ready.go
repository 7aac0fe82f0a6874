package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality/lineage"
	"github.com/intactdata/intact/quality/suitefile"
)

// readyFlags are what ready can be told.
type readyFlags struct {
	suiteFlags
	graphFlags
	date   dayFlag
	strict bool
	all    bool
	output string
	costFlags
}

func (p Process) ready() *cobra.Command {
	var f readyFlags
	cmd := &cobra.Command{
		Use:   "ready TABLE --date DAY [SUITE...]",
		Short: "Say whether what a table's rows of a day are made from is whole",
		Long: `Ready runs the suites of the tables that TABLE is made from, and of those that these
are made from in turn, on the days that its rows of the day reach back to: the day
itself; the days before, of a window of days or of earlier dates; and of a window of the
last rows all days before, unless its history_from or its limits say how far back, for
only the rows themselves would tell. What makes columns that nothing reads is not asked.

The suites are those that the file of tables names (suites:) and those given. A table
without any is unknown, and so is TABLE: nothing says that it is whole. Nor does a suite
that has seen no row, though it passes: rows at_most 100 of an empty table.`,
		Example: `  intact ready nba.features --date 2026-01-02 --tables tables.yaml
  intact ready nba.features --date yesterday suites && python features.py`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("ready needs the table that is to be built: intact ready TABLE --date DAY")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runReady(ctx, f, args[0], args[1:]) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.graphFlags.add(flags)
	f.date.add(flags, "date", "whose rows are to be built", "UTC")
	flags.BoolVar(&f.strict, "strict", false, "exit 1 on warnings")
	flags.BoolVar(&f.all, "all", false, "show every segment in the table, also where there are many")
	flags.StringVarP(&f.output, "output", "o", "table", "how it is written: table or json")
	f.costFlags.add(flags, "the suites")
	flags.StringArrayVar(&f.data, "data", nil, "read a table's rows from a local file or glob, as `TABLE=PATH`; can be repeated")
	f.addEngine(cmd)
	return cmd
}

func (p Process) runReady(ctx context.Context, f readyFlags, table string, args []string) error {
	if err := errors.Join(checkOutput(f.output, otherOutputs), f.costFlags.check(f.suiteFlags)); err != nil {
		return err
	}
	if !f.date.given {
		return errors.New("--date is missing: say which day's rows are to be built")
	}
	g, err := f.graph(ctx)
	if err == nil {
		err = f.known(g, table)
	}
	if err != nil {
		return err
	}
	date := f.date.on(f.now.or(p.Now, time.UTC))
	needs := g.Needs(table, date)
	if len(needs) == 0 {
		return fmt.Errorf("%s is made from no other table, by what %s says: ready is for tables that are", table, f.tables)
	}
	r, err := f.request(ctx, g, needs, args)
	if err != nil {
		return err
	}
	out := report.Ready{Table: table, Date: date}
	for _, n := range needs {
		out.Needs = append(out.Needs, report.Need{Need: n, Suites: r.on(n.Table)})
	}
	if len(r.files) == 0 {
		return p.tellReady(f, &out)
	}
	j, err := p.open(ctx, r)
	if err != nil {
		return err
	}
	defer j.close()
	if f.dryRun {
		return p.explainPlan(ctx, j, f.project, f.rate)
	}
	m, err := p.judge(ctx, j)
	if err != nil {
		return err
	}
	j.notes(p.Stderr)
	report.Explain(m.report, f.project)
	out.Report = m.report
	return p.tellReady(f, &out)
}

// on are the names of the suites on a table.
func (r *request) on(table string) []string {
	var out []string
	for _, f := range r.files {
		if f.Suite.Table == table {
			out = append(out, f.Suite.Name)
		}
	}
	return out
}

// request is the suites of what is needed, on the days that are.
func (f *readyFlags) request(ctx context.Context, g *lineage.Graph, needs []lineage.Need, args []string) (*request, error) {
	paths := slices.Clone(args)
	for _, n := range needs {
		for _, s := range g.Table(n.Table).Suites {
			if !slices.Contains(paths, s) {
				paths = append(paths, s)
			}
		}
	}
	r := &request{flags: f.suiteFlags}
	var err error
	if r.overrides, err = parseData(f.data); err != nil {
		return nil, err
	}
	files, err := loadSuites(ctx, paths, f.vars.values)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		at := slices.IndexFunc(needs, func(n lineage.Need) bool { return n.Table == file.Suite.Table })
		if at < 0 {
			continue // of a folder not all are about what is needed
		}
		n := needs[at]
		if file.Suite.Date == "" {
			file.Suite.Date = g.Table(n.Table).Date
		}
		if file.Suite.To, file.Suite.ToToday = n.To, nil; n.From.IsValid() {
			file.Suite = file.Suite.Between(n.From, n.To)
		}
		r.files = append(r.files, file)
	}
	for _, n := range needs {
		if t := g.Table(n.Table); len(t.Suites) > 0 && len(r.on(n.Table)) == 0 {
			return nil, fmt.Errorf("%s: suites: none of %s is on %s: each says its table itself", t.Place, strings.Join(t.Suites, ", "), n.Table)
		}
	}
	if len(r.files) > 0 {
		var tables []suitefile.Table
		for _, t := range g.Tables {
			tables = append(tables, t.Table)
		}
		r.files[0].Add(append(tables, g.Lists...))
	}
	return r, nil
}

// tellReady writes what it came to.
func (p Process) tellReady(f readyFlags, r *report.Ready) error {
	var b bytes.Buffer
	o := report.Options{Color: p.Terminal, Strict: f.strict, All: f.all}
	if err := r.Write(&b, f.output, o); err != nil {
		return evaluationError{err}
	}
	if err := written(p.Stdout.Write(b.Bytes())); err != nil {
		return err
	}
	code := exitPass
	for _, n := range r.Needs {
		code = worse(code, exitOf(r.Verdict(n), f.strict))
	}
	if code != exitPass {
		return verdictError{code}
	}
	return nil
}
