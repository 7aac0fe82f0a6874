package enginetest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
)

// caseColumn tells which rows of a table are whose.
const caseColumn = "try"

// nanTable ends the name of a table that has NaN.
const nanTable = "_nan"

// trial is a section of cases that each have rows of their own in one table.
type trial struct {
	Table
	// nan are the rows of cases that have a NaN, which some engines cannot load: a
	// table of their own.
	nan  [][]expr.Value
	file string
	line int
}

// try reads a section whose first line is columns and their types; below it each line
// is a case: its name, the values of columns in its rows, checks, and what is found.
func (r *textReader) try(file string, s section) error {
	t := trial{file: file, Table: Table{Name: "try_" + strings.ReplaceAll(s.rest, " ", "_"), Schema: expr.Schema{{Name: caseColumn, Type: expr.String}}}}
	if s.rest == "" || r.tables[t.Name] {
		return errors.New("the section has no name, or there is one of that name")
	}
	r.tables[t.Name] = true
	at := s.line
	headed := false
	for _, text := range s.body {
		if at++; strings.TrimSpace(text) == "" {
			continue
		}
		t.line = at
		var err error
		if headed {
			var c testCase
			if c, err = t.read(s.rest, text); err == nil {
				err = r.add(c)
			}
		} else {
			headed = true
			err = t.head(text)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", at, err)
		}
	}
	if r.loaded = append(r.loaded, t.Table); len(t.nan) > 0 {
		r.loaded = append(r.loaded, Table{Name: t.Name + nanTable, Schema: t.Schema, Rows: t.nan})
	}
	return nil
}

// head reads the columns: x INT64, team STRING.
func (t *trial) head(text string) error {
	for _, column := range strings.Split(text, ",") {
		name, typ, _ := strings.Cut(strings.TrimSpace(column), " ")
		of, ok := expr.ParseType(strings.TrimSpace(typ))
		if name == "" || !ok || t.Schema.Position(name) >= 0 {
			return fmt.Errorf("write columns and their types, as in x INT64, team STRING, not %q", column)
		}
		t.Schema = append(t.Schema, expr.Field{Name: name, Type: of})
	}
	return nil
}

// read reads a case: name | x: 1 2 null; team: BOS LAL | a check | what is found.
func (t *trial) read(section, text string) (testCase, error) {
	parts := strings.SplitN(text, " | ", 4)
	if len(parts) != 4 {
		return testCase{}, errors.New("write name | x: 1 2 null; team: a b c | mean: x, at_least: 1 | pass 1.5")
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	name := parts[0]
	table, err := t.fill(name, parts[1])
	if err != nil {
		return testCase{}, err
	}
	// The check stands on the line of the file; what it is looked at with may follow.
	check, more, _ := strings.Cut(parts[2], " // ")
	yaml := strings.Repeat("\n", t.line-1) + fmt.Sprintf("{suite: try, table: %s.%s, checks: [{%s}]", testDataset, table, check)
	if more != "" {
		yaml += ", " + more
	}
	read, err := suitefile.Parse(t.file, []byte(yaml+"}"), probeKinds...)
	if err != nil {
		return testCase{}, err
	}
	suite := read[0].Suite
	suite.Table = table
	suite.Where = expr.AllOf(expr.Col(caseColumn).Eq(name), suite.Where)
	return testCase{
		id: section + "/" + name, alone: strings.HasPrefix(name, "alone"), suites: []quality.Suite{suite}, answer: brief, want: parts[3],
	}, nil
}

// fill adds the rows of a case and says to which table: as many as its longest column
// has values; what is not there is NULL.
func (t *trial) fill(name, text string) (table string, err error) {
	var rows [][]expr.Value
	nan := false
	for _, column := range strings.Split(text, ";") {
		if strings.TrimSpace(column) == "" {
			continue
		}
		of, values, ok := strings.Cut(column, ":")
		at := t.Schema.Position(strings.TrimSpace(of))
		if !ok || at < 1 {
			return "", fmt.Errorf("%q is not x: and values of a column x", column)
		}
		cells, err := parseCells(values)
		if err != nil {
			return "", err
		}
		for i, c := range cells {
			if i == len(rows) {
				rows = append(rows, make([]expr.Value, len(t.Schema)))
				rows[i][0] = mustValue(name)
			}
			if c.null {
				continue
			}
			if rows[i][at], err = expr.ParseValue(t.Schema[at].Type, c.text); err != nil {
				return "", fmt.Errorf("column %s: %w", t.Schema[at].Name, err)
			}
			nan = nan || rows[i][at].String() == "NaN"
		}
	}
	if nan {
		t.nan = append(t.nan, rows...)
		return t.Name + nanTable, nil
	}
	t.Rows = append(t.Rows, rows...)
	return t.Name, nil
}

// brief writes the findings of a check on one line, without the counts that are 0.
func brief(r quality.SuiteReport) string {
	c := r.Checks[0]
	if len(c.Findings) == 0 {
		return c.Verdict.String() + " " + c.Reason
	}
	var out []string
	for _, f := range c.Findings {
		f.Details = told(f)
		out = append(out, finding(f))
	}
	return strings.Join(out, ", ")
}
