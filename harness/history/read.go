package history

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Skipped is a line that is no record, or records of a run that is not whole.
type Skipped struct {
	Line int // of the first
	Err  error
}

func (s Skipped) String() string { return fmt.Sprintf("line %d is skipped: %v", s.Line, s.Err) }

// Read reads the records of a file, each run once and whole, in their order. What is
// none is skipped and told, by its line.
func (f File) Read(ctx context.Context) ([]Record, []Skipped, error) {
	file, err := os.Open(string(f))
	if err != nil {
		return nil, nil, fmt.Errorf("history: %w", err)
	}
	defer file.Close()
	out, skipped, err := read(ctx, file)
	if err != nil {
		return nil, nil, fmt.Errorf("history %s: %w", string(f), err)
	}
	return out, skipped, nil
}

func read(ctx context.Context, in io.Reader) ([]Record, []Skipped, error) {
	var skipped []Skipped
	seen := newRuns()
	err := eachLine(ctx, in, func(n int, line []byte, ended bool) {
		if len(bytes.TrimSpace(line)) == 0 {
			return
		}
		r, err := recordOf(line)
		switch {
		case err != nil && !ended:
			err = fmt.Errorf("it is torn, as by a run that was killed or is still writing: %w", err)
		case errors.As(err, new(*json.SyntaxError)):
			err = fmt.Errorf("it is torn, as by a run that was killed: %w", err)
		}
		if err != nil {
			skipped = append(skipped, Skipped{n, err})
			return
		}
		seen.add(r, n)
	})
	if err != nil {
		return nil, nil, err
	}
	for _, r := range seen.order {
		if !r.isWhole() {
			skipped = append(skipped, Skipped{r.line, fmt.Errorf("run %s has %d records, and %d of them are here", r.records[0].RunID, r.records[0].Records, len(r.records))})
		}
	}
	slices.SortStableFunc(skipped, func(a, b Skipped) int { return a.Line - b.Line })
	return seen.whole(), skipped, nil
}

// recordOf reads a line.
func recordOf(line []byte) (Record, error) {
	var r Record
	if err := json.Unmarshal(line, &r); err != nil {
		return r, err
	}
	switch {
	case r.SchemaVersion < 1:
		return r, errors.New("it has no schema_version, and is no record of a history")
	case r.SchemaVersion > SchemaVersion:
		return r, fmt.Errorf("its schema_version is %d, and this program reads up to %d: use a newer one", r.SchemaVersion, SchemaVersion)
	case r.RunID == "" || r.Number < 1 || r.Records < r.Number:
		return r, fmt.Errorf("it is record %d of %d of run %q, which none is", r.Number, r.Records, r.RunID)
	case r.Record == OfFinding && !r.isFinding():
		return r, errors.New("it is a finding without a check_id or a verdict")
	}
	return r, nil
}

// eachLine calls do with each line, its number and whether it has an end.
func eachLine(ctx context.Context, in io.Reader, do func(n int, line []byte, ended bool)) error {
	lines := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ; n++ {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			do(n, line, err == nil)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
