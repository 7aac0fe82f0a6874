package enginetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// kind is a check on the neighbours, and what it finds in the segments NULL, low
// and high, and in all rows together.
type kind struct {
	id              string
	check           quality.Check
	null, low, high string
	all             string
}

var kinds = []kind{
	{"complete", checks.Complete{Columns: []string{"v"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(50))}},
		"pass 1/1", "pass 1/2", "pass 2/2", "pass 4/5"},
	{"rows", checks.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}},
		"pass 1", "pass 2", "pass 2", "pass 5"},
	// The key of row 1 comes again in row 3, and in row 5 of the higher segment.
	{"unique", checks.Unique{Columns: []string{"key"}},
		"pass 1/1 duplicate_keys=0 surplus_rows=0 null_keys=0",
		"fail 1/2 duplicate_keys=1 surplus_rows=1 null_keys=0",
		"fail 1/2 duplicate_keys=0 surplus_rows=1 null_keys=0",
		"fail 3/5 duplicate_keys=1 surplus_rows=2 null_keys=0"},
	{"keys", keysProbe{[]string{"key"}},
		"pass rows=1 distinct=1 duplicated=0 surplus=0 null=0",
		"pass rows=2 distinct=1 duplicated=1 surplus=1 null=0",
		"pass rows=2 distinct=1 duplicated=0 surplus=1 null=0",
		"pass rows=5 distinct=3 duplicated=1 surplus=2 null=0"},
	{"tally", tallyProbe{expr.Col("v").Gt(15)},
		"pass true=1 false=0 null=0", "pass true=0 false=1 null=1", "pass true=2 false=0 null=0", "pass true=3 false=1 null=1"},
	{"never null", tallyProbe{expr.Col("v").IsNull()},
		"pass true=0 false=1 null=0", "pass true=1 false=1 null=0", "pass true=0 false=2 null=0", "pass true=1 false=4 null=0"},
}

// aloneCases are one check each in a plan of its own, so that no other one's
// requests hide what is wrong with its own.
func aloneCases() ([]Table, []testCase) {
	var cases []testCase
	for _, k := range kinds {
		cases = append(cases,
			k.answered(nil, found{"", k.all}),
			k.answered([]string{"never"}, found{"never=null", k.all}),
			k.by("s", "ts"),
			k.by("ts", "i", "f"))
		for _, n := range neighbours {
			cases = append(cases, k.by(n.name))
		}
	}
	for _, n := range neighbours {
		key := kind{id: "key of " + n.name, check: keysProbe{[]string{n.name}}, all: "pass rows=5 distinct=2 duplicated=2 surplus=2 null=1"}
		cases = append(cases, key.answered(nil, found{"", key.all}))
	}
	return []Table{neighbourTable()}, cases
}

// by is the kind in the segments of some columns.
func (k kind) by(names ...string) testCase {
	var null, low, high []string
	for _, name := range names {
		n := neighbours[slices.IndexFunc(neighbours, func(n neighbour) bool { return n.name == name })]
		null, low, high = append(null, name+"=null"), append(low, name+"="+n.lowText), append(high, name+"="+n.highText)
	}
	return k.answered(names, found{strings.Join(null, " "), k.null}, found{strings.Join(low, " "), k.low}, found{strings.Join(high, " "), k.high})
}

// found is a segment and what is found in it.
type found struct{ segment, finding string }

// answered is the case whose findings are these. What passes in a segment of
// NULL is unknown.
func (k kind) answered(by []string, findings ...found) testCase {
	worst := "pass"
	var lines strings.Builder
	for _, f := range findings {
		verdict, counts, _ := strings.Cut(f.finding, " ")
		if verdict == "pass" && strings.Contains(f.segment, "=null") {
			verdict = "unknown"
		}
		if worst == "pass" || verdict == "fail" {
			worst = verdict
		}
		if f.segment != "" {
			counts = "[" + f.segment + "] " + counts
		}
		lines.WriteString("\n  " + verdict + " " + counts)
	}
	suite := quality.Suite{Table: "neighbours", Rules: []quality.Rule{{ID: k.id, Check: k.check, By: by}}}
	c := whole(fmt.Sprintf("alone/%s by %v", k.id, by), suite, worst+" "+k.id+lines.String())
	c.alone = true
	return c
}
