// Compare measures intact check beside DuckDB on the same files: whole processes, by
// turns, each several times.
//
//	go run ./.ci/compare [-times 5] [-work FOLDER]
//
// It wants node, and fetches the DuckDB that package.json pins. The rows are those of
// testdata, twenty times over. What it prints is medians, with the least and the most
// beside them, and the load of the machine.
package main

import (
	"bufio"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// The columns of the league that are checked: four of them together, or each by itself.
const (
	few = "minutes_played, points, usage_rate, rebounds"
	all = "game_id, game_date, team, opponent, player_lookup, is_dnp, minutes_played, points, field_goals_made, field_goal_attempts, " +
		"three_pointers_made, free_throws_made, free_throw_attempts, offensive_rebounds, rebounds, assists, turnovers, usage_rate"
)

func main() {
	times := flag.Int("times", 5, "how often each is run")
	work := flag.String("work", "", "a folder to keep the files in (default: one that is removed)")
	flag.Parse()
	if err := run(*work, *times); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(work string, times int) error {
	if work == "" {
		dir, err := os.MkdirTemp("", "compare-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		work = dir
	}
	if err := prepare(work); err != nil {
		return err
	}
	fmt.Printf("load before: %s", load())
	for _, t := range tasks() {
		if err := t.write(work); err != nil {
			return err
		}
		var ours, theirs []usage
		for range times {
			o, err := measure(work, "./intact", "check", t.name+".yaml")
			if err != nil {
				return err
			}
			d, err := measure(work, "node", "duckdb.mjs", t.name+".sql")
			if err != nil {
				return err
			}
			ours, theirs = append(ours, o), append(theirs, d)
		}
		fmt.Printf("%-16s", t.name)
		for _, m := range []struct {
			name string
			of   func(usage) float64
		}{
			{"CPU s", func(u usage) float64 { return u.cpu.Seconds() }},
			{"wall s", func(u usage) float64 { return u.wall.Seconds() }},
			{"peak MiB", func(u usage) float64 { return float64(u.peak) / 1024 }},
		} {
			a, b := spread(ours, m.of), spread(theirs, m.of)
			fmt.Printf(" | %s %.2f (%.2f–%.2f) against %.2f (%.2f–%.2f): %.2f", m.name, a[1], a[0], a[2], b[1], b[0], b[2], a[1]/b[1])
		}
		fmt.Println()
	}
	fmt.Printf("load after: %s", load())
	return nil
}

func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	return string(text)
}

// spread is the least, the median and the most.
func spread(all []usage, of func(usage) float64) [3]float64 {
	var v []float64
	for _, u := range all {
		v = append(v, of(u))
	}
	slices.Sort(v)
	return [3]float64{v[0], v[len(v)/2], v[len(v)-1]}
}

type usage struct {
	cpu, wall time.Duration
	peak      int64 // KiB
}

// measure runs a command to its end. A check that fails has run as well.
func measure(dir, name string, args ...string) (usage, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if cmd.ProcessState == nil || name == "node" && err != nil || cmd.ProcessState.ExitCode() > 1 {
		return usage{}, fmt.Errorf("%s %v: %w\n%s", name, args, err, out.String())
	}
	r := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall, r.Maxrss}, nil
}

// prepare builds the command, fetches DuckDB and makes the files.
func prepare(work string) error {
	if err := command(".", "go", "build", "-o", filepath.Join(work, "intact"), "./harness/cmd/intact"); err != nil {
		return err
	}
	for _, name := range []string{"package.json", "duckdb.mjs"} {
		data, err := os.ReadFile(filepath.Join(".ci/compare", name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(work, name), data, 0o600); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(work, "node_modules")); err != nil {
		if err := command(work, "npm", "install", "--no-audit", "--no-fund", "--silent"); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(work, "league.parquet")); err == nil {
		return nil
	}
	if err := league(filepath.Join(work, "league.csv")); err != nil {
		return err
	}
	sql := "COPY (FROM 'league.csv') TO 'league.ndjson' (FORMAT json);\nCOPY (FROM 'league.csv') TO 'league.parquet' (FORMAT parquet);\n"
	if err := os.WriteFile(filepath.Join(work, "make.sql"), []byte(sql), 0o600); err != nil {
		return err
	}
	return command(work, "node", "duckdb.mjs", "make.sql")
}

func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stdout, os.Stderr
	return cmd.Run()
}

// league writes the rows of testdata twenty times, a piece at a time: what a process
// holds when it starts another counts as that one's peak.
func league(path string) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	for i := range 20 {
		f, err := os.Open("testdata/clean/player_game.csv.gz")
		if err != nil {
			return err
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		rows := bufio.NewReader(z)
		if i > 0 {
			if _, err := rows.ReadString('\n'); err != nil {
				return err
			}
		}
		if _, err := io.Copy(out, rows); err != nil {
			return err
		}
		f.Close()
	}
	return out.Close()
}

// task is completeness by season: of some columns together, or of each.
type task struct {
	name, file, columns string
	each                bool
}

func tasks() []task {
	return []task{
		{"csv", "league.csv", few, false}, {"csv-each-column", "league.csv", all, true},
		{"ndjson", "league.ndjson", few, false}, {"parquet", "league.parquet", few, false},
	}
}

func (t task) write(work string) error {
	var checks, counts, both []string
	for c := range strings.SplitSeq(t.columns, ", ") {
		checks = append(checks, fmt.Sprintf("  - {complete: %s, by: season, at_least: 1%%}", c))
		counts = append(counts, fmt.Sprintf("count(%s)", c))
		both = append(both, c+" IS NOT NULL")
	}
	if !t.each {
		checks = []string{fmt.Sprintf("  - {complete: [%s], by: season, at_least: 1%%}", t.columns)}
		counts = []string{"count(*) FILTER (WHERE " + strings.Join(both, " AND ") + ")"}
	}
	suite := fmt.Sprintf("suite: s\ntable: d.t\nsource: %s\nchecks:\n%s\n", t.file, strings.Join(checks, "\n"))
	sql := fmt.Sprintf("SELECT season, count(*), %s FROM '%s' GROUP BY season", strings.Join(counts, ", "), t.file)
	if err := os.WriteFile(filepath.Join(work, t.name+".yaml"), []byte(suite), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(work, t.name+".sql"), []byte(sql), 0o600)
}
