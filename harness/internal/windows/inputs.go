package windows

import (
	"context"
	"fmt"

	"github.com/intactdata/intact/rolling/panel"
)

// tables opens the files, and says which is the one whose rows are written.
func (n *inputs) tables(ctx context.Context, rows input) (from panel.Tables, asked table, err error) {
	s := n.settings
	expected, points := s.ofExpected(), s.ofPoints()
	for _, of := range []struct {
		setting string
		in      input
		into    *panel.Table
		asked   bool
	}{
		{"", rows, &from.Rows, true},
		{"expected", input{path: s.Expected, format: formatOf(s.Expected), types: expected, optional: expected}, &from.Expected, false},
		{"points", input{path: s.Points, format: formatOf(s.Points), types: points, optional: points}, &from.Points, true},
	} {
		if of.setting != "" && of.in.path == "" {
			continue
		}
		source, err := n.open(ctx, of.in)
		if err != nil {
			if of.setting != "" {
				err = fmt.Errorf("%s: %w", flagged(of.setting, ""), err)
			}
			return from, asked, err
		}
		*of.into = panel.Table{Name: of.in.name(), Source: source}
		if of.in.format == parquetFormat {
			of.into.At = rowOfParquet
		}
		if of.asked {
			asked = table{Table: *of.into, source: source, format: of.in.format, dialect: s.Dialect}
		}
	}
	return from, asked, n.checkFormats()
}

// rowOfParquet says where a row is that no line tells.
func rowOfParquet(file string, row int64) string { return fmt.Sprintf("%s, row %d", file, row) }
