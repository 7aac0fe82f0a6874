package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/internal/mutation"
	"github.com/intactdata/intact/quality"
)

// mutateFlags are what mutate can be told.
type mutateFlags struct {
	suiteFlags
	output   string
	strict   bool
	seed     uint64
	each     int
	atLeast  string
	faults   []string
	all      bool
	accepted quality.Bound
}

func (p Process) mutate() *cobra.Command {
	var f mutateFlags
	cmd := &cobra.Command{
		Use:   "mutate SUITE...",
		Short: "Test suites: break their tables, and show which faults they miss",
		Long: `Mutate breaks the table of a suite as pipelines do, in one way at a time: rows of a
segment or a date are lost, all or half of them, or come twice; a column is NULL,
frozen or zero in a segment. It runs the suite on each broken twin and shows which
faults the suite catches, by which check, and which it misses; for each that is
missed it writes the check that would catch it, which passes on the table as it is
and fails on the broken one. What no check of the table alone could see is named as
such: it takes another table that says what was due. A bound is no check where what
is lost is less than 2 % of a count, or a point of a share.

The suite must pass on the table as it is; otherwise mutate exits as check does.
Nothing is written but the report: rows are read once, into memory, and broken there.

Exit codes: 0 all faults caught that can be seen (or --at-least so many), 1 some are
missed, 3 the suite could not be tested.`,
		Example: `  intact mutate suites/player_game_summary.yaml
  intact mutate suites/player_game_summary.yaml --at-least 90% -o json`,
		Args: needsSuite("mutate"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runMutate(ctx, f, args) })
		},
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&f.output, "output", "o", "table", "how the result is written: "+strings.Join(outputNames(), " or "))
	flags.BoolVar(&f.strict, "strict", false, "a warning is a failure")
	flags.Uint64Var(&f.seed, "seed", 1, "the `NUMBER` that decides which rows, segments and dates are broken")
	flags.IntVar(&f.each, "segments", 4, "break the table in so `MANY` segments of each grouping of the suite")
	flags.StringSliceVar(&f.faults, "fault", nil, "break the table by these `KINDS` of fault only: "+strings.Join(mutation.Kinds(), ", "))
	flags.BoolVar(&f.all, "all", false, "show each fault by itself")
	flags.StringVar(&f.atLeast, "at-least", "100%", "the `SHARE` of faults to be caught, of those that can be seen")
	return cmd
}

func (f *mutateFlags) check() error {
	if !slices.Contains(outputNames(), f.output) {
		return fmt.Errorf("--output %q is not known: it is %s", f.output, strings.Join(outputNames(), " or "))
	}
	if f.engine != "" && f.engine != rowsEngine {
		return errors.New("mutate breaks rows in memory: name local files as source in the suite or with --data TABLE=PATH, and leave --engine and --project out")
	}
	if f.each < 1 {
		return fmt.Errorf("--segments %d: a number of segments is 1 or more", f.each)
	}
	for _, k := range f.faults {
		if !slices.Contains(mutation.Kinds(), k) {
			return fmt.Errorf("--fault %q is not known: it is %s", k, strings.Join(mutation.Kinds(), ", "))
		}
	}
	limit, err := quality.ParseShare(f.atLeast)
	if err != nil {
		return fmt.Errorf("--at-least %w", err)
	}
	f.accepted = quality.AtLeast(limit)
	return nil
}

func (p Process) runMutate(ctx context.Context, f mutateFlags, args []string) error {
	if err := f.check(); err != nil {
		return err
	}
	j, err := p.prepare(ctx, f.suiteFlags, args)
	if err != nil {
		return err
	}
	defer j.close()
	o := mutation.Options{Kinds: checkKinds(), Now: j.now, Seed: f.seed, Segments: f.each, Faults: f.faults, Strict: f.strict}
	var results []*mutation.Result
	for _, s := range j.suites {
		o.Tried = p.faultProgress()
		r, err := mutation.Run(ctx, o, s, j.local)
		if err != nil {
			return evaluationError{fmt.Errorf("suite %s: %w", s.Name, err)}
		}
		if r.Unfit != nil {
			fmt.Fprintf(p.Stderr, "intact: suite %s does not pass on its table as it is, and is not tested:\n%v\n", s.Name, r.Unfit.Err())
			return verdictError{exitOf(r.Unfit.Verdict, f.strict)}
		}
		results = append(results, r)
	}
	j.notes(p.Stderr)
	var out bytes.Buffer
	if f.output == "json" {
		err = mutation.JSON(&out, results)
	} else {
		for _, r := range results {
			err = errors.Join(err, r.Text(&out, f.all))
		}
	}
	if err == nil {
		_, err = p.Stdout.Write(out.Bytes())
	}
	if err != nil {
		return evaluationError{fmt.Errorf("the result could not be written: %w", err)}
	}
	return f.judge(results)
}

// judge holds the share of faults that are caught against what is asked for.
func (f mutateFlags) judge(results []*mutation.Result) error {
	for _, r := range results {
		caught, missed := r.Count(mutation.Caught), r.Count(mutation.Missed)
		if caught+missed == 0 {
			return evaluationError{fmt.Errorf("suite %s: no fault applies to its table that could be seen, so it was not tested", r.Suite)}
		}
		if !f.accepted.Holds(*quality.ObservedShare(caught, caught+missed)) {
			return verdictError{exitFail}
		}
	}
	return nil
}
