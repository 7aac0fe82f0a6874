package panel

import (
	"context"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// Table is where rows are read from.
type Table struct {
	Name   string // in messages
	Source expr.Source
	// At says in messages where a row is, by the File and Lines of its batch. Nil is
	// file:line, and the number of the row where there is no file.
	At func(file string, line int64) string
}

// Tables are what windows are computed from.
type Tables struct {
	Rows Table
	// Expected are the keys that were due, kept apart from the rows. Without a Source
	// none are known, and no hole can be seen.
	Expected Table
	// Points are the keys that windows are asked for as of. Without a Source those are
	// the rows'.
	Points Table
}

// same reports whether two sources are known to have a file in common.
func same(a, b expr.Source) bool {
	of := func(s expr.Source) []string {
		if known, ok := s.(expr.Identified); ok {
			if files, err := known.Identity(); err == nil {
				return files
			}
		}
		return nil
	}
	all := of(a)
	return slices.ContainsFunc(of(b), func(file string) bool { return slices.Contains(all, file) })
}

// itself: a column of the rows goes by its own name.
func itself(column string) []string { return []string{column} }

// open asks for the columns of a table; setting is what errors name it by.
func (p *Panel) open(ctx context.Context, t Table, setting string) (selection, error) {
	schema, err := t.Source.Schema(ctx)
	if err != nil && setting != "" {
		err = fmt.Errorf("%s: %w", p.spec.Wording.Say(setting, ""), err)
	}
	return selection{table: t, schema: schema, setting: setting, words: p.spec.Wording}, err
}
