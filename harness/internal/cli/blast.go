package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
	"github.com/intactdata/intact/quality/suitefile"
)

// blastFlags are what blast can be told.
type blastFlags struct {
	suiteFlags
	graphFlags
	date, until dayFlag
	where       string
	entities    []string
	keys        []string
	columns     []string
	lost        bool
	all         bool
	output      string
	costFlags
}

func (p Process) blast() *cobra.Command {
	var f blastFlags
	cmd := &cobra.Command{
		Use:   "blast TABLE --date DAY",
		Short: "Name the rows downstream that a gap has spoilt, and what rebuilds them",
		Long: `Blast follows a gap along what tables are made from: which rows of which tables
would be others were TABLE's rows of the day as they should be. Through a window of
the last ten rows that is the next ten that count of the same entity, and not a date
more; spoilt rows spoil further ones. Then it prints what rebuilds them, in order.

The gap is the rows of the day, those that --where and --entity choose; with --lost
only those that were due and are not there, by the list that the file of tables names
as expected; or lost rows that --key gives.`,
		Example: `  intact blast nba_raw.boxscores --date 2026-01-02 --lost --where "team = 'BOS'"
  intact blast nba.team_game --date 2025-12-25 --to 2025-12-26 --entity BOS --column pace
  intact blast nba.games --date 2026-01-02 --key player=jaylen,season=2025-26 -o json`,
		Args: oneTable("blast"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runBlast(ctx, f, args[0]) })
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.graphFlags.add(flags)
	f.date.add(flags, "date", "of the gap, or its first", "UTC")
	f.until.add(flags, "to", "that is the last of the gap", "UTC")
	flags.StringVar(&f.where, "where", "", "the `EXPRESSION` on the table's columns that chooses its rows")
	flags.StringArrayVar(&f.entities, "entity", nil, "the `[COLUMN=]VALUE` of the key whose rows they are; can be repeated")
	flags.BoolVar(&f.lost, "lost", false, "only rows that were due and are not there")
	flags.StringArrayVar(&f.keys, "key", nil, "a lost row by its columns, as `COLUMN=VALUE,…`, where no list tells it; can be repeated")
	flags.StringSliceVar(&f.columns, "column", nil, "the `COLUMNS` that are wrong in rows that are there (default: all)")
	flags.BoolVar(&f.all, "all", false, "name every key in the table")
	flags.StringVarP(&f.output, "output", "o", "table", "how it is written: table or json")
	f.costFlags.add(flags, "the rows")
	flags.StringArrayVar(&f.data, "data", nil, "read a table's rows from a local file or glob, as `TABLE=PATH`; can be repeated")
	f.addEngine(cmd)
	return cmd
}

// gap is what the flags say of a table.
func (f *blastFlags) gap(t *lineage.Table, now time.Time) (lineage.Gap, error) {
	out := lineage.Gap{Table: t.Name, Lost: f.lost, Columns: f.columns, Match: map[string][]string{}}
	if !f.date.given {
		return out, errors.New("--date is missing: say the day of the gap")
	}
	out.From = f.date.on(now)
	if out.To = out.From; f.until.given {
		out.To = f.until.on(now)
	}
	if out.To.Before(out.From) {
		return out, fmt.Errorf("--to %s is before --date %s", out.To, out.From)
	}
	var err error
	if f.where != "" {
		if out.Where, err = expr.ParseExpr(f.where); err != nil {
			return out, fmt.Errorf("--where: %w", err)
		}
	}
	for _, e := range f.entities {
		column, value, named := strings.Cut(e, "=")
		if !named {
			entity := t.Entity()
			if len(entity) != 1 {
				return out, fmt.Errorf("--entity %s: the key of %s has the columns %s: write COLUMN=VALUE", e, t.Name, strings.Join(entity, ", "))
			}
			column, value = entity[0], e
		}
		out.Match[column] = append(out.Match[column], value)
	}
	for _, k := range f.keys {
		key := map[string]string{}
		for _, part := range strings.Split(k, ",") {
			column, value, ok := strings.Cut(part, "=")
			if !ok || column == "" {
				return out, fmt.Errorf("--key %q is not of the form COLUMN=VALUE,COLUMN=VALUE", k)
			}
			key[column] = value
		}
		out.Keys = append(out.Keys, key)
	}
	if len(f.keys) > 0 && (f.lost || f.where != "" || len(f.entities) > 0) {
		return out, errors.New("--key gives the lost rows: leave out --lost, --where and --entity")
	}
	return out, nil
}

func (p Process) runBlast(ctx context.Context, f blastFlags, table string) error {
	if f.engine == emulatorEngine {
		return errors.New("--engine emulator: rows are followed in memory, those of files or of BigQuery: leave it out")
	}
	if err := errors.Join(checkOutput(f.output, otherOutputs), f.costFlags.check(f.suiteFlags)); err != nil {
		return err
	}
	g, err := f.graph(ctx)
	if err == nil {
		err = f.known(g, table)
	}
	if err != nil {
		return err
	}
	j, err := p.openTables(ctx, f.suiteFlags, g)
	if err != nil {
		return err
	}
	defer j.close()
	gap, err := f.gap(g.Table(table), j.now)
	if err != nil {
		return err
	}
	if f.dryRun {
		return p.tellReadings(ctx, j, g, gap, f.rate)
	}
	r, err := lineage.Follow(ctx, g, rowsOf(j), gap, lineage.Limits{})
	if err != nil {
		return evaluationError{quality.Ended(ctx, err)}
	}
	j.notes(p.Stderr)
	if f.output == "json" {
		return written(0, report.BlastJSON(p.Stdout, r))
	}
	return written(0, report.Blast(p.Stdout, r, f.all))
}

// openTables opens what the tables of a graph are in.
func (p Process) openTables(ctx context.Context, f suiteFlags, g *lineage.Graph) (*job, error) {
	overrides, err := parseData(f.data)
	if err != nil {
		return nil, err
	}
	file := suitefile.File{Suite: quality.Suite{Name: "tables", Table: g.Tables[0].Name}}
	for _, t := range g.Tables {
		file.Tables = append(file.Tables, t.Table)
	}
	file.Add(g.Lists)
	return p.open(ctx, &request{flags: f, files: []suitefile.File{file}, overrides: overrides})
}
