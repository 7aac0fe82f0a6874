package cli

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"os"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/suitefile"
)

// declareWritten finds how the text of a CSV file without commas is written: what parts
// its cells, and whether its numbers have a decimal comma.
func (p Process) declareWritten(ctx context.Context, f initFlags, at suitefile.File, path string) (suitefile.File, error) {
	if at.Dialect.Delimiter = delimiterOf(path); at.Dialect.Delimiter == "" {
		return at, nil
	}
	best, err := p.numbers(ctx, f, at)
	if err != nil {
		return at, err
	}
	written := at
	for _, thousands := range []string{"", ".", " ", "'"} {
		try := at
		try.Dialect.Decimal, try.Dialect.Thousands = ",", thousands
		more, err := p.numbers(ctx, f, try)
		if err != nil {
			return at, err
		}
		if len(more) > len(best) && containsAll(more, best) {
			written, best = try, more
		}
	}
	return written, nil
}

// numbers are the columns that are of numbers as the file is declared.
func (p Process) numbers(ctx context.Context, f initFlags, at suitefile.File) (map[string]bool, error) {
	j, err := p.openTable(ctx, f, at)
	if err != nil {
		return nil, err
	}
	defer j.close()
	source := j.local[at.Suite.Table]
	if s, ok := source.(expr.Settler); ok {
		if err := s.Settle(ctx); err != nil {
			return nil, err
		}
	}
	schema, err := source.Schema(ctx)
	out := map[string]bool{}
	for _, field := range schema {
		if field.Err == nil && (field.Type == expr.Int64 || field.Type == expr.Float64) {
			out[field.Name] = true
		}
	}
	return out, err
}

func containsAll(all, some map[string]bool) bool {
	for name := range some {
		if !all[name] {
			return false
		}
	}
	return true
}

// sampledLines is how many lines have to be parted alike by a delimiter.
const sampledLines = 100

// delimiterOf is what parts the cells of a CSV file in whose header no comma does: it
// stands equally often in each of the first lines. It is "" where a comma may do, or
// nothing else.
func delimiterOf(path string) string {
	lines := firstLines(path)
	if len(lines) < 2 || strings.Contains(lines[0], ",") {
		return ""
	}
	for _, delimiter := range []string{";", "\t", "|"} {
		if parted(lines, delimiter) {
			return strings.ReplaceAll(delimiter, "\t", `\t`)
		}
	}
	return ""
}

func parted(lines []string, delimiter string) bool {
	for _, name := range strings.Split(lines[0], delimiter) {
		if strings.Trim(name, " \"\r\ufeff") == "" {
			return false
		}
	}
	parts := strings.Count(lines[0], delimiter)
	for _, line := range lines {
		if outsideQuotes(line, delimiter) != parts {
			return false
		}
	}
	return parts > 0
}

// outsideQuotes counts a text where it is not within quotes.
func outsideQuotes(line, what string) int {
	n := 0
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			n += strings.Count(part, what)
		}
	}
	return n
}

// firstLines are whole lines of a file's text, or of the first file of a glob. What cannot
// be read is found out, and told, by who reads it next.
func firstLines(path string) []string {
	paths, err := files.Expand(path)
	if err != nil || len(paths) == 0 || files.FormatOf(paths[0], "") != "csv" {
		return nil
	}
	file, err := os.Open(paths[0])
	if err != nil {
		return nil
	}
	defer file.Close()
	var text io.Reader = file
	if strings.HasSuffix(strings.ToLower(paths[0]), ".gz") {
		if text, err = gzip.NewReader(file); err != nil {
			return nil
		}
	}
	var out []string
	for lines := bufio.NewScanner(text); len(out) < sampledLines && lines.Scan(); {
		if lines.Text() != "" {
			out = append(out, lines.Text())
		}
	}
	return out
}
