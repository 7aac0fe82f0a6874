package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/harness/internal/profile"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/quality/suitefile"
)

// What is declared of local files by init: which texts stand for no value, and how dates
// are written. Whoever edits the suite sees it there, and decides.

// declareNulls finds the texts that keep columns from being decided, which stand for
// no value, until there are no more.
func (p Process) declareNulls(ctx context.Context, f initFlags, at suitefile.File) (suitefile.File, error) {
	for range 10 {
		j, err := p.openTable(ctx, f, at)
		if err != nil {
			return at, err
		}
		odd, err := oddTexts(ctx, j.local[at.Suite.Table])
		j.close()
		if err != nil {
			return at, err
		}
		before := len(at.Dialect.Nulls)
		for _, text := range odd {
			if !slices.Contains(at.Dialect.Nulls, text) {
				at.Dialect.Nulls = append(at.Dialect.Nulls, text)
			}
		}
		if len(at.Dialect.Nulls) == before {
			break
		}
	}
	return at, nil
}

// oddTexts are those of local rows that stand for no value in their columns.
func oddTexts(ctx context.Context, source expr.Source) ([]string, error) {
	s, ok := source.(expr.Settler)
	if !ok {
		return nil, nil
	}
	if err := s.Settle(ctx); err != nil {
		return nil, err
	}
	schema, err := source.Schema(ctx)
	var out []string
	for _, f := range schema {
		var odd *expr.OddCellsError
		if errors.As(f.Err, &odd) {
			out = append(out, odd.Odd...)
		}
	}
	return out, err
}

// declareFormats finds columns of texts that are dates in one format, and no other. It
// tells of those that are dates in several.
func (p Process) declareFormats(ctx context.Context, f initFlags, at suitefile.File, found *profile.Profile) (_ suitefile.File, told []string, err error) {
	for _, c := range found.Columns {
		var fits []string
		for _, format := range c.Formats() {
			one := at
			one.Dialect.Times = map[string]dialect.Time{c.Name: {Format: format}}
			j, err := p.openTable(ctx, f, one)
			if err != nil {
				return at, nil, err
			}
			reads, err := profile.Reads(ctx, j.engine, j.now, at.Suite.Table, c.Name)
			j.close()
			if err != nil {
				return at, nil, err
			}
			if reads {
				fits = append(fits, format)
			}
		}
		switch {
		case len(fits) == 1:
			times := maps.Clone(at.Dialect.Times)
			if times == nil {
				times = map[string]dialect.Time{}
			}
			times[c.Name] = dialect.Time{Format: fits[0]}
			at.Dialect.Times = times
		case len(fits) > 1:
			told = append(told, fmt.Sprintf("column %q holds dates, written as %s: declare which, columns: {%q: {type: DATE, format: %q}}", c.Name, strings.Join(fits, " or "), c.Name, fits[0]))
		}
	}
	return at, told, nil
}

// openTable opens the engine on the table.
func (p Process) openTable(ctx context.Context, f initFlags, at suitefile.File) (*job, error) {
	return p.open(ctx, &request{flags: f.suiteFlags, files: []suitefile.File{at}})
}
