package enginetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// testCase is suites with the answer to them.
type testCase struct {
	id string
	// alone has a plan of its own: its requests share a statement with each other
	// and with nothing else. All other cases of a file or list are one plan.
	alone bool
	// at is the clock of a case that is alone; zero is that of all others.
	at     time.Time
	suites []quality.Suite // their Table is the table's name alone
	// written, where it is not nil, are the suites on the tables of a dataset: checks
	// can name further ones.
	written func(dataset string) (quality.Suite, error)
	// answer writes the part of a report that is compared with want.
	answer func(quality.SuiteReport) string
	want   string
}

// answers loads the tables and runs the cases, each plan on a fresh engine.
func answers(ctx context.Context, load Load, tables []Table, cases []testCase) ([]string, error) {
	open, dataset, err := load(ctx, tables)
	if err != nil {
		return nil, fmt.Errorf("load the tables: %w", err)
	}
	out := make([]string, len(cases))
	for _, plan := range plans(cases) {
		if err := run(ctx, open, dataset, cases, plan, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// plans are the cases of each plan, by their place.
func plans(cases []testCase) [][]int {
	var together []int
	var out [][]int
	for i, c := range cases {
		if c.alone {
			out = append(out, []int{i})
			continue
		}
		together = append(together, i)
	}
	if len(together) > 0 {
		out = append(out, together)
	}
	return out
}

// in are the suites of the case on the tables of a dataset.
func (c testCase) in(dataset string) ([]quality.Suite, error) {
	if c.written != nil {
		s, err := c.written(dataset)
		s.Name = c.id
		return []quality.Suite{s}, err
	}
	out := slices.Clone(c.suites)
	for i := range out {
		out[i].Name, out[i].Table = c.id, dataset+"."+out[i].Table
	}
	return out, nil
}

// run answers the cases of a plan.
func run(ctx context.Context, open Open, dataset string, cases []testCase, plan []int, out []string) error {
	engine, err := open()
	if err != nil {
		return fmt.Errorf("open an engine: %w", err)
	}
	var suites []quality.Suite
	clock := now
	for _, i := range plan {
		if at := cases[i].at; !at.IsZero() {
			clock = at
		}
		of, err := cases[i].in(dataset)
		if err != nil {
			return err
		}
		for _, s := range of {
			if s.RowsAtFault == nil { // engines differ in what they show unasked
				s.RowsAtFault = new(int)
			}
			suites = append(suites, s)
		}
	}
	report, err := quality.Run(ctx, engine, clock, suites...)
	if err != nil {
		return fmt.Errorf("run the suites: %w", err)
	}
	reports := report.Suites
	for _, i := range plan {
		parts := make([]string, len(cases[i].suites))
		for j := range parts {
			parts[j] = strings.ReplaceAll(cases[i].answer(reports[j]), dataset+".", testDataset+".")
		}
		reports = reports[len(parts):]
		out[i] = strings.Join(parts, "\n")
	}
	return nil
}
