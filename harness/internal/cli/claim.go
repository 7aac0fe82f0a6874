package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/quality/claim"
)

// claimFlags are what claim can be told.
type claimFlags struct {
	storeFlags
	days           dayFlags
	ttl            time.Duration
	owner, purpose string
	wait, every    time.Duration
	takeOver       bool
	refusedExit    int
	grace          time.Duration
	dryRun         bool
}

func (p Process) claim() *cobra.Command {
	var f claimFlags
	cmd := &cobra.Command{
		Use:   "claim TABLE [FLAGS] -- COMMAND [ARGS...]",
		Short: "Run a command that writes dates of a table, which nobody else writes meanwhile",
		Long: `Claim runs a command while it holds a claim on dates of a table, or on all of it
without --from and --to. Where others claim some of the dates the command is not
started: claim says who holds which dates since when and how many are in common,
and exits 1. With --wait it asks again and again, and starts as soon as they are
free.

The claim lasts for --ttl and is renewed while the command runs. It is released
however the command ends. What is killed releases nothing: its claim stays until
it has expired, and then until somebody takes it over with --break, who should know
what was left half done. --break never takes over a claim that has not expired.

A claim that cannot be renewed is lost before it expires: the command gets SIGTERM,
and SIGKILL --grace later. Claim exits with the command's exit code, but with 1 where
that is 0 and the claim was lost before the end.

All writers must name the same store, by --store or INTACT_STORE, and call the table
by the same name: without a project it is that of --project. A file is written with a
slash: ./games.csv. Claims bind those who ask for them.

The command finds in its environment INTACT_STORE, INTACT_CLAIM_TABLE,
INTACT_CLAIM_FROM and INTACT_CLAIM_TO (empty where open), INTACT_CLAIM_ID and
INTACT_CLAIM_TOKEN, a number higher than that of any claim on the table before. What
is written to can refuse a token that is lower than one it has seen.

Signals and standard streams are as with gate: see intact gate --help.`,
		Example: `  intact claim nba.team_offense --from 2021-10-19 --to 2026-01-02 --store /shared/claims -- ./backfill
  intact claim nba.team_offense --date yesterday --wait 1h --break --store bigquery:claims -- ./daily`,
		Args: func(cmd *cobra.Command, args []string) error { return f.args(args, cmd.ArgsLenAtDash()) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd.Flags().Changed); err != nil {
				return err
			}
			if f.dryRun {
				return p.planClaim(f)
			}
			c := &claiming{process: p, flags: f, table: args[0], argv: args[1:]}
			return c.run(cmd.Context())
		},
		DisableFlagsInUseLine: true,
	}
	f.storeFlags.add(cmd.Flags())
	f.days.add(cmd.Flags(), "that the claimed dates %s with", "UTC")
	flags := cmd.Flags()
	flags.DurationVar(&f.ttl, "ttl", claim.DefaultTTL, "how long the claim lasts when it is not renewed")
	flags.StringVar(&f.owner, "owner", "", "`WHO` claims, for others to ask (default: the user)")
	flags.StringVar(&f.purpose, "purpose", "", "`WHAT` for (default: the command)")
	flags.DurationVar(&f.wait, "wait", 0, "ask again and again for so long (default: ask once)")
	flags.DurationVar(&f.every, "every", 10*time.Second, "the time from asking to asking")
	flags.BoolVar(&f.takeOver, "break", false, "take over claims in the way that have expired")
	flags.IntVar(&f.refusedExit, "refused-exit", exitFail, "the exit `CODE` where the dates are not to be had")
	flags.DurationVar(&f.grace, "grace", 10*time.Second, "how long the command has to end once the claim is lost")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what a claim costs on BigQuery, and claim nothing")
	return cmd
}

// args finds a table before the dashes, of which there are dash, and a command behind
// them.
func (f *claimFlags) args(args []string, dash int) error {
	switch {
	case f.dryRun && dash < 0:
		return nil
	case dash < 0:
		return errors.New("claim needs a command after --: intact claim TABLE -- COMMAND")
	case dash != 1:
		return fmt.Errorf("claim needs one table before --, and there are %d: intact claim TABLE -- COMMAND", dash)
	case len(args) == dash || args[dash] == "":
		return errors.New("claim needs a command after --, and there is nothing: intact claim TABLE -- COMMAND")
	}
	return nil
}

// check refuses what contradicts itself. Set tells whether a flag was given.
func (f *claimFlags) check(set func(string) bool) error {
	switch {
	case f.wait < 0:
		return fmt.Errorf("--wait %s: a time is 0 or more", f.wait)
	case f.every < shortest:
		return fmt.Errorf("--every %s: the time from asking to asking is %s or more", f.every, shortest)
	case set("every") && !set("wait"):
		return fmt.Errorf("--every %s is for asking again and again: add --wait, or leave it out", f.every)
	case f.grace < 0:
		return fmt.Errorf("--grace %s: a time is 0 or more", f.grace)
	case f.refusedExit < 1 || f.refusedExit > 255:
		return fmt.Errorf("--refused-exit %d: an exit code that blocks is 1 to 255", f.refusedExit)
	}
	return errors.Join(f.storeFlags.check(), f.days.check())
}
