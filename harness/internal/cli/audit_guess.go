package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling/audit"
	"github.com/intactdata/intact/rolling/panel"
)

// runGuess says by which rules the columns of a table were made.
func (p Process) runGuess(ctx context.Context, f auditFlags, stored string) error {
	if f.engine != "" && f.engine != rowsEngine {
		return fmt.Errorf("--engine %s: rules are tried on files only: export the columns, or a sample of whole entities", f.engine)
	}
	q, err := f.Settings.Question()
	if err != nil {
		return err
	}
	r, err := f.request(stored)
	if err != nil {
		return err
	}
	file := &r.files[0]
	of, expected := f.table(file, cmp.Or(f.of, stored)), f.table(file, f.expected)
	j, err := p.open(ctx, r)
	if err != nil {
		return err
	}
	defer j.close()
	table := func(name, path string) panel.Table { return panel.Table{Name: path, Source: j.local[name]} }
	q.Stored, q.Rows, q.Now = table(file.Suite.Table, stored), table(of, cmp.Or(f.of, stored)), j.now
	if expected != "" {
		q.Expected = table(expected, f.expected)
	}
	answers, err := audit.Guess(ctx, q)
	switch {
	case errors.As(err, new(panel.Mistake)):
		return err
	case err != nil:
		return evaluationError{quality.Ended(ctx, err)}
	}
	j.notes(p.Stderr)
	var b strings.Builder
	found := true
	for _, a := range answers {
		found = found && !a.None()
		audit.WriteAnswer(&b, a, audit.Source{Of: f.of, Expected: f.expected}, q)
	}
	if err := written(fmt.Fprint(p.Stdout, b.String())); err != nil || found {
		return err
	}
	return verdictError{exitFail}
}
