package files_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality/files"
)

const benchRows = 50_000

// csvRow is like a line of a box score: an id, a name, a date, whole numbers, a
// share that is sometimes NULL, a flag.
func csvRow(i int) string {
	usage := fmt.Sprintf("%.1f", float64(i%400)/10)
	if i%7 == 0 {
		usage = ""
	}
	return fmt.Sprintf("00223%05d,Player Nr %d,2023-%02d-%02d,BOS,LAL,%d,%d,%d,%d,%d,%d,%s,%t\n",
		i/20, i%500, 10+i%3, 1+i%28, i%48, i%30, i%20, i%15, i%12, i%9, usage, i%2 == 0)
}

const csvHeader = "game_id,player,date,team,opponent,minutes,points,assists,rebounds,steals,blocks,usage_rate,won\n"

func csvText(rows int) string {
	var b strings.Builder
	b.WriteString(csvHeader)
	for i := range rows {
		b.WriteString(csvRow(i))
	}
	return b.String()
}

func ndjsonText(rows int) string {
	names := strings.Split(strings.TrimSpace(csvHeader), ",")
	var b strings.Builder
	for i := range rows {
		for j, cell := range strings.Split(strings.TrimSpace(csvRow(i)), ",") {
			b.WriteString(map[bool]string{true: "{", false: ","}[j == 0])
			switch {
			case cell == "":
				cell = "null"
			case j < 5:
				cell = fmt.Sprintf("%q", cell)
			}
			fmt.Fprintf(&b, "%q:%s", names[j], cell)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func BenchmarkScan(b *testing.B) {
	texts := map[string]string{".csv": csvText(benchRows), ".csv.gz": csvText(benchRows), ".ndjson": ndjsonText(benchRows)}
	for _, columns := range [][]string{
		{"usage_rate"},
		{"game_id", "date", "minutes", "usage_rate"},
		strings.Split(strings.TrimSpace(csvHeader), ","),
	} {
		for _, ext := range []string{".csv", ".csv.gz", ".ndjson"} {
			b.Run(fmt.Sprintf("%s/%d columns", ext[1:], len(columns)), func(b *testing.B) {
				src := open(b, files.Options{}, write(b, "games"+ext, texts[ext]))
				schema(b, src)
				b.SetBytes(int64(len(texts[ext])))
				b.ReportAllocs()
				for b.Loop() {
					for _, err := range src.Scan(context.Background(), columns) {
						if err != nil {
							b.Fatal(err)
						}
					}
				}
				b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// BenchmarkSchema is the first pass, over all cells of all columns.
func BenchmarkSchema(b *testing.B) {
	for ext, text := range map[string]string{".csv": csvText(benchRows), ".ndjson": ndjsonText(benchRows)} {
		b.Run(ext[1:], func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "games"+ext)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				schema(b, open(b, files.Options{}, path))
			}
			b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkScanParquet(b *testing.B) {
	games := make([]parquetGame, benchRows)
	for i := range games {
		games[i] = parquetGame{ID: fmt.Sprintf("00223%05d", i/20), Share: float64(i%400) / 10}
		if i%7 != 0 {
			games[i].Points = new(int64(i % 30))
		}
	}
	path := filepath.Join(b.TempDir(), "games.parquet")
	if err := parquet.WriteFile(path, games); err != nil {
		b.Fatal(err)
	}
	src := open(b, files.Options{}, path)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range src.Scan(context.Background(), []string{"id", "points", "share"}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
