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
-o json lists each fault with its outcome (caught, missed, unseen, does not apply).

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
	addOutput(flags, &f.output, "result", otherOutputs)
	flags.BoolVar(&f.strict, "strict", false, "a warning is a failure")
	flags.Uint64Var(&f.seed, "seed", 1, "the `NUMBER` that decides which rows, segments and dates are broken")
	flags.IntVar(&f.each, "segments", 4, "break the table in so `MANY` segments of each grouping of the suite")
	flags.StringSliceVar(&f.faults, "fault", nil, "break the table by these `KINDS` of fault only: "+strings.Join(mutation.Kinds(), ", "))
	flags.BoolVar(&f.all, "all", false, "show each fault by itself")
	flags.StringVar(&f.atLeast, "at-least", "100%", "the `SHARE` of faults to be caught, of those that can be seen")
	return cmd
}

func (f *mutateFlags) check() error {
	if err := checkOutput(f.output, otherOutputs); err != nil {
		return err
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
	o := mutation.Options{Now: j.now, Seed: f.seed, Segments: f.each, Faults: f.faults, Strict: f.strict}
	held := mutation.Hold(ctx, j.local)
	worst := quality.Pass
	var results []*mutation.Result
	for i, s := range j.suites {
		o.Read, o.Tried = j.files[i].OneMore, p.faultProgress()
		r, err := mutation.Run(ctx, o, s, held)
		if err != nil {
			return evaluationError{fmt.Errorf("suite %s: %w", s.Name, err)}
		}
		v, why := f.judge(r)
		if worst = max(worst, v); why != nil {
			fmt.Fprintf(p.Stderr, "intact: suite %s: %v\n", s.Name, why)
		}
		if r.Unfit == nil {
			results = append(results, r)
		}
	}
	j.notes(p.Stderr)
	if err := p.writeMutations(f, results); err != nil {
		return evaluationError{fmt.Errorf("the result could not be written: %w", err)}
	}
	if code := exitOf(worst, f.strict); code != exitPass {
		return verdictError{code}
	}
	return nil
}

func (p Process) writeMutations(f mutateFlags, results []*mutation.Result) error {
	var out bytes.Buffer
	write := mutation.Text
	if f.output == "json" {
		write = mutation.JSON
	}
	err := write(&out, results, f.all)
	if err == nil {
		_, err = p.Stdout.Write(out.Bytes())
	}
	return err
}

// judge holds the share of faults that are caught against what is asked for, and says
// why a suite was not tested.
func (f mutateFlags) judge(r *mutation.Result) (quality.Verdict, error) {
	if r.Unfit != nil {
		why := r.Unfit.Err()
		if why == nil {
			why = errors.New("it warns, and --strict makes that a failure")
		}
		return r.Unfit.Verdict, fmt.Errorf("it does not pass on its table as it is, and is not tested:\n%w", why)
	}
	caught, missed := r.Count(mutation.Caught), r.Count(mutation.Missed)
	switch {
	case caught+missed == 0:
		return quality.Unknown, errors.New("no fault applies to its table that could be seen, so it is not tested")
	case !f.accepted.Holds(*quality.ObservedShare(caught, caught+missed)):
		return quality.Fail, nil
	}
	return quality.Pass, nil
}
