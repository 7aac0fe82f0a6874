package bq

import (
	"context"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/quality/publish"
)

// Steps are what publishing into the table would take. Dry runs of the suites are of the
// table as it is: there are no staged rows yet, and loading them costs nothing. What the
// transaction reads is estimated by a SELECT of the days that it writes.
//
// Each publication modifies every partition of the days once, of which a table has a quota a
// day, and is a load job of one more table.
// https://cloud.google.com/bigquery/quotas#partitioned_tables
func (t *Into) Steps(ctx context.Context, w publish.Write, rows int64, suites []quality.Suite) ([]publish.Step, error) {
	info, err := t.Look(ctx)
	if err != nil {
		return nil, err
	}
	table, _, err := t.names()
	if err != nil {
		return nil, err
	}
	s := &staging{t: t, w: w, info: info, table: table, stage: table, rows: rows}
	s.stage.Table = stagePrefix + "…"
	days := w.To.DaysSince(w.From) + 1
	out := []publish.Step{
		{Doing: fmt.Sprintf("write down token %d for the days in %s", w.Token, FenceTable)},
		{Doing: fmt.Sprintf("load %s into a staging table by one load job, which is free", quality.Plural(rows, "row", "rows"))},
	}
	run, err := t.suiteSteps(ctx, suites)
	if err != nil {
		return nil, err
	}
	out = append(out, run...)
	swap, err := s.script("…")
	if err != nil {
		return nil, err
	}
	step := publish.Step{Doing: fmt.Sprintf("if all pass, swap the rows in: %s modified where the table is partitioned by day, of the quota a day that https://cloud.google.com/bigquery/quotas#partitioned_tables states",
		quality.Plural(int64(days), "partition is", "partitions are")), SQL: swap.Text}
	if step.Bytes, err = s.estimate(ctx); err != nil {
		return nil, err
	}
	return append(out, step), nil
}

// suiteSteps are the statements of suites, those on rows sent aside.
func (t *Into) suiteSteps(ctx context.Context, suites []quality.Suite) ([]publish.Step, error) {
	var there []quality.Suite
	for _, s := range suites {
		if s.Table != publish.Sent && s.Table != publish.Present {
			there = append(there, s)
		}
	}
	plan, err := quality.NewPlan(ctx, t.Engine, t.Now(), there...)
	if err != nil {
		return nil, err
	}
	cost, err := t.Engine.Explain(ctx, plan)
	if err != nil {
		return nil, err
	}
	var out []publish.Step
	for _, c := range cost.Statements {
		if c.Err != nil {
			return nil, c.Err
		}
		out = append(out, publish.Step{Doing: "judge " + strings.Join(c.Statement.Suites, ", "), SQL: c.SQL, Bytes: c.Bytes})
	}
	return out, nil
}

// estimate is how much the transaction reads of the table.
func (s *staging) estimate(ctx context.Context) (*int64, error) {
	if s.t.Engine.options.Dialect.NoDryRun {
		return nil, nil
	}
	text := googlesql.NewText()
	q, err := text.Query("SELECT * FROM "+text.Rows(s.table.SQL()), "WHERE "+text.Predicate(s.w.Days))
	if err != nil {
		return nil, err
	}
	bytes, err := s.t.Engine.dryRun(ctx, "the rows that are replaced", q, s.t.location())
	return &bytes, err
}
