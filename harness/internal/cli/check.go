package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// checkFlags are what check can be told.
type checkFlags struct {
	suiteFlags
	reportFlags
	historyFlags
}

// reportFlags say how a report is written, and what of it fails.
type reportFlags struct {
	output string
	files  reportFiles
	strict bool
	all    bool
	// explain has findings come with the query of all their rows at fault.
	explain bool
}

func (f *reportFlags) add(flags *pflag.FlagSet) {
	addOutput(flags, &f.output, "report", reportOutputs)
	f.files.add(flags)
	flags.BoolVar(&f.strict, "strict", false, "exit 1 on warnings")
	flags.BoolVar(&f.all, "all", false, "show every segment in the table, also where there are many")
	flags.BoolVar(&f.explain, "explain", false, "show for each finding that fails the SELECT of all rows at fault, to be run in BigQuery")
}

func (p Process) check() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check SUITE...",
		Short: "Run suites and report what is incomplete",
		Long: `Check runs suites of checks on their tables and reports what is incomplete, by
how much, and why that blocks. SUITE is a YAML file, a folder whose YAML files are suites,
or a glob in quotes, in which ** is any number of folders; files of tables beside suites
are told from them. All are one run, in which a table is read once.

Rows are read from the local files or the pipe that a suite names as its source,
relative to the suite's own file, or that --data names for a table; --engine emulator loads
them into a BigQuery emulator first, which is not BigQuery in every detail. With
--project, or --engine bigquery, the tables are BigQuery's own, by the application
default credentials.`,
		Example: `  intact check suites/player_game_summary.yaml
  intact check suites --data nba_analytics.player_game_summary='export/*.csv.gz'
  intact check 'suites/**/*.yaml' --var date=2026-01-05 --report junit.xml --report comment.md
  intact check suites -o json | jq .verdict`,
		Args: needsSuite("check"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runCheck(ctx, f, args) })
		},
	}
	f.suiteFlags.add(cmd)
	f.reportFlags.add(cmd.Flags())
	f.historyFlags.add(cmd.Flags(), "the run")
	return cmd
}

func needsSuite(command string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("%s needs a suite: intact %s SUITE.yaml", command, command)
		}
		return nil
	}
}

// check refuses what cannot be written.
func (f *reportFlags) check() error {
	return errors.Join(checkOutput(f.output, reportOutputs), f.files.check())
}

func (p Process) runCheck(ctx context.Context, f checkFlags, args []string) error {
	if err := errors.Join(f.reportFlags.check(), f.historyFlags.check()); err != nil {
		return err
	}
	j, err := p.prepare(ctx, f.suiteFlags, args)
	if err != nil {
		return err
	}
	defer j.close()
	return p.report(ctx, j, f.project, f.reportFlags, p.keeping(f.historyFlags, f.suiteFlags))
}

// report runs the suites of a job, writes what they come to, and keeps it. What is not
// kept blocks, for whoever asked for it relies on it.
func (p Process) report(ctx context.Context, j *job, project string, f reportFlags, keep keep) error {
	for i := range j.suites {
		j.suites[i].Explain = f.explain
	}
	m, err := p.judge(ctx, j)
	if err != nil {
		return err
	}
	r := m.report
	report.Explain(r, project)
	o := report.Options{Color: p.Terminal, Width: p.Width, Strict: f.strict, All: f.all}
	j.notes(p.Stderr)
	wrote := p.write(r, o, outputs[f.output])
	kept := keep(ctx, j.files, m)
	if wrote != nil {
		return evaluationError{errors.Join(fmt.Errorf("the report could not be written: %w", wrote), kept)}
	}
	if err := f.files.write(r, o, outputs); err != nil {
		return errors.Join(err, kept)
	}
	code := exitOf(r.Verdict, f.strict)
	if kept != nil {
		fmt.Fprintf(p.Stderr, "intact: %v\n", kept)
		code = worse(code, exitUnknown)
	}
	if code != exitPass {
		return verdictError{code}
	}
	return nil
}

// judged is a report with what it rests on.
type judged struct {
	report *quality.Report
	terms  []quality.TermValue
}

// judge runs the suites of a job.
func (p Process) judge(ctx context.Context, j *job) (judged, error) {
	plan, ms, err := quality.Measure(ctx, j.engine, j.now, j.suites...)
	if err != nil {
		return judged{}, err
	}
	out := judged{plan.Judge(ms), plan.Terms(ms)}
	out.report.Version = p.Version
	return out, nil
}

// write writes a report in a form. Should that fail, by a panic even, the
// report is written line by line: it is not lost, and neither is its verdict.
func (p Process) write(r *quality.Report, o report.Options, form render) error {
	var text bytes.Buffer
	if err := quality.Guard("laying it out panicked", func() error { return form(&text, r, o) }); err != nil {
		fmt.Fprintf(p.Stderr, "intact: the report is plain, for it could not be laid out: %v\n", err)
		text.Reset()
		if err := report.Lines(&text, r, report.Options{Strict: o.Strict, All: true, Note: o.Note}); err != nil {
			return err
		}
	}
	_, err := p.Stdout.Write(text.Bytes())
	return err
}

// parseData reads --data TABLE=PATH.
func parseData(flags []string) (map[string]string, error) {
	out := map[string]string{}
	for _, d := range flags {
		table, path, ok := strings.Cut(d, "=")
		if !ok || table == "" || path == "" {
			return nil, fmt.Errorf("--data %q is not of the form TABLE=PATH", d)
		}
		if other, twice := out[table]; twice {
			return nil, fmt.Errorf("--data names table %s twice: %s and %s", table, other, path)
		}
		out[table] = path
	}
	return out, nil
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
