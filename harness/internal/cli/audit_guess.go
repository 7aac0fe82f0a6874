package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/audit"
	"github.com/intactdata/intact/rolling/panel"
)

// runGuess says by which rules the columns of a table were made.
func (p Process) runGuess(ctx context.Context, f auditFlags, stored string) error {
	q, err := f.Settings.Question()
	if err != nil {
		return err
	}
	if err := q.Keys.CheckKeys(); err != nil {
		return err
	}
	if f.engine == emulatorEngine {
		return errors.New("--engine emulator: rules are tried in memory, on files or on tables of BigQuery: leave it out")
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
	sources, oneIn := j.local, int64(1)
	if engine, ok := j.engine.(*bq.Engine); ok {
		if sources, oneIn, err = sampleOf(ctx, engine, &q, stored, of, expected); err != nil {
			return evaluationError{err}
		}
	}
	table := func(name, path string) panel.Table { return panel.Table{Name: path, Source: sources[name]} }
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
	if oneIn > 1 {
		fmt.Fprintf(&b, "# on a sample, the rows of one %s in %s\n", q.Keys.Entity[0], quality.Grouped(oneIn))
	}
	found := true
	for _, a := range answers {
		found = found && !a.None()
		audit.WriteAnswer(&b, a, audit.Source{Of: f.of, Expected: f.expected, Tables: f.afar()}, q)
	}
	if err := written(fmt.Fprint(p.Stdout, b.String())); err != nil || found {
		return err
	}
	return verdictError{exitFail}
}

// guessedRows is how many rows of a table rules are tried on, about.
const guessedRows = 200_000

// sampleOf reads tables into memory, of a large one whole entities, and says of how many
// one.
func sampleOf(ctx context.Context, engine *bq.Engine, q *audit.Question, stored, of, expected string) (map[string]expr.Source, int64, error) {
	names := []string{stored, of}
	if expected != "" {
		names = append(names, expected)
	}
	tables, err := engine.Tables(ctx, names...)
	if err != nil {
		return nil, 0, err
	}
	for _, t := range tables {
		if t.Err != nil {
			return nil, 0, t.Err
		}
	}
	n, err := engine.Count(ctx, of)
	if err != nil {
		return nil, 0, err
	}
	oneIn := max(1, (n+guessedRows-1)/guessedRows)
	ofStored, ofRows := q.Reads(tables[0].Schema, tables[1].Schema)
	sample := func(columns []string) bq.Sample { return bq.Sample{By: columns[0], OneIn: oneIn} } // the entity is the first
	out := map[string]expr.Source{}
	if stored != of {
		if out[stored], err = engine.Rows(ctx, tables[0], ofStored, sample(ofStored)); err != nil {
			return nil, 0, err
		}
	} else { // the averages stand beside the rows that they are of
		for _, name := range ofStored {
			if !expr.Named(ofRows, name) {
				ofRows = append(ofRows, name)
			}
		}
	}
	if out[of], err = engine.Rows(ctx, tables[1], ofRows, sample(ofRows)); err != nil {
		return nil, 0, err
	}
	if expected == "" {
		return out, oneIn, nil
	}
	var columns []string
	for _, f := range tables[2].Schema {
		if f.Type.Computable() && f.Type != expr.BigNumeric {
			columns = append(columns, f.Name)
		}
	}
	whole := bq.Sample{} // games have no entity
	if q.Keys.Expected.By == "" {
		whole = sample(q.Keys.InExpected(ofRows[0]))
	}
	out[expected], err = engine.Rows(ctx, tables[2], columns, whole)
	return out, oneIn, err
}
