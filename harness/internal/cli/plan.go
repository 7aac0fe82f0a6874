package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// planFlags are what plan can be told.
type planFlags struct {
	suiteFlags
	rate float64
	windowsFlags
}

// onDemandRate is BigQuery's price in US dollars for a TiB read on demand.
// https://cloud.google.com/bigquery/pricing#on_demand_pricing
const onDemandRate = 6.25

// check refuses what cannot be planned.
func (f planFlags) check() error {
	if f.engine == emulatorEngine {
		return errors.New("--engine emulator: the emulator knows no costs; rows show the same statements")
	}
	return checkRate(f.rate)
}

// costFlags ask for what a command would read, in the place of its answer.
type costFlags struct {
	dryRun bool
	rate   float64
}

func (f *costFlags) add(flags *pflag.FlagSet, what string) {
	flags.BoolVar(&f.dryRun, "dry-run", false, "tell what "+what+" would read and cost, and run nothing")
	flags.Float64Var(&f.rate, "rate", onDemandRate, "the `PRICE` of a TiB read, of --dry-run")
}

func (f *costFlags) check(of suiteFlags) error {
	if f.dryRun && of.engine == emulatorEngine {
		return errors.New("--engine emulator: the emulator knows no costs; rows show the same statements")
	}
	return checkRate(f.rate)
}

func checkRate(rate float64) error {
	if !(rate >= 0) || math.IsInf(rate, 0) {
		return fmt.Errorf("--rate %v: a price is 0 or more", rate)
	}
	return nil
}

func (p Process) plan() *cobra.Command {
	var f planFlags
	cmd := &cobra.Command{
		Use:   "plan SUITE...",
		Short: "Show the statements that suites take, and run nothing",
		Long: `Plan shows, for each statement that the suites take, its class, the columns that
it reads and its SQL; on BigQuery also how many bytes it would read, by a dry run
that is free, and what that costs. Nothing is run.

Of local rows the SQL is what BigQuery would run, but for the instant that all
statements read there.

With --spec it is the one statement of windows over a TABLE, with its stages and its
length, as intact window --engine bigquery runs it. Of a claim, of publishing, and of
what is ready or spoilt, it is what the command of that name would run and cost.`,
		Example: `  intact plan suites/player_game_summary.yaml
  intact plan suites --engine bigquery --project my-project --rate 6.25
  intact plan --spec windows.yaml nba.player_games --expected nba.sheet --project my-project
  intact plan publish --suite suites --rows new.csv --into nba.team_game --date yesterday --project my-project`,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.spec != "" {
				return f.windowsFlags.args(args)
			}
			return needsSuite("plan")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			run := func(ctx context.Context, p Process) error { return p.runPlan(ctx, f, args) }
			if f.spec != "" {
				run = func(ctx context.Context, p Process) error { return p.planWindows(ctx, f, args[0]) }
			}
			return p.within(cmd.Context(), &f.suiteFlags, run)
		},
	}
	f.suiteFlags.add(cmd)
	f.windowsFlags.add(cmd.Flags())
	cmd.Flags().Float64Var(&f.rate, "rate", onDemandRate, "the `PRICE` of a TiB read")
	cmd.AddCommand(planned(p.claim()), planned(p.publish()), planned(p.ready()), planned(p.blast()))
	return cmd
}

// planned is a command with --dry-run.
func planned(cmd *cobra.Command) *cobra.Command {
	const flag = "dry-run"
	if err := errors.Join(cmd.Flags().Set(flag, "true"), cmd.Flags().MarkHidden(flag)); err != nil {
		panic(err) // of the program: the command has no such flag
	}
	cmd.Short = "Show what intact " + cmd.Name() + " would run and cost, and run nothing"
	cmd.Example = ""
	return cmd
}

func (p Process) runPlan(ctx context.Context, f planFlags, args []string) error {
	if err := f.check(); err != nil {
		return err
	}
	j, err := p.prepare(ctx, f.suiteFlags, args)
	if err != nil {
		return err
	}
	defer j.close()
	return p.explainPlan(ctx, j, f.project, f.rate)
}

// explainPlan writes the statements that the suites of a job take.
func (p Process) explainPlan(ctx context.Context, j *job, project string, rate float64) error {
	if l, ok := j.engine.(local); ok {
		j.engine = afar{l}
	}
	plan, err := quality.NewPlan(ctx, j.engine, j.now, j.suites...)
	if err != nil {
		return err
	}
	cost, err := j.engine.Explain(ctx, plan)
	if err != nil {
		return evaluationError{err}
	}
	j.notes(p.Stderr)
	refused := describe(cost, cmp.Or(project, "my-project"))
	if err := report.Plan(p.Stdout, plan, cost, rate); err != nil {
		return evaluationError{fmt.Errorf("the plan could not be written: %w", err)}
	}
	if unresolved := plan.Unresolved(); len(unresolved) > 0 || refused != nil {
		return verdictError{exitUnknown}
	}
	return nil
}

// afar plans for local rows as if they were BigQuery's.
type afar struct{ local }

// Locates: BigQuery does not know where rows stand, and is paid for what it reads.
func (afar) Locates() bool { return false }

// describe writes the SQL of statements whose engine runs none, and joins what
// would be refused.
func describe(cost *quality.Cost, project string) error {
	var errs []error
	for i := range cost.Statements {
		s := &cost.Statements[i]
		errs = append(errs, s.Err)
		if s.SQL != "" || s.Err != nil {
			continue
		}
		st, err := googlesql.Renderer{Project: project}.Render(s.Statement)
		if err != nil {
			s.SQL = "-- BigQuery has no such statement: " + strings.ReplaceAll(err.Error(), "\n", " ")
			continue
		}
		s.SQL, s.Parameters = st.Text, st.Parameters
	}
	return errors.Join(errs...)
}
