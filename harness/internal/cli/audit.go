package cli

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/internal/windows"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/audit"
)

// auditFlags are what audit can be told.
type auditFlags struct {
	suiteFlags
	audit.Settings
	reportFlags
	of, expected string // files or tables
	by           []string
	where        expr.Expr
	guess        bool
}

func (p Process) audit() *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "audit FILE|TABLE",
		Short: "Hold stored averages against recomputed ones",
		Long: `Audit reads a table that stores averages, computes them again from the rows that
they are of, and says of each what it is: right, or of the first of these kinds.

  leak                  the window saw the row's own time
  excused as 0          rows that do not count were counted as 0
  dropped late          rows that do not count took a place, and were dropped then
  other window          rows against days, or one row or day more or less
  partial               the average of what is there of a window that is not whole
  stored though refused a value where there is none
  missing though whole  none where there is one
  outdated              a row was changed after the value was made
  wrong                 another value

FILE is CSV, NDJSON or Parquet, or a glob of such files, and so are --of and
--expected; on BigQuery all three are tables. A stored column whose name says its
window, such as points_avg_last_10, needs no more; another one says --value and
--last or --days. The same check stands in suites: intact kinds window.

With --guess nothing is claimed of the columns: the rules that their names suggest are
tried, rows against days, played against all, with the row's own time and without, by
season and over all, and the one that gives the stored values is printed as a check
for a suite. Exit 1 says that of some column it is none of them.`,
		Example: `  intact audit features.csv --of games.csv.gz --column points_avg_last_10 \
      --entity player --at game_date --reset season \
      --counted 'is_dnp IS NOT TRUE AND minutes_played > 0' --expected sheet.csv.gz
  intact audit nba.features --of nba.games --column form --value points --last 10 \
      --entity player --at game_date --project my-project
  intact audit features.csv --of games.csv.gz --guess --entity player --at game_date`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("audit needs the one file or table that stores the averages: intact audit FILE --of ROWS")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runAudit(ctx, f, args[0]) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.of, "of", "", "the `ROWS` that the windows are over (default: those of FILE itself)")
	flags.StringVar(&f.expected, "expected", "", "the `KEYS` that were due, kept apart from the rows; without them no hole can be seen")
	for _, key := range append(f.Flat(),
		form.Key{Name: "by", Doc: "COLUMNS to group by: the bounds must hold in each segment.", Form: form.Texts(&f.by)},
		form.Key{Name: "where", Doc: "EXPRESSION: the rows whose values are looked at.", Form: suitefile.Expr(&f.where)}) {
		windows.AddFlag(flags, key, auditValues[key.Name])
	}
	flags.BoolVar(&f.guess, "guess", false, "say by which rule each column was made, of --column or of all whose names say a number")
	f.reportFlags.add(flags)
	f.suiteFlags.add(cmd)
	return cmd
}

// auditValues stand for what flags are set to, where the text of their keys does not say.
var auditValues = map[string]string{
	"at_least": "SHARE", "more_than": "SHARE", "at_most": "SHARE", "less_than": "SHARE", "allow": "N", "tolerance": "N", "decimals": "N",
	"leak_at_most": "SHARE", "leak_less_than": "SHARE", "matched_at_least": "SHARE", "matched_more_than": "SHARE",
}

func (p Process) runAudit(ctx context.Context, f auditFlags, stored string) error {
	if err := errors.Join(f.reportFlags.check(), f.vars.none()); err != nil {
		return err
	}
	if f.guess {
		if f.output != "table" || len(f.files) > 0 {
			return errors.New("--guess prints checks for a suite, and makes no report: leave out --output and --report")
		}
		return p.runGuess(ctx, f, stored)
	}
	check, err := f.Settings.Check()
	if err != nil {
		return err
	}
	r, err := f.request(stored)
	if err != nil {
		return err
	}
	file := &r.files[0]
	check.From.Table, check.Expected = f.table(file, f.of), f.table(file, f.expected)
	file.Suite.Date = check.Keys.At
	file.Suite.Rules = []quality.Rule{{Check: check, By: f.by, Where: f.where}}
	if err := check.Validate(); err != nil {
		return err
	}
	j, err := p.open(ctx, r)
	if err != nil {
		return err
	}
	defer j.close()
	return p.report(ctx, j, f.project, f.reportFlags, p.keeping(historyFlags{}, f.suiteFlags))
}

// request is a suite on the stored table, without checks.
func (f *auditFlags) request(stored string) (*request, error) {
	r := &request{flags: f.suiteFlags}
	var err error
	if r.overrides, err = parseData(f.data); err != nil {
		return nil, err
	}
	file := suitefile.File{Suite: quality.Suite{Name: "audit of " + stored, Table: stored}}
	if !f.afar() {
		file.Suite.Table = tableOf(stored)
		file.Local = suitefile.Local{Sources: []string{stored}}
	}
	r.files = []suitefile.File{file}
	return r, nil
}

// afar reports whether names are those of tables, and not of files.
func (f *auditFlags) afar() bool { return f.engine == bigqueryEngine }

// table is what a file goes by, which the suite then reads.
func (f *auditFlags) table(in *suitefile.File, path string) string {
	if f.afar() || path == "" {
		return path
	}
	name := tableOf(path)
	in.Tables = append(in.Tables, suitefile.Table{Table: quality.Table{Name: name}, Local: suitefile.Local{Sources: []string{path}}})
	return name
}

// tableOf is what a file is called where tables have names.
func tableOf(path string) string {
	return "files." + strings.Trim(notName.ReplaceAllString(path, "_"), "_")
}

var notName = regexp.MustCompile(`[^\pL\pN]+`)
