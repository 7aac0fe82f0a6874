package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

// watchFlags are what watch can be told.
type watchFlags struct {
	suiteFlags
	waitFlags
	historyFlags
}

func (p Process) watch() *cobra.Command {
	var f watchFlags
	cmd := &cobra.Command{
		Use:   "watch SUITE...",
		Short: "Look at suites again and again until all pass",
		Long: `Watch looks at suites as gate --wait does, and prints what blocks and then what has
changed: a line for each check, with its numbers and how they moved. It ends when
all suites pass (exit 0), when a configuration error shows (exit 2), and after
--wait with the exit code of the last look; without --wait it goes on until all
pass or a signal ends it. What passed can break again: to see that, run check on a
schedule.

What is waited for and what is not, --settle and --timeout are as with gate: see
intact gate --help.`,
		Example: `  intact watch suites/player_game_summary.yaml --every 10s
  intact watch suites --wait 2h --project my-project && ./phase4`,
		Args: needsSuite("watch"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.endless = !cmd.Flags().Changed("wait")
			if err := f.check(cmd.Flags().Changed); err != nil {
				return err
			}
			return p.until(cmd.Context(), func(p Process) error { return p.runWatch(cmd.Context(), f, args) })
		},
	}
	f.suiteFlags.add(cmd)
	f.waitFlags.add(cmd)
	f.historyFlags.add(cmd.Flags(), "the last look")
	cmd.Flags().DurationVar(&f.wait, "wait", 0, "give up after so long (default: never)")
	return cmd
}

// check refuses what contradicts itself. Set tells whether a flag was given.
func (f *watchFlags) check(set func(string) bool) error {
	return errors.Join(f.suiteFlags.check(), f.waitFlags.check(set), f.historyFlags.check())
}

func (p Process) runWatch(ctx context.Context, f watchFlags, args []string) error {
	r, err := f.read(ctx, args)
	if err != nil {
		return err
	}
	l := &looker{process: p, request: r, strict: f.strict}
	w, err := p.await(ctx, l, f.waitFlags, &trend{out: p.Stdout, strict: f.strict, changes: true}, func(wait) {})
	if err != nil {
		return err
	}
	kept := errors.Join(p.keepLast(ctx, f.historyFlags, r, w), p.fileLast(w, f.waitFlags))
	if err := p.brief(p.Stdout, w, f.strict); err != nil {
		return errors.Join(err, kept)
	}
	if kept != nil {
		return exitError{worse(w.last.code, exitUnknown), kept}
	}
	if w.opened {
		return nil
	}
	return w.closed(0)
}
