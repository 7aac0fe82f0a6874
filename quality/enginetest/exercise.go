package enginetest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// T is what Exercise needs of *testing.T.
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Load puts the tables where engines find them, and says which dataset they are
// in: suites call them dataset.name. It is called for each file of cases and each
// list of them. Each plan is measured by an engine of its own, which open makes.
type Load func(ctx context.Context, tables []Table) (open Open, dataset string, err error)

// Open makes an engine on tables that are loaded.
type Open func() (quality.Engine, error)

// Subject is an engine under test.
type Subject struct {
	Load Load
	// Oracle is another engine, whose answers to the cases drawn at random are
	// taken for right. Nil leaves those out.
	Oracle Load
	// Deviations are the cases that the engine is known to answer differently,
	// by id, each with the reason.
	Deviations map[string]string
	// Unsteady are the cases to which the engine is known to answer now one
	// thing and now another for the same query, by id, each with the reason. They
	// are run and not judged.
	Unsteady map[string]string
	// Together leaves out the plans of a check or two. It is for an engine that
	// hands its statements to another one, which is exercised with them.
	Together bool
}

// now is the clock of the suites, at which no waiver has expired.
var now = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

// Exercise holds an engine against every case.
func Exercise(t T, s Subject) {
	t.Helper()
	groups, err := fixed()
	if err != nil {
		t.Fatalf("%v", err)
	}
	if s.Oracle != nil {
		for _, list := range []func() ([]Table, []testCase){random, relations, shared, randomCalls, randomFingerprints, randomParts} {
			groups = append(groups, groupOf(list).judged(t, s))
		}
	}
	var cases []testCase
	var got []string
	for _, g := range groups {
		g.cases = s.chosen(g.cases)
		found, err := answers(t.Context(), s.Load, g.tables, g.cases)
		if err != nil {
			t.Fatalf("%v", err)
		}
		cases, got = append(cases, g.cases...), append(got, found...)
	}
	compare(t, s, cases, got)
}

// group is cases and the tables that they read.
type group struct {
	tables []Table
	cases  []testCase
}

func groupOf(list func() ([]Table, []testCase)) group {
	tables, cases := list()
	return group{tables, cases}
}

// judged are the cases with what the subject's oracle answers.
func (g group) judged(t T, s Subject) group {
	t.Helper()
	want, err := answers(t.Context(), s.Oracle, g.tables, g.cases)
	if err != nil {
		t.Fatalf("the cases drawn at random: %v", err)
	}
	for i := range g.cases {
		g.cases[i].want = want[i]
	}
	return g
}

// fixed are the cases whose answers were worked out by hand: those of each file, and
// those of lists whose every element is a case.
func fixed() ([]group, error) {
	out, err := readCases(files, "cases")
	for _, list := range []func() ([]Table, []testCase){hostileNames, hostileValues, ownNames, wide, aloneCases} {
		out = append(out, groupOf(list))
	}
	return out, err
}

// chosen are the cases that the subject is held against.
func (s Subject) chosen(cases []testCase) []testCase {
	return slices.DeleteFunc(cases, func(c testCase) bool { return s.Together && c.alone })
}

func compare(t T, s Subject, cases []testCase, got []string) {
	t.Helper()
	left := map[string]string{}
	maps.Copy(left, s.Deviations)
	maps.Copy(left, s.Unsteady)
	for i, c := range cases {
		reason, listed := s.Deviations[c.id]
		_, unsteady := s.Unsteady[c.id]
		delete(left, c.id)
		switch {
		case unsteady && !listed:
		case got[i] == c.want && listed:
			t.Errorf("case %q: the engine agrees, take it off the list of deviations (%s)", c.id, reason)
		case got[i] != c.want && !listed:
			t.Errorf("case %q: the engine answers otherwise (-want +got):\n%s", c.id, diff(c.want, got[i]))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		t.Errorf("there is no case %q, which is listed as a deviation or as unsteady", id)
	}
}

// diff is the checks whose answers differ, line by line.
func diff(want, got string) string {
	var out []string
	w, g := parts(want), parts(got)
	for i := range max(len(w), len(g)) {
		if a, b := at(w, i), at(g, i); a != b {
			out = append(out, marked("-", a), marked("+", b))
		}
	}
	return strings.Join(out, "\n")
}

// checks splits an answer where a line is not indented.
func parts(answer string) []string {
	return strings.Split(strings.ReplaceAll(answer, "\n  ", "\x00"), "\n")
}

func at(parts []string, i int) string {
	if i < len(parts) {
		return parts[i]
	}
	return ""
}

func marked(mark, part string) string {
	return mark + " " + strings.ReplaceAll(part, "\x00", "\n"+mark+"   ")
}
