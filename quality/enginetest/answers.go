package enginetest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// testCase is suites with the answer to them.
type testCase struct {
	id string
	// alone has a plan of its own: its requests share a statement with each other
	// and with nothing else. All other cases are one plan.
	alone bool
	// at is the clock of a case that is alone; zero is that of all others.
	at     time.Time
	suites []quality.Suite // their Table is the table's name alone
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
	return append(out, together)
}

// run answers the cases of a plan.
func run(ctx context.Context, open Open, of string, cases []testCase, plan []int, out []string) error {
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
		for _, s := range cases[i].suites {
			s.Name, s.Table = cases[i].id, of+"."+s.Table
			if s.Calendar != nil {
				c := *s.Calendar
				c.Table = of + "." + c.Table
				s.Calendar = &c
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
			parts[j] = cases[i].answer(reports[j])
		}
		reports = reports[len(parts):]
		out[i] = strings.ReplaceAll(strings.Join(parts, "\n"), of+".", dataset+".")
	}
	return nil
}
