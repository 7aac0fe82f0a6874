package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/publish"
)

// publishFlags are what publish can be told.
type publishFlags struct {
	suiteFlags
	suites    []string
	rowsFile  string
	into      string
	key       []string
	mayShrink string
	owner     string
	oracle    string
	aside     string
	run       string
	token     int64
	claimID   string
	claims    storeFlags
	output    string
	onlyDays  bool
	dryRun    bool
}

func (p Process) publish() *cobra.Command {
	var f publishFlags
	cmd := &cobra.Command{
		Use:   "publish --suite SUITE --rows FILE --into TABLE|FILE --from DAY --to DAY",
		Short: "Put rows into a table once they have been judged there",
		Long: `Publish puts the rows of a file into the days of a table from --from to --to, in the
place of those that are there, once suites pass on what the table would be. Nobody sees
the rows before that, and then all of them at one stroke. What does not pass leaves the
table as it was.

Guards are on without being asked for: no key of those days may be lost, but with
--may-shrink and a reason, or if --oracle no longer lists it; no key may be there twice;
every row has a date, of those days; the types are the table's, and no column is missing;
no rows at all are published only where the suite's calendar says that nothing was due;
and as many rows stand in the table as were sent.

A table that is not whole elsewhere passes no suite of all its days: with --only-days the
suites on it are run on the written days alone, so that it can be mended day by day.

Rows that break a check with set_aside go to the file --aside, with the reason, as long
as they are no more than the check allows, and the rest is judged.

--into is a file, .csv, .ndjson or .parquet, or with --project a table of BigQuery; the suite's
table is judged as if it were that one. The same command run again, after whatever broke
it off, ends well.

Exit codes: 0 published, 1 refused by a guard or a suite, 3 it could not be evaluated,
4 something is not due yet; everything but 0 leaves the table as it was.`,
		Example: `  intact publish --suite suites/team_game.yaml --rows new.csv --into data/team_game.csv --from 2026-01-04 --to 2026-01-05
  intact publish --suite suites --rows new.ndjson --into nba_analytics.team_game --project my-project --date yesterday`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runPublish(ctx, f) })
		},
	}
	f.addEngine(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.suites, "suite", nil, "a `SUITE` that must pass on what the table would be; can be repeated")
	flags.StringVar(&f.rowsFile, "rows", "", "the `FILE` of the rows: CSV, NDJSON or Parquet")
	flags.StringVar(&f.into, "into", "", "the `TABLE` or file that they are put into")
	flags.StringSliceVar(&f.key, "key", nil, "the `COLUMNS` that there is one row of (default: the key that the suite declares of its table)")
	flags.StringVar(&f.mayShrink, "may-shrink", "", "let keys go, and `WHY`")
	flags.StringVar(&f.owner, "owner", "", "`WHO` answers for it (default: the suite's owner)")
	flags.StringVar(&f.oracle, "oracle", "", "the `TABLE` that lists, by the same columns, which keys are due: others may go")
	flags.StringVar(&f.aside, "aside", "", "the `FILE` of the rows that are set aside")
	flags.StringVar(&f.run, "run", "", "the `NAME` of the run: what has been published under it is not published again (default: made of the rows and the claim)")
	flags.StringVar(&f.claims.store, "store", "", "where claims are kept, as for intact claim: the days are claimed while they are published")
	flags.StringVar(&f.claimID, "claim-id", "", "the `ID` of the claim that this runs under instead, which intact claim sets")
	flags.Int64Var(&f.token, "claim-token", 0, "the `TOKEN` of a claim that is kept elsewhere; intact claim sets it")
	flags.StringArrayVar(&f.data, "data", nil, "read another table's rows from a local file or glob, as `TABLE=PATH`; can be repeated")
	addOutput(flags, &f.output, "report", otherOutputs)
	flags.BoolVar(&f.onlyDays, "only-days", false, "run the table's suites on the written days alone: what is wrong on other days does not block")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what would be done and what it costs, and judge the rows by themselves; nothing is written")
	f.days.add(flags, "that the written days %s with", "the suite's zone")
	return cmd
}

func (f *publishFlags) mistakes() error {
	var errs []error
	for _, needed := range []struct{ flag, value string }{{"suite", strings.Join(f.suites, "")}, {"rows", f.rowsFile}, {"into", f.into}} {
		if needed.value == "" {
			errs = append(errs, fmt.Errorf("--%s is missing: intact publish --suite SUITE.yaml --rows FILE --into TABLE --from DAY --to DAY", needed.flag))
		}
	}
	return errors.Join(append(errs, checkOutput(f.output, otherOutputs))...)
}

func (p Process) runPublish(ctx context.Context, f publishFlags) error {
	if err := f.mistakes(); err != nil {
		return err
	}
	j, err := p.openPublish(ctx, f)
	if err != nil {
		return err
	}
	defer j.close()
	if f.dryRun {
		return p.planPublish(ctx, f, j)
	}
	return p.claimed(ctx, f, j, func(ctx context.Context, r publish.Request) error {
		var err error
		if r.Digest, err = digestOf(ctx, f.rowsFile); err != nil {
			return evaluationError{fmt.Errorf("--rows: %w", err)}
		}
		if r.Run == "" {
			r.Run = runOf(r)
		}
		report, err := publish.Run(ctx, r)
		j.notes(p.Stderr)
		if !f.onlyDays && refusedBySuite(r, report) {
			fmt.Fprintf(p.Stderr, "note: the suites look at all of the table: --only-days runs them on the written days alone, where only other days are wrong\n")
		}
		return p.published(report, err, f.output)
	})
}

// published tells what became of a publication, and how that exits.
func (p Process) published(report *publish.Report, err error, output string) error {
	if report == nil {
		return err
	}
	if err == nil || len(report.Runs) > 0 {
		if told := p.tellPublished(report, err, output); told != nil {
			return evaluationError{told}
		}
	}
	switch {
	case errors.As(err, new(*publish.OvertakenError)):
		return exitError{exitFail, err}
	case errors.As(err, new(*publish.SpentError)):
		return exitError{exitFail, fmt.Errorf("%w, by --run NAME", err)}
	case err != nil:
		return evaluationError{err}
	}
	if code := exitOf(report.Verdict, false); code != exitPass {
		return verdictError{code}
	}
	return nil
}

// refusedBySuite reports whether suites on the table that look at more than the days that
// are written are all that refuses them.
func refusedBySuite(r publish.Request, report *publish.Report) bool {
	if report == nil || report.Verdict != quality.Fail || len(report.Runs) == 0 {
		return false
	}
	for _, s := range report.Runs[len(report.Runs)-1].Suites {
		wider := func(of quality.Suite) bool {
			return of.Name == s.Suite && of.Table == r.Table && (of.From != r.From || of.To != r.To)
		}
		if s.Verdict.Blocks() && !slices.ContainsFunc(r.Suites, wider) {
			return false
		}
	}
	return true
}

// planPublish shows what would be done.
func (p Process) planPublish(ctx context.Context, f publishFlags, j *publishing) error {
	j.request.Run = cmp.Or(f.run, "a dry run")
	report, steps, err := publish.Plan(ctx, j.request)
	for i, s := range steps {
		bytes := ""
		if s.Bytes != nil {
			bytes = " (" + quality.Grouped(*s.Bytes) + " bytes)"
		}
		fmt.Fprintf(p.Stdout, "%d. %s%s\n", i+1, s.Doing, bytes)
		if s.SQL != "" {
			fmt.Fprintf(p.Stdout, "\n%s\n\n", s.SQL)
		}
	}
	return p.published(report, err, f.output)
}

// publishing is a publication that can be run.
type publishing struct {
	*job
	request publish.Request
}

// openPublish finds the rows, the table and the suites.
func (p Process) openPublish(ctx context.Context, f publishFlags) (*publishing, error) {
	files, err := loadSuites(ctx, f.suites, f.vars.values)
	if err != nil {
		return nil, err
	}
	j := &publishing{job: &job{files: files, now: f.now.or(p.Now, time.UTC), close: func() {}}}
	main := files[0]
	suite := main.Suite
	j.request = publish.Request{
		Table: suite.Table, Date: suite.Date, Zone: cmp.Or(suite.Zone, "UTC"), Key: f.key,
		Calendar: suite.Calendar, Run: f.run, Token: f.token, Now: j.now,
	}
	for _, t := range suite.Tables {
		if t.Name == suite.Table {
			j.request.Date = cmp.Or(j.request.Date, t.Date)
			if len(f.key) == 0 {
				j.request.Key = t.Key
			}
		}
	}
	zone, err := expr.LoadZone(j.request.Zone)
	if err != nil {
		return nil, err
	}
	j.request.From, j.request.To = f.days.days(j.now, zone)
	for _, file := range files {
		s := file.Suite
		if f.onlyDays && s.Table == suite.Table {
			if cmp.Or(s.Date, j.request.Date) == "" {
				return nil, fmt.Errorf("--only-days: suite %s has no date column", s.Name)
			}
			s = s.Between(j.request.From, j.request.To)
		}
		j.request.Suites = append(j.request.Suites, s)
	}
	if f.oracle != "" {
		j.request.Oracle = &quality.KeysOf{Table: f.oracle, Key: j.request.Key}
	}
	if f.mayShrink != "" {
		j.request.MayShrink = &publish.Leave{Owner: cmp.Or(f.owner, suite.Owner, "who ran it"), Reason: f.mayShrink}
	}
	if f.aside == "" && slices.ContainsFunc(j.request.Suites, setsAside) {
		return nil, errors.New("the suite sets rows aside: say where they go with --aside FILE")
	}
	open := p.publishIntoFile
	if f.engine == bigqueryEngine || f.engine == emulatorEngine {
		open = p.publishIntoTable
	}
	if err := open(ctx, f, j); err != nil {
		j.close()
		return nil, err
	}
	return j, nil
}

func setsAside(s quality.Suite) bool {
	return slices.ContainsFunc(s.Rules, func(r quality.Rule) bool { return r.SetAside != nil })
}
