package windows

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/files/dialect"
	"github.com/intactdata/intact/rolling/panel"
)

// inputs are the files of a run.
type inputs struct {
	settings *Settings
	progress func(files.Progress)
	opened   []files.Source
	// formatted are the columns with a format that some file has.
	formatted []string
}

// open opens the files of an input.
func (n *inputs) open(ctx context.Context, in input) (files.Source, error) {
	if info, err := os.Stat(in.path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a directory: name the files in it, or a pattern such as %s", in.path, filepath.Join(in.path, "*.csv"))
	}
	types, times := in.types, n.settings.Dialect.Times
	source, _, err := n.declared(ctx, in, types, times)
	if err != nil && len(types)+len(times) > 0 {
		plain, schema, unreadable := n.declared(ctx, in, nil, nil)
		if unreadable == nil && in.format == ndjsonFormat { // any row can have a further key
			if unreadable = plain.Settle(ctx); unreadable == nil {
				schema, unreadable = plain.Schema(ctx)
			}
		}
		if unreadable != nil {
			return nil, unreadable
		}
		lacks := func(column string) bool { return !expr.Named(schema.Names(), column) }
		types, times = maps.Clone(types), maps.Clone(times)
		maps.DeleteFunc(types, func(column string, _ expr.Type) bool {
			_, may := in.optional[strings.ToLower(column)]
			return may && lacks(column)
		})
		maps.DeleteFunc(times, func(column string, _ dialect.Time) bool { return lacks(column) })
		if source, _, err = n.declared(ctx, in, types, times); err != nil {
			return nil, fmt.Errorf("--type: %s: %w", in.name(), err)
		}
	}
	n.formatted = slices.AppendSeq(n.formatted, maps.Keys(times))
	return source, err
}

func (n *inputs) declared(ctx context.Context, in input, types map[string]expr.Type, times map[string]dialect.Time) (files.Source, expr.Schema, error) {
	opts := files.Options{Types: types, Dialect: n.settings.Dialect, Progress: n.progress}
	opts.Times = times
	source, err := in.source(opts)
	if err != nil {
		return nil, nil, err
	}
	n.opened = append(n.opened, source)
	schema, err := source.Schema(ctx)
	return source, schema, err
}

// checkFormats refuses the format of a column that no file has.
func (n *inputs) checkFormats() error {
	for column := range n.settings.Dialect.Times {
		if !slices.Contains(n.formatted, column) {
			return panel.Mistake{Err: fmt.Errorf("--format is of column %q, which no file has", column)}
		}
	}
	return nil
}

// unchanged is the error of a file that is not as it was when it was opened.
func (n *inputs) unchanged() error {
	for _, source := range n.opened {
		if err := source.Unchanged(); err != nil {
			return err
		}
	}
	return nil
}

func (n *inputs) close() {
	for _, source := range n.opened {
		source.Close()
	}
}
