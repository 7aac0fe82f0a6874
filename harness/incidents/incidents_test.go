package incidents

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/cli"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/claim"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/rolling/audit"
)

func TestIncidents(t *testing.T) {
	all, err := enginetest.ReadIncidents(os.DirFS("."), "*.txt")
	require.NoError(t, err)
	s := score{judged: map[string]bool{}, missed: map[string]bool{}, alarms: map[string]bool{}}
	var shown []enginetest.Incident
	for _, c := range all {
		if c.Open != "" {
			t.Logf("open: %s %s %s", c.ID, c.Title, c.Open)
			continue
		}
		shown = append(shown, c)
	}
	t.Run("memory", func(t *testing.T) { s.inMemory(t, shown) })
	t.Run("refused", func(t *testing.T) { s.refused(t, shown) })
	t.Run("command", func(t *testing.T) { s.commands(t, shown) })
	t.Run("emulator", func(t *testing.T) { s.onEmulator(t, shown) })
	t.Run("written to files", func(t *testing.T) { s.writesToFiles(t, shown) })
	t.Run("written to tables", func(t *testing.T) { s.writesToTables(t, shown) })
	t.Logf("caught %d of %d, false alarms %d", len(s.judged)-len(s.missed), len(all), len(s.alarms))
}

// score is the incidents whose broken twin was looked at, those where it was not found as
// it must be, and those with an alarm on the clean one.
type score struct{ judged, missed, alarms map[string]bool }

// half is a twin of an incident with its suite, where that is to be run.
type half struct {
	enginetest.Incident
	twin   *enginetest.Twin
	broken bool
}

func halves(all []enginetest.Incident, engine string) []half {
	var out []half
	for _, c := range all {
		if c.Broken.Finds == "" || c.Only != "" && c.Only != engine {
			continue
		}
		out = append(out, half{c, &c.Broken, true})
		if c.Clean != nil {
			out = append(out, half{c, c.Clean, false})
		}
	}
	return out
}

func (s score) judge(t *testing.T, h half, r quality.SuiteReport) {
	t.Helper()
	name, counts := "clean", s.alarms
	if h.broken {
		name, counts = "broken", s.missed
		s.judged[h.ID] = true
	}
	t.Run(h.ID+"/"+name, func(t *testing.T) {
		problem := h.twin.Judge(r)
		if !h.broken && r.Verdict >= quality.Unknown {
			problem = fmt.Sprintf("the suite is not silent: %s %s", r.Verdict, h.twin.Judge(r))
		}
		if problem != "" {
			counts[h.ID] = true
			t.Errorf("%s: %s: %s", h.At, h.Title, problem)
		}
	})
}

func (s score) inMemory(t *testing.T, all []enginetest.Incident) {
	for _, h := range halves(all, "memory") {
		suite, err := suiteOf(h.Incident, func(table string) string { return table })
		require.NoError(t, err)
		report, err := quality.Run(t.Context(), memory(h.twin.Tables), h.Clock, suite)
		require.NoError(t, err, h.At)
		s.judge(t, h, report.Suites[0])
	}
}

// suiteOf is the suite of an incident, or the checks of its features.
func suiteOf(c enginetest.Incident, name func(table string) string) (quality.Suite, error) {
	if !c.Features {
		return c.In(name, audit.Kinds()...)
	}
	file, text := c.Written(name)
	sets, err := features.Parse(file, []byte(text))
	if err != nil {
		return quality.Suite{}, err
	}
	s := sets[0].Set.Checks()
	s.RowsAtFault = new(int)
	return s, nil
}

func memory(tables []enginetest.Table) quality.Engine {
	sources := map[string]expr.Source{}
	for _, table := range tables {
		sources[table.Name] = enginetest.Source(table)
	}
	return rows.NewEngine(sources)
}

// onEmulator runs the twins of a file that share a clock as one plan, each on an emulator of
// its own: one takes the longer for a table the more it has had.
func (s score) onEmulator(t *testing.T, all []enginetest.Incident) {
	if testing.Short() {
		t.Skip("the twins on the emulator take half a minute, which -short leaves out")
	}
	emulator.Require(t)
	plans := map[string][]half{}
	for _, h := range halves(all, "emulator") {
		file, _, _ := strings.Cut(h.At, ".")
		plan := file + h.Clock.Format(" 2006-01-02")
		plans[plan] = append(plans[plan], h)
	}
	for _, name := range slices.Sorted(maps.Keys(plans)) {
		t.Run(name, func(t *testing.T) { s.plan(t, plans[name]) })
	}
}

func (s score) plan(t *testing.T, twins []half) {
	srv, err := emulator.Start(t.Context())
	require.NoError(t, err)
	defer srv.Close()
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	ds, err := srv.CreateDataset(t.Context(), client, emulator.UniqueID(t.Name()))
	require.NoError(t, err)
	defer func() { assert.NoError(t, ds.Remove(context.WithoutCancel(t.Context()))) }()
	loaded := map[string]string{} // names by contents: most tables of two twins are one
	var suites []quality.Suite
	for i, h := range twins {
		names := map[string]string{}
		for _, table := range h.twin.Tables {
			contents := fmt.Sprintf("%#v", table)
			if loaded[contents] == "" {
				name := fmt.Sprintf("%s_%d", strings.ReplaceAll(table.Name, ".", "_"), i)
				_, err := ds.Load(t.Context(), name, enginetest.Source(table))
				require.NoError(t, err, h.At)
				loaded[contents] = ds.ID + "." + name
			}
			names[table.Name] = loaded[contents]
		}
		suite, err := suiteOf(h.Incident, func(table string) string { return names[table] })
		require.NoError(t, err)
		suite.Name = fmt.Sprint(i)
		suites = append(suites, suite)
	}
	engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	report, err := quality.Run(t.Context(), engine, twins[0].Clock, suites...)
	require.NoError(t, err)
	for i, h := range twins {
		s.judge(t, h, report.Suites[i])
	}
}

// refused suites fail before a row is read.
func (s score) refused(t *testing.T, all []enginetest.Incident) {
	for _, c := range all {
		if c.Refused == nil {
			continue
		}
		s.judged[c.ID] = true
		t.Run(c.ID, func(t *testing.T) {
			suite, err := suiteOf(c, func(table string) string { return table })
			if err == nil {
				_, err = quality.Run(t.Context(), memory(c.Broken.Tables), c.Clock, suite)
			}
			for _, says := range c.Refused {
				if !assert.ErrorContains(t, err, says, "%s: %s", c.At, c.Title) {
					s.missed[c.ID] = true
				}
			}
		})
	}
}

func (s score) commands(t *testing.T, all []enginetest.Incident) {
	for _, c := range all {
		if c.Command == nil {
			continue
		}
		s.judged[c.ID] = true
		t.Run(c.ID+"/broken", func(t *testing.T) {
			code, said := run(t, c, c.Broken)
			ok := assert.Equal(t, c.Command.Exit, code, "%s: %s:\n%s", c.At, c.Title, said)
			for _, says := range c.Command.Says {
				ok = assert.Contains(t, said, says, "%s: %s", c.At, c.Title) && ok
			}
			if !ok {
				s.missed[c.ID] = true
			}
		})
		if c.Clean == nil {
			continue
		}
		t.Run(c.ID+"/clean", func(t *testing.T) {
			if code, said := run(t, c, *c.Clean); !assert.Zero(t, code, "%s: %s:\n%s", c.At, c.Title, said) {
				s.alarms[c.ID] = true
			}
		})
	}
}

// run is intact on the tables as files.
func run(t *testing.T, c enginetest.Incident, twin enginetest.Twin) (code int, said string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("suite.yaml", c.Suite)
	claimed(t, filepath.Join(dir, "claims"), twin.Claims, c.Clock)
	for _, table := range twin.Tables {
		_, name, _ := strings.Cut(table.Name, ".")
		write(name+".csv", csvOf(t, table))
	}
	t.Chdir(dir)
	var out bytes.Buffer
	code = cli.Run(t.Context(), cli.Process{
		Args: c.Command.Args, Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &out,
		LookupEnv: func(name string) (string, bool) { return "claims", name == "INTACT_STORE" },
		Now:       func() time.Time { return c.Clock },
		Sleep:     func(ctx context.Context, _ time.Duration) error { <-ctx.Done(); return ctx.Err() },
	})
	return code, out.String()
}

// claimed has others claim what they do in a store.
func claimed(t *testing.T, store string, all []enginetest.Claim, now time.Time) {
	t.Helper()
	m, err := claim.NewManager(claim.NewFiles(store), claim.Options{Now: func() time.Time { return now }, Rand: rand.Reader})
	require.NoError(t, err)
	for _, c := range all {
		_, err := m.Acquire(t.Context(), claim.Request{Table: c.Table, Dates: claim.Dates{From: c.From, To: c.To}, Owner: c.Owner})
		require.NoError(t, err)
	}
}

func csvOf(t *testing.T, table enginetest.Table) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	var names []string
	for _, f := range table.Schema {
		names = append(names, f.Name)
	}
	require.NoError(t, w.Write(names))
	for _, row := range table.Rows {
		cells := make([]string, len(row))
		for i, v := range row {
			if !v.IsNull() {
				cells[i] = v.String()
			}
		}
		require.NoError(t, w.Write(cells))
	}
	w.Flush()
	require.NoError(t, w.Error())
	return b.String()
}
