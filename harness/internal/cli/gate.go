package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// gateFlags are what gate can be told.
type gateFlags struct {
	suiteFlags
	waitFlags
	historyFlags
	closedExit int
	status     string
}

func (p Process) gate() *cobra.Command {
	var f gateFlags
	cmd := &cobra.Command{
		Use:   "gate [FLAGS] SUITE... -- COMMAND [ARGS...]",
		Short: "Run a command only if suites pass, waiting for that if asked",
		Long: `Gate runs a command only if all suites pass. With --wait it looks again and again,
and starts the command as soon as they do.

Whatever a script can mend meanwhile is waited for: rows that are missing, a file,
a table or a column that is not there, nothing to judge, no connection. What only
an editor of the suite or of the command line can mend ends the wait at once: a
configuration error (exit 2), a table without any source, raw SQL on local rows, an
emulator that is not installed (exit 3), a command that is not there or cannot be
run (exit 127 and 126).

Suites are read once, at the start; rows are read anew at each look, files that
were replaced and further files of a glob among them. On BigQuery each look costs
what a check costs. A look that has begun is finished, for at most --timeout.

A table that is being written to can pass by chance, between a DELETE and an INSERT.
--settle 2 starts the command only after two looks in a row that pass and have
measured the same, to the row; let --every be longer than such a moment. Of a file
that is written in place nothing else tells so yet: let scripts write another file
and rename it.

While it waits gate writes a line for each check that blocks to standard error,
with what has changed since the look before, and at the end why it opened or did
not. Standard output is the command's own.

The command has gate's standard streams, and its exit code is passed on; where a
signal ended it that is 128 and the signal's number. Signals are passed on to it, to
all processes of its group; on a terminal it shares gate's group, and the keyboard
reaches it by itself. If gate is killed by SIGKILL, so is the command (on Linux and
FreeBSD). A signal while gate waits ends it at once, with exit 3: nothing is started.

With --history the last look is kept, and a command starts only once it is.

Where nothing was started the exit code is that of check: 1, 3, or 4 where nothing
is wrong but something not due yet or --settle not met. Commands have such codes
too: --closed-exit sets one for a gate that has looked and stays closed, and
--status writes to a file what happened:

  "command": "not started"  "gate": "waiting", "closed", "interrupted" or "error"
  "command": "started"      "gate": "open", "exit": null while it runs, then its
                            exit code, and "signal" if one ended it

The file is replaced at once, and first before the first look; "time" says when. It
says "started" before the command is. Its JSON Schema: intact schema status.`,
		Example: `  intact gate suites/player_game_summary.yaml -- ./phase4 --date 2026-01-02
  intact gate --wait 45m --every 1m --settle 2 suites --project my-project -- ./phase4
  intact gate --wait 2h --closed-exit 75 --status phase4.json suites -- ./phase4`,
		Args: func(cmd *cobra.Command, args []string) error { return gateArgs(args, cmd.ArgsLenAtDash()) },
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cmd.ArgsLenAtDash()
			g := &gate{process: p, flags: f, set: cmd.Flags().Changed, argv: args[at:]}
			return g.run(cmd.Context(), args[:at])
		},
		DisableFlagsInUseLine: true,
	}
	f.suiteFlags.add(cmd)
	f.waitFlags.add(cmd)
	flags := cmd.Flags()
	f.historyFlags.add(flags, "the last look")
	flags.DurationVar(&f.wait, "wait", 0, "look again and again for so long (default: one look)")
	flags.IntVar(&f.closedExit, "closed-exit", 0, "the exit `CODE` of a gate that stays closed (default: that of check)")
	flags.StringVar(&f.status, "status", "", "write to a `FILE` whether the command was started, and how it ended")
	return cmd
}

// gateArgs finds suites before the dashes, of which there are dash, and a command
// behind them.
func gateArgs(args []string, dash int) error {
	switch {
	case dash < 0:
		return errors.New("gate needs a command after --: intact gate SUITE.yaml -- COMMAND (intact watch waits without one)")
	case dash == 0:
		return errors.New("gate needs a suite before --: intact gate SUITE.yaml -- COMMAND")
	case dash == len(args) || args[dash] == "":
		return errors.New("gate needs a command after --, and there is nothing: intact gate SUITE.yaml -- COMMAND")
	}
	return nil
}

// check refuses what contradicts itself. Set tells whether a flag was given.
func (f *gateFlags) check(set func(string) bool) error {
	if f.closedExit < 0 || f.closedExit > 255 || f.closedExit == 0 && set("closed-exit") {
		return fmt.Errorf("--closed-exit %d: an exit code that blocks is 1 to 255", f.closedExit)
	}
	return errors.Join(f.suiteFlags.check(), f.waitFlags.check(set), f.historyFlags.check())
}
