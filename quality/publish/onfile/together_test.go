package onfile_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/publish"
	"github.com/intactdata/intact/quality/publish/onfile"
)

// Writers of other days at the same time: each gets in, and none raises a false alarm.
func TestHonestWritersOfOtherDays(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "team_game.csv", "game_date,team,points\n")
	const writers = 8
	var wg sync.WaitGroup
	errs := make([]error, writers)
	for i := range writers {
		rows := source(t, put(t, dir, fmt.Sprintf("rows%d.csv", i), fmt.Sprintf("game_date,team,points\n2026-01-%02d,NYK,%d\n", i+1, 90+i)))
		wg.Go(func() {
			r := request(path, rows)
			r.From, r.To, r.Run, r.Token = day(i+1), day(i+1), fmt.Sprint(i), int64(writers-i)
			report, err := publish.Run(t.Context(), r)
			if err == nil && !report.Published {
				err = fmt.Errorf("refused: %s", report.Reason)
			}
			errs[i] = err
		})
	}
	wg.Wait()
	for i, err := range errs {
		require.NoError(t, err, i)
	}
	got := get(t, path)
	for i := range writers {
		assert.Contains(t, got, fmt.Sprintf("2026-01-%02d,NYK,%d\n", i+1, 90+i))
	}
	assert.Equal(t, writers+1, strings.Count(got, "\n"))
}

// A reader sees whole states and no others: as many rows of each day, all of one run.
func TestAReaderSeesWholeStates(t *testing.T) {
	dir := t.TempDir()
	const rows, runs = 400, 25
	state := func(run int) string {
		var b strings.Builder
		b.WriteString("game_date,team,points\n")
		for i := range rows {
			fmt.Fprintf(&b, "2026-01-04,T%d,%d\n", i, run)
		}
		return b.String()
	}
	path := put(t, dir, "team_game.csv", state(0))
	known := map[string]bool{}
	for run := range runs + 1 {
		known[state(run)] = true
	}
	done, looks := make(chan struct{}), 0
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			text, err := os.ReadFile(path)
			if err != nil || !known[string(text)] {
				t.Errorf("a reader saw %d bytes of no whole state: %v", len(text), err)
				return
			}
			looks++
			select {
			case <-done:
				return
			default:
			}
		}
	})
	for run := 1; run <= runs; run++ {
		r := request(path, source(t, put(t, dir, "rows.csv", state(run))))
		r.Run = fmt.Sprint(run)
		report, err := publish.Run(t.Context(), r)
		require.NoError(t, err)
		require.True(t, report.Published, report.Reason)
	}
	close(done)
	wg.Wait()
	t.Logf("%d looks", looks)
}

// Who has been overtaken cannot publish, however far it has got; on other days it can.
func TestALowerToken(t *testing.T) {
	l := newLeague(t)
	late := l.request(t, nil)
	late.Token = 3
	ctx := t.Context()
	info, err := late.Target.Look(ctx)
	require.NoError(t, err)
	w := publish.Write{Table: table, Date: "game_date", From: day(4), To: day(4), Run: "late", Token: 3}
	inRange, err := daysOf(info.Schema, day(4), day(4))
	require.NoError(t, err)
	w.Days = inRange
	staged, err := late.Target.Stage(ctx, w, source(t, put(t, l.dir, "late.csv", "game_date,team,points\n2026-01-04,NYK,1\n")))
	require.NoError(t, err)

	next := l.request(t, nil)
	next.Token = 4
	r, err := publish.Run(ctx, next)
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)

	err = staged.Swap(ctx) // it wakes
	overtaken := new(publish.OvertakenError)
	require.ErrorAs(t, err, &overtaken)
	assert.EqualValues(t, 4, overtaken.Seen)
	require.NoError(t, staged.Discard(ctx))
	assert.Equal(t, after, get(t, l.path))

	other := request(l.path, source(t, put(t, l.dir, "other.csv", "game_date,team,points\n2026-01-03,BOS,100\n")))
	other.From, other.To, other.Token, other.Run = day(3), day(3), 3, "other"
	r, err = publish.Run(ctx, other)
	require.NoError(t, err)
	assert.True(t, r.Published, r.Reason)
}

// A write that nobody finished is none: what came after it stays, and its run can be tried
// again.
func TestAWriteThatNobodyFinished(t *testing.T) {
	l := newLeague(t)
	sys := &failing{System: onfile.Machine(), how: "death before", stop: func() {}}
	for sys.name != "rename" || !strings.Contains(get(t, filepath.Join(l.dir, ".team_game.csv.fence")), `"r1"`) {
		l = newLeague(t)
		sys = &failing{System: onfile.Machine(), at: sys.at + 1, how: "death before", stop: func() {}}
		_, err := publish.Run(t.Context(), l.request(t, sys))
		require.Error(t, err)
		if _, err := os.Stat(filepath.Join(l.dir, ".team_game.csv.fence")); err != nil {
			sys.name = ""
		}
	}
	require.Equal(t, before, get(t, l.path))
	other := request(l.path, source(t, put(t, l.dir, "other.csv", "game_date,team,points\n2026-01-03,BOS,100\n")))
	other.From, other.To, other.Run = day(3), day(3), "other"
	r, err := publish.Run(t.Context(), other)
	require.NoError(t, err)
	require.True(t, r.Published)
	r, err = publish.Run(t.Context(), l.request(t, nil))
	require.NoError(t, err)
	require.True(t, r.Published, "the run is not in the table, whatever the fence said of it")
	assert.Contains(t, get(t, l.path), "2026-01-03,BOS,100\n")
	assert.Contains(t, get(t, l.path), "2026-01-04,NYK,98\n")
}

// Every format: what stands outside of the days keeps its bytes.
func TestFormats(t *testing.T) {
	const ndjson = `{"game_date":"2026-01-03", "team":"BOS","points":101}` + "\n" + `{"game_date":"2026-01-04","team":"NYK","points":99}`
	rows := "game_date,team,points\n2026-01-04,NYK,98\n"
	for name, c := range map[string]struct{ there, after string }{
		"team_game.ndjson":  {ndjson, `{"game_date":"2026-01-03", "team":"BOS","points":101}` + "\n" + `{"game_date":"2026-01-04","team":"NYK","points":98}` + "\n"},
		"crlf.csv":          {"game_date,team,points\r\n2026-01-03,BOS,101\r\n2026-01-04,NYK,99", "game_date,team,points\r\n2026-01-03,BOS,101\r\n2026-01-04,NYK,98\r\n"},
		"no_end.csv":        {"game_date,team,points\n2026-01-03,BOS,101", "game_date,team,points\n2026-01-03,BOS,101\n2026-01-04,NYK,98\n"},
		"header.csv":        {"game_date,team,points", "game_date,team,points\n2026-01-04,NYK,98\n"},
		"new.csv":           {"", "game_date,team,points\n2026-01-04,NYK,98\n"},
		"new.ndjson":        {"", `{"game_date":"2026-01-04","team":"NYK","points":98}` + "\n"},
		"zipped.csv.gz":     {"game_date,team,points\n2026-01-03,BOS,101\n2026-01-04,NYK,99\n", "game_date,team,points\n2026-01-03,BOS,101\n2026-01-04,NYK,98\n"},
		"without a row.csv": {"game_date,team,points\n", "game_date,team,points\n2026-01-04,NYK,98\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			if c.there != "" {
				put(t, dir, name, zipped(t, name, c.there))
			}
			r, err := publish.Run(t.Context(), request(path, source(t, put(t, dir, "rows.csv", rows))))
			require.NoError(t, err)
			require.True(t, r.Published, r.Reason)
			assert.Equal(t, c.after, unzipped(t, name, get(t, path)))
		})
	}
}

// What a cell holds is what is read again, whatever it is.
func TestCellsAreReadAsTheyWereSent(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "odd [1].csv", "game_date,team,points\r\n2026-01-03,BOS,101\r\n")
	rows := put(t, dir, "rows.csv", "game_date,team,points\n2026-01-04,\"a,\"\"b\"\"\n c \",7\n")
	r, err := publish.Run(t.Context(), request(path, source(t, rows)))
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	assert.Equal(t, "game_date,team,points\r\n2026-01-03,BOS,101\r\n2026-01-04,\"a,\"\"b\"\"\n c \",7\r\n", get(t, path))
}

func zipped(t *testing.T, name, text string) string {
	t.Helper()
	if !strings.HasSuffix(name, ".gz") {
		return text
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

func unzipped(t *testing.T, name, text string) string {
	t.Helper()
	if !strings.HasSuffix(name, ".gz") {
		return text
	}
	r, err := gzip.NewReader(strings.NewReader(text))
	require.NoError(t, err)
	out, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(out)
}

// A link to the table stays one.
func TestALinkStays(t *testing.T) {
	l := newLeague(t)
	link := filepath.Join(l.dir, "link.csv")
	require.NoError(t, os.Symlink(l.path, link))
	r, err := publish.Run(t.Context(), request(link, source(t, put(t, l.dir, "r.csv", "game_date,team,points\n2026-01-04,NYK,98\n"))))
	require.NoError(t, err)
	require.True(t, r.Published, r.Reason)
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
	assert.Contains(t, get(t, l.path), "NYK,98")
}
