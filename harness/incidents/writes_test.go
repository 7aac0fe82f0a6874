package incidents

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/publish/onfile"
)

// writesToFiles publishes the rows that jobs have sent into files.
func (s score) writesToFiles(t *testing.T, all []enginetest.Incident) {
	s.writes(t, all, func(t *testing.T, _ enginetest.Incident, twin *enginetest.Twin) (publish.Target, func(string) string) {
		dir := t.TempDir()
		out := &onfile.Table{Name: twin.Write.Name, Path: filepath.Join(dir, "table.csv"), Others: map[string]expr.Source{}}
		for _, table := range twin.Tables {
			if table.Name != twin.Write.Name {
				out.Others[table.Name] = enginetest.Source(table)
				continue
			}
			require.NoError(t, os.WriteFile(out.Path, []byte(csvOf(t, table)), 0o600))
			out.Options = files.Options{Types: map[string]expr.Type{}}
			for _, f := range table.Schema {
				out.Options.Types[f.Name] = f.Type
			}
		}
		return out, func(name string) string { return name }
	})
}

// writesToTables publishes them into tables of an emulator.
func (s score) writesToTables(t *testing.T, all []enginetest.Incident) {
	if testing.Short() {
		t.Skip("the writes on the emulator take ten seconds, which -short leaves out")
	}
	emulator.Require(t)
	s.writes(t, all, func(t *testing.T, c enginetest.Incident, twin *enginetest.Twin) (publish.Target, func(string) string) {
		srv, err := emulator.Start(t.Context()) // one takes the longer the more it has been asked
		require.NoError(t, err)
		t.Cleanup(func() { srv.Close() })
		client, err := srv.Client(t.Context())
		require.NoError(t, err)
		t.Cleanup(func() { client.Close() })
		ds, err := srv.CreateDataset(t.Context(), client, emulator.UniqueID(c.ID))
		require.NoError(t, err)
		name := func(table string) string { return ds.ID + "." + strings.ReplaceAll(table, ".", "_") }
		for _, table := range twin.Tables {
			_, err := ds.Load(t.Context(), strings.ReplaceAll(table.Name, ".", "_"), enginetest.Source(table))
			require.NoError(t, err)
		}
		engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
		require.NoError(t, err)
		return &bq.Into{Engine: engine, Table: name(twin.Write.Name), Now: time.Now}, name
	})
}

func (s score) writes(t *testing.T, all []enginetest.Incident, open func(*testing.T, enginetest.Incident, *enginetest.Twin) (publish.Target, func(string) string)) {
	for _, c := range all {
		if c.Broken.Write == nil {
			continue
		}
		s.judged[c.ID] = true
		for _, twin := range []*enginetest.Twin{&c.Broken, c.Clean} {
			name, counts := "broken", s.missed
			if twin == c.Clean {
				name, counts = "clean", s.alarms
			}
			t.Run(c.ID+"/"+name, func(t *testing.T) {
				target, names := open(t, c, twin)
				report, err := written(t, c, twin, target, names)
				require.NoError(t, err, c.At)
				if problem := wrong(c, twin, report); problem != "" {
					counts[c.ID] = true
					t.Errorf("%s: %s: %s", c.At, c.Title, problem)
				}
			})
		}
	}
}

// written publishes the rows of a twin.
func written(t *testing.T, c enginetest.Incident, twin *enginetest.Twin, target publish.Target, name func(string) string) (*publish.Report, error) {
	t.Helper()
	suite, err := suiteOf(c, name)
	require.NoError(t, err)
	r := publish.Request{
		Target: lossy{target, twin.Write.Dropped}, Table: suite.Table, Rows: enginetest.Source(twin.Write.Table),
		Date: suite.Date, From: twin.Write.From, To: twin.Write.To, Suites: []quality.Suite{suite}, Aside: kept{},
		Run: "r1", Token: 1, Now: c.Clock,
	}
	for _, of := range suite.Tables {
		if of.Name == suite.Table {
			r.Key = of.Key
		}
	}
	return publish.Run(t.Context(), r)
}

// wrong is how what became of a write differs from what should have.
func wrong(c enginetest.Incident, twin *enginetest.Twin, r *publish.Report) string {
	said := r.Reason
	for _, s := range r.SetAside {
		said += fmt.Sprintf("\n%s: %d of %d", s.ID, s.Rows, r.Read)
	}
	says := c.Aside
	switch {
	case twin == c.Clean:
		if r.Published && r.Aside == 0 && r.Verdict == quality.Pass {
			return ""
		}
		return "it is not published whole: " + said
	case c.Blocks != nil:
		if says = c.Blocks; r.Published {
			return "it is published"
		}
	default:
		if said += fmt.Sprintf("\n%d rows published, %d set aside", r.Sent, r.Aside); !r.Published {
			return "it is not published: " + said
		}
	}
	for _, part := range says {
		if !strings.Contains(said, strings.TrimSpace(part)) {
			return fmt.Sprintf("it does not say %q: %s", part, said)
		}
	}
	return ""
}

// kept reads what is set aside, and keeps it nowhere.
type kept struct{}

func (kept) Keep(ctx context.Context, _ string, rows expr.Source) error {
	schema, err := rows.Schema(ctx)
	if err != nil {
		return err
	}
	for _, err := range rows.Scan(ctx, schema.Names()) {
		if err != nil {
			return err
		}
	}
	return nil
}

// lossy is a target that loses the last rows on the way, without a word.
type lossy struct {
	publish.Target
	rows int
}

func (l lossy) Stage(ctx context.Context, w publish.Write, rows expr.Source) (publish.Staged, error) {
	if l.rows == 0 {
		return l.Target.Stage(ctx, w, rows)
	}
	return l.Target.Stage(ctx, w, shortened{rows, l.rows})
}

// shortened is rows without the last ones of each batch.
type shortened struct {
	expr.Source
	by int
}

func (s shortened) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range s.Source.Scan(ctx, columns) {
			if err == nil {
				less := *b
				less.Rows = max(0, b.Rows-s.by)
				b = &less
			}
			if !yield(b, err) {
				return
			}
		}
	}
}
