package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling/panel"
)

// windowFlags are what window can be told beside what its windows are.
type windowFlags struct {
	file          string
	input, output string
	now           nowFlag
	strict        bool
	tablesFlags
}

func (p Process) window() *cobra.Command {
	var f windowFlags
	var settings windows.Settings
	cmd := &cobra.Command{
		Use:   "window [FILE]",
		Short: "Add rolling windows to rows, whole or refused",
		Long: `Window reads rows and writes them as they are, with windows behind: averages over
the last rows or days of each entity. A window is whole, or it is refused with a
reason; there is no average of what happened to be there.

FILE is CSV or NDJSON, gzipped or not, or Parquet, or a quoted glob of such files;
without it rows are read from standard input. What comes in one format goes out in it, unless --output says so.
Each window adds four columns:

  points_avg_last_10            the value, empty or null where refused
  points_avg_last_10_reason     whole, or why it is refused
  points_avg_last_10_observed   usable rows in the window
  points_avg_last_10_expected   rows that should be in it, where that is known

Reasons: duplicate (a key occurs twice), gap (a row that was due is missing), null
(no usable value), nonfinite: these are faults of the data, and with --strict exit
1. warmup (history begins too late), empty (no row in these days), waiting, stale,
undefined (0/0): these are nobody's.

A window ends before its point: no row of the point's own time is seen. Where rows
have a time of day, --zone says whose calendar days a window over days is over: those
before the point's own, so that of two games on a day neither sees the other. Without
it a day is 24 hours, and over the end of summer time seven of them hold six games of
a team that plays at noon.

Expected keys are the list of what was due, such as the sheets of the games. A key
for which --expected-where is FALSE is known to owe no row: of a sheet with played,
dnp and inactive, status != 'inactive' says so where whoever sat on the bench has
a row, and status = 'played' where only who played has one. Such a key need not be
whole, as that of a game whose date is not known yet. A row that is there counts or
not by --counted alone. A list that owes nothing, or knows none of the rows, judges
nothing: exit 3.

Where only games are known, --expected-by team finds games that are missing as a
whole; it cannot see a lost game that was a player's debut, or his first of a season
(--reset) or for a new team, so count the rows of each game as well.

With --engine bigquery the windows are those of tables in BigQuery, FILE, --expected
and --points being [project.]dataset.table, and are computed there by one statement,
whatever the size. --into names the table that the answers go into: points that it has
get new ones, others are added; with --replace the days --from to --to are written
anew instead, and with --create a table that is not there is made. Nothing is written
where no hole could be seen by what --expected says was due. Beside the columns
above there are the times of the oldest and newest place, …_oldest and …_newest. The
dry run before it is free, and --max-bytes caps what the query may be billed for.
--dry-run tells what would be read and runs nothing; --sql prints the statement.

A spec file holds the same settings, by the names of the flags with _ for -; flags
win. Its JSON Schema: intact schema window.`,
		Example: `  intact window player_game.csv.gz --entity player --at game_date --value points \
      --last 10 --counted 'is_dnp IS NOT TRUE AND minutes_played > 0' --reset season \
      --expected sheet.csv.gz --expected-where "status != 'inactive'"
  ./export-games | intact window --spec windows.yaml --strict > windows.csv
  intact window nba.player_games --spec windows.yaml --expected nba.sheet --sql --project my-project
  intact window nba.player_games --spec windows.yaml --expected nba.sheet --engine bigquery --into nba.player_form`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("window reads one file, not %d: %s", len(args), strings.Join(args, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.tablesFlags.check(); err != nil {
				return err
			}
			ctx, stop := f.limit(cmd.Context())
			defer stop()
			return p.until(ctx, func(p Process) error {
				if f.ofTables() {
					settings.OfTables()
				}
				if f.file != "" {
					if err := settings.ReadFile(ctx, f.file, cmd.Flags().Changed); err != nil {
						return err
					}
				}
				if f.ofTables() {
					return p.windowTables(ctx, f, settings, args)
				}
				return p.runWindow(ctx, f, settings, args)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	settings.AddFlags(flags)
	flags.StringVar(&f.file, "spec", "", "read these settings from a YAML `FILE`")
	flags.StringVarP(&f.input, "input", "i", "", "`FORMAT` of standard input: "+formats()+" (default csv)")
	flags.StringVarP(&f.output, "output", "o", "", "`FORMAT` of the output: "+formats()+" (default: as the rows are read)")
	f.now.add(flags, "that --expected-due is held against, such as 2026-01-05T06:00:00-05:00; a date is its first instant in --zone, else in UTC")
	flags.BoolVar(&f.strict, "strict", false, "exit 1 if a window is refused as duplicate, gap, null or nonfinite; all is written nevertheless")
	f.tablesFlags.add(flags)
	return cmd
}

func formats() string { return strings.Join(windows.Formats(), ", ") }

func (p Process) runWindow(ctx context.Context, f windowFlags, settings windows.Settings, args []string) error {
	q := windows.Request{Settings: settings, Stdin: p.Stdin, Input: f.input, Output: f.output, Stdout: p.Stdout, Progress: p.progress()}
	zone := time.UTC
	if settings.Spec.Zone != nil {
		zone = settings.Spec.Zone
	}
	q.Now = f.now.or(p.Now, zone)
	for _, given := range []struct{ flag, format string }{{"input", f.input}, {"output", f.output}} {
		if given.format != "" && !slices.Contains(windows.Formats(), given.format) {
			return fmt.Errorf("--%s %q is not known: it is %s", given.flag, given.format, formats())
		}
	}
	switch {
	case len(args) > 0 && f.input != "":
		return fmt.Errorf("--input is the format of standard input; that of %s goes by its name", args[0])
	case len(args) > 0:
		q.Path = args[0]
	case f.input == "":
		q.Input = "csv"
	}
	written, err := windows.Run(ctx, q)
	if written != nil {
		fmt.Fprint(p.Stderr, written)
	}
	switch {
	case errors.As(err, new(panel.Mistake)):
		return err
	case err != nil:
		return evaluationError{quality.Ended(ctx, err)}
	case written.Rows == 0:
		return evaluationError{fmt.Errorf("there is no row to compute windows from")}
	case f.strict && written.Fault():
		return verdictError{exitFail}
	case written.Unjudged != "":
		return verdictError{exitUnknown} // the summary says why
	}
	return nil
}
