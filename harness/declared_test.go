package harness

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

func declaredSuite(t *testing.T, texts map[string]string) suitefile.File {
	t.Helper()
	dir := t.TempDir()
	for name, text := range texts {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	suites, err := suitefile.Reader{Kinds: standard.Kinds(), ReadFile: os.ReadFile}.Load(filepath.Join(dir, "suite.yaml"))
	require.NoError(t, err)
	return suites[0]
}

// Its source, delimiter and types stand in the suite and in the registry, a part in each.
func TestDeclaredFilesAreReadAsTheSuiteSays(t *testing.T) {
	t.Setenv(EnvEngine, "rows")
	of := declaredSuite(t, map[string]string{
		"suite.yaml":  "suite: s\ntable: d.games\ntables: tables.yaml\ncolumns: {Player: STRING}\nchecks:\n- unique: [player]\n- only: [player]\n  of: {table: d.due}\n",
		"tables.yaml": "d.games:\n  source: games-*.csv\n  delimiter: ;\n  columns: {player: STRING, team: STRING}\nd.due:\n  source: due.csv\n  columns: {player: STRING}\nd.elsewhere:\n  date: day\n",
		"games-1.csv": "player;team\n007;1\n",
		"games-2.csv": "player;team\n7;1\n",
		"due.csv":     "player\n7\n007\n",
	})
	fixtures := Declared(of)
	require.Len(t, fixtures, 2, "nobody has said where d.elsewhere is")
	report := Judge(t, Load(t, fixtures...), of.Suite)
	require.Equal(t, quality.Pass, report.Verdict, report.Err())
}

func TestDeclaredColumnsAreRedacted(t *testing.T) {
	t.Setenv(EnvEngine, "rows")
	of := declaredSuite(t, map[string]string{
		"suite.yaml": "suite: s\ntable: d.games\nsource: games.csv\ntables:\n  d.games: {columns: {email: INT64}, redact: [email]}\nchecks:\n- complete: email\n",
		"games.csv":  "email\nsecret\n",
	})
	got := Judge(t, Load(t, Declared(of)...), of.Suite).Suites[0].Checks[0]
	require.Equal(t, quality.Unknown, got.Verdict)
	require.NotContains(t, got.Reason, "secret")
	require.Contains(t, got.Reason, "redacted")
}
