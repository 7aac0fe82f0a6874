package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/harness/internal/profile"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/suitefile"
)

// initFlags are what init can be told.
type initFlags struct {
	suiteFlags
	out   string
	force bool
}

func (p Process) init() *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:   "init TABLE|FILE",
		Short: "Write a first suite for a table, which passes as it is",
		Long: `Init looks at a table and writes a first suite on it: its date column, keys,
segments, how much of each column is populated, which values there are and which are
too frequent to be true. Bounds come from the rows, with the room that a share of so
many has by chance, and each check says why it is there. What only a person can
decide stands behind the checks, as comments.

The suite has been run before it is written: what does not hold is left out, and told.
Edit it down: it claims what is, and not what must be.

FILE is CSV, NDJSON or Parquet, or a glob of such files. How CSV is written, such as
with semicolons and decimal commas, is found out and declared in the suite; with --project, or --engine
bigquery, TABLE is [project.]dataset.table of BigQuery.`,
		Example: `  intact init player_games.csv.gz --out suites/player_games.yaml
  intact init nba_analytics.player_games --project my-project > player_games.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("init looks at one table or file, not %d: intact init player_games.csv", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.within(cmd.Context(), &f.suiteFlags, func(ctx context.Context, p Process) error { return p.runInit(ctx, f, args[0]) })
		},
	}
	f.addEngine(cmd)
	cmd.Flags().StringVar(&f.out, "out", "", "write the suite to a `FILE` (default: standard output)")
	cmd.Flags().BoolVar(&f.force, "force", false, "write over a file that is there")
	return cmd
}

func (p Process) runInit(ctx context.Context, f initFlags, what string) error {
	if _, err := os.Stat(f.out); f.out != "" && err == nil && !f.force {
		return fmt.Errorf("%s is there already: --force writes over it", f.out)
	}
	at, err := f.place(what)
	if err != nil {
		return err
	}
	draft, err := p.draft(ctx, f, at, what)
	if errors.As(err, new(*quality.Mistake)) {
		return err // such as a name that no table has
	}
	if err != nil {
		return evaluationError{quality.Ended(ctx, err)}
	}
	for _, told := range draft.Told() {
		fmt.Fprintf(p.Stderr, "note: %s\n", told)
	}
	if err := f.write(p, draft.YAML()); err != nil {
		return err
	}
	fmt.Fprintf(p.Stderr, "%s. Edit them down.\n", quality.Plural(int64(draft.Checks()), "check, which passes", "checks, all of which pass"))
	return nil
}

// place says which table is looked at, and where the suite finds it.
func (f *initFlags) place(what string) (suitefile.File, error) {
	at := suitefile.File{Local: suitefile.Local{Path: f.out}}
	if f.engine == bigqueryEngine {
		at.Suite = quality.Suite{Name: what[strings.LastIndexByte(what, '.')+1:], Table: what}
		return at, nil
	}
	if isPipe(what) {
		return at, fmt.Errorf("%s is a pipe, and init reads rows several times: write them to a file first", what)
	}
	if files.FormatOf(what, "") == "" {
		return at, fmt.Errorf("%s is called as no file of CSV, NDJSON or Parquet is: of a table in BigQuery say --project", what)
	}
	name := fileTable(what)
	at.Suite = quality.Suite{Name: name, Table: name}
	source := what
	if !filepath.IsAbs(what) && f.out != "" {
		var err error
		if source, err = filepath.Rel(filepath.Dir(f.out), what); err != nil {
			if source, err = filepath.Abs(what); err != nil {
				return at, err
			}
		}
	}
	at.Sources = []string{filepath.ToSlash(source)}
	return at, nil
}

var notInName = regexp.MustCompile(`[^\pL\pN]+`)

// fileTable makes a table's name of a file's.
func fileTable(path string) string {
	base := filepath.Base(path)
	for ext := filepath.Ext(base); ext != "" && ext != base && len(ext) < 10; ext = filepath.Ext(base) {
		base = strings.TrimSuffix(base, ext)
	}
	name := strings.Trim(notInName.ReplaceAllString(base, "_"), "_")
	if name == "" {
		return "rows"
	}
	return name
}

// draft looks at the table, and drafts a suite that passes.
func (p Process) draft(ctx context.Context, f initFlags, at suitefile.File, what string) (*profile.Draft, error) {
	var found *profile.Profile
	var notes, told []string
	var err error
	if len(at.Sources) > 0 {
		at, err = p.declareWritten(ctx, f, at, what)
	}
	if err == nil && len(at.Sources) > 0 {
		at, err = p.declareNulls(ctx, f, at)
	}
	if err == nil {
		found, notes, err = p.profile(ctx, f, at)
	}
	if err == nil && len(at.Sources) > 0 {
		at, told, err = p.declareFormats(ctx, f, at, found)
	}
	if err == nil && len(at.Dialect.Times) > 0 {
		found, notes, err = p.profile(ctx, f, at)
	}
	if err != nil {
		return nil, err
	}
	place := profile.Place{Suite: at.Suite.Name, Dialect: at.Dialect, Notes: slices.Concat(told, notes)}
	if len(at.Sources) > 0 {
		place.Source = at.Sources[0]
	}
	draft := found.Draft(place)
	for {
		why, err := p.failing(ctx, f, draft.YAML())
		if err != nil || len(why) == 0 {
			return draft, err
		}
		if draft.Drop(why); draft.Checks() == 0 {
			return nil, errors.New("nothing holds of the table that a suite could claim")
		}
	}
}

// profile looks at the table, with what is worth telling of its files.
func (p Process) profile(ctx context.Context, f initFlags, at suitefile.File) (*profile.Profile, []string, error) {
	j, err := p.openTable(ctx, f, at)
	if err != nil {
		return nil, nil, err
	}
	defer j.close()
	found, err := profile.Look(ctx, j.engine, j.now, at.Suite.Table)
	var notes []string
	if s, ok := j.local[at.Suite.Table].(interface{ Notes() []string }); ok {
		notes = s.Notes()
	}
	return found, notes, err
}

// failing runs a suite, and says which of its checks do not pass and why.
func (p Process) failing(ctx context.Context, f initFlags, text []byte) (map[int]string, error) {
	name := f.out
	if name == "" {
		name = "suite.yaml"
	}
	parsed, err := suitefile.Parse(name, text, checkKinds()...)
	if err != nil {
		return nil, fmt.Errorf("the suite that was drafted cannot be read: %w", err)
	}
	j, err := p.open(ctx, &request{flags: f.suiteFlags, files: parsed})
	if err != nil {
		return nil, err
	}
	defer j.close()
	report, err := quality.Run(ctx, j.engine, j.now, j.suites...)
	if err != nil {
		return nil, err
	}
	out := map[int]string{}
	for i, c := range report.Suites[0].Checks {
		if c.Verdict != quality.Pass {
			out[i] = c.Reason
		}
	}
	return out, nil
}

// write hands the suite over, and never over a file that is there unless it may.
func (f *initFlags) write(p Process, text []byte) error {
	if f.out == "" {
		_, err := p.Stdout.Write(text)
		return err
	}
	flag := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if f.force {
		flag = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	out, err := os.OpenFile(f.out, flag, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: --force writes over it", f.out)
	}
	if err != nil {
		return evaluationError{err}
	}
	_, err = out.Write(text)
	if err = errors.Join(err, out.Close()); err != nil {
		return evaluationError{err}
	}
	return nil
}
