package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	bq "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality/bq/fakebq"
)

// windowFiles are rows and what was due, as files and as the fields of tables.
var windowFiles = map[string]struct {
	fields []string
	text   string
}{
	"played": {[]string{"player STRING", "day DATE", "season STRING", "points INTEGER", "minutes FLOAT"},
		"ann,2024-03-01,A,7,30\nann,2024-03-02,A,9,28\nann,2024-03-04,A,,31\nann,2024-03-05,A,4,0\nann,2024-03-06,A,6,22\nbob,2024-03-01,A,3,12\nbob,2024-03-03,A,5,14\nbob,2024-03-07,B,8,16\n"},
	"sheet": {[]string{"name STRING", "day DATE", "season STRING", "status STRING"},
		"ann,2024-03-01,A,played\nann,2024-03-02,A,played\nbob,2024-03-01,A,played\nbob,2024-03-02,A,out\nbob,2024-03-03,A,played\nbob,2024-03-05,B,played\nbob,2024-03-07,B,played\n"},
}

var windowSettings = []string{"--entity", "player", "--at", "day", "--reset", "season", "--value", "points", "--last", "2", "--days", "2",
	"--include-current", "--counted", "minutes > 0", "--expected-map", "player=name", "--expected-where", "status != 'out'"}

// windowOn runs the command against a fake of BigQuery that knows the tables' schemas.
func windowOn(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	srv := fakebq.New()
	code, stdout, stderr = windowOnServer(t, srv, args...)
	require.Empty(t, srv.Ran(), "nothing is run")
	return code, stdout, stderr
}

func windowOnServer(t *testing.T, srv *fakebq.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	srv.AddDataset("games", "EU")
	for name, f := range windowFiles {
		srv.AddTable("games", name, bq.Table{Location: "EU", Schema: &bq.TableSchema{Fields: fakebq.Columns(f.fields...)}})
	}
	var out, err bytes.Buffer
	code = Run(t.Context(), Process{
		Args: append([]string{"window"}, args...), Stdout: &out, Stderr: &err,
		LookupEnv:    func(string) (string, bool) { return "", false },
		Now:          func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		OpenBigQuery: func(ctx context.Context, _ string) (*bigquery.Client, error) { return srv.Client(ctx) },
	})
	return code, out.String(), err.String()
}

// The statement that is printed answers as the command does of the same rows.
func TestWindowPrintsTheStatementOfTables(t *testing.T) {
	ev := reference.Require(t)
	dir := t.TempDir()
	var tables []reference.Table
	for name, f := range windowFiles {
		table := reference.Table{Name: fakebq.Project + ".games." + name}
		var header []string
		for _, field := range f.fields {
			column, typ, _ := strings.Cut(field, " ")
			typ = map[string]string{"INTEGER": "INT64", "FLOAT": "FLOAT64"}[typ] + strings.TrimSuffix(strings.TrimSuffix(typ, "INTEGER"), "FLOAT")
			header, table.Columns = append(header, column), append(table.Columns, reference.Column{Name: column, Type: typ})
		}
		path := filepath.Join(dir, name+".csv")
		require.NoError(t, os.WriteFile(path, []byte(strings.Join(header, ",")+"\n"+f.text), 0o600))
		records, err := csv.NewReader(strings.NewReader(f.text)).ReadAll()
		require.NoError(t, err)
		for _, record := range records {
			table.Rows = append(table.Rows, valuesOf(t, table.Columns, record))
		}
		tables = append(tables, table)
	}
	code, byFile, stderr := windowOn(t, append(windowSettings, filepath.Join(dir, "played.csv"), "--expected", filepath.Join(dir, "sheet.csv"))...)
	require.Zero(t, code, stderr)
	code, statement, stderr := windowOn(t, append(windowSettings, "games.played", "--expected", "games.sheet", "--sql")...)
	require.Zero(t, code, stderr)
	db, err := ev.Load(t.Context(), tables...)
	require.NoError(t, err)
	res, err := db.Query(t.Context(), statement)
	require.NoError(t, err)

	got := map[string]string{}
	for _, row := range res.Rows {
		var cells []string
		for _, i := range []int{3, 4, 5, 6, 9, 10, 11, 12} {
			cell := ""
			if row[i] != nil {
				cell = fmt.Sprint(row[i])
			}
			cells = append(cells, cell)
		}
		got[fmt.Sprint(row[0], row[1])] = strings.Join(cells, ",")
	}
	want := map[string]string{}
	records, err := csv.NewReader(strings.NewReader(byFile)).ReadAll()
	require.NoError(t, err)
	for _, r := range records[1:] {
		want[fmt.Sprint(r[0], r[1])] = strings.Join(r[5:], ",")
	}
	require.Len(t, want, 8)
	require.Equal(t, want, got)
}

func valuesOf(t *testing.T, columns []reference.Column, record []string) []any {
	t.Helper()
	var out []any
	for i, text := range record {
		var v any
		switch {
		case text == "":
		case columns[i].Type == "DATE":
			day, err := civil.ParseDate(text)
			require.NoError(t, err)
			v = day
		case columns[i].Type == "INT64" || columns[i].Type == "FLOAT64":
			var n int64
			_, err := fmt.Sscan(text, &n)
			require.NoError(t, err)
			if v = n; columns[i].Type == "FLOAT64" {
				v = float64(n)
			}
		default:
			v = text
		}
		out = append(out, v)
	}
	return out
}

func TestWindowOfTablesRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no table":         {[]string{"--sql"}, exitUsage, "the windows are of a table: name it in the place of FILE"},
		"a format":         {[]string{"games.played", "--sql", "-o", "csv"}, exitUsage, "--input and --output are of files"},
		"strict":           {[]string{"games.played", "--sql", "--strict"}, exitUsage, "--strict judges windows"},
		"a project":        {[]string{"played.csv", "--project", "p"}, exitUsage, "name it with --into, or print the statement with --sql"},
		"an engine":        {[]string{"games.played", "--engine", "duck"}, exitUsage, `--engine "duck" is not known`},
		"a file's table":   {[]string{"played.csv", "--into", "games.form"}, exitUsage, "are about tables: add --engine bigquery"},
		"no days":          {[]string{"games.played", "--project", "p", "--into", "games.form", "--replace"}, exitUsage, "say which, with --from and --to or --date"},
		"costs of none":    {[]string{"games.played", "--engine", "emulator", "--into", "games.form", "--max-bytes", "7"}, exitUsage, "the emulator knows no costs"},
		"an absent table":  {[]string{"games.other", "--sql"}, exitUnknown, "games.other"},
		"an absent column": {[]string{"games.played", "--sql", "--value", "assists"}, exitUsage, `window "assists_avg_last_2_incl": there is no column "assists"`},
		"rows as oracle":   {[]string{"games.played", "--sql", "--expected", "games.played", "--expected-map", "player=player"}, exitUsage, "is the table of the rows itself"},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := windowOn(t, append([]string{"--entity", "player", "--at", "day", "--value", "points", "--last", "2", "--include-current"}, tc.args...)...)
			require.Equal(t, tc.code, code, stderr)
			require.Contains(t, stderr, tc.says)
			require.Empty(t, stdout)
		})
	}
}
