// Package dialect says how the text of tables is written, where the text does not say
// so itself. It is declared and never tried out.
package dialect

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Dialect is how the files of a table are written. The zero Dialect is RFC 4180, with
// a point in numbers, and dates and times as ISO 8601 has them. Delimiter, SkipLines
// and BlankLines are for CSV, MissingColumns for CSV and Parquet. Parquet is looked at
// for Nulls, FileColumn and the zones of times besides: it tells the rest itself.
type Dialect struct {
	// Delimiter of cells, one byte, or \t for a tab. Defaults to a comma.
	Delimiter string
	// SkipLines are lines before the header that belong to no table.
	SkipLines int64
	// Decimal is a point or a comma. Defaults to a point.
	Decimal string
	// Thousands is what separates the thousands of a number, if anything does.
	Thousands string
	// Nulls are texts that stand for no value, in columns of any type.
	Nulls []string
	// BlankLines says what an empty line is in a file of several columns: what
	// follows one is refused, as another table could begin there, unless it is Skip.
	BlankLines string
	// MissingColumns says what a column is in those files that lack it: an error
	// unless the column is declared, or this is Null.
	MissingColumns string
	// FileColumn, if not "", is a further column: the name of a row's file, without
	// its folder and its extension.
	FileColumn string
	// Times are formats and zones of columns, by name without regard to case.
	Times map[string]Time
	// AsOfOpen reads what a file holds when it is opened, up to the end of its last
	// line, and lets more come: for logs that grow for ever. Without it a file that
	// changes while it is read is an error.
	AsOfOpen bool
}

// What BlankLines and MissingColumns can be, besides "".
const (
	Skip = "skip"
	Null = "null"
)

// Time is how the dates or times of a column are written.
type Time struct {
	// Format is in the letters of PARSE_DATE and PARSE_TIMESTAMP, such as %d/%m/%Y.
	// Defaults to ISO 8601.
	Format string
	// Zone is that of times that name none, such as America/New_York; what would be
	// DATETIME is TIMESTAMP by it.
	Zone string
}

// Parse reads both parts; they are nil where nothing is declared.
func (t Time) Parse() (format *TimeFormat, zone *time.Location, err error) {
	if t.Zone != "" {
		if zone, err = expr.LoadZone(t.Zone); err != nil {
			return nil, nil, err
		}
	}
	if t.Format != "" {
		if format, err = ParseTime(t.Format); err != nil {
			return nil, nil, err
		}
	}
	return format, zone, nil
}

// Separator is the byte that parts cells.
func (d Dialect) Separator() byte {
	switch d.Delimiter {
	case "":
		return ','
	case `\t`:
		return '\t'
	}
	return d.Delimiter[0]
}

// Check refuses what makes no sense whatever the files are.
func (d Dialect) Check() error {
	if s := d.Delimiter; s != "" && s != `\t` && (len(s) != 1 || strings.ContainsAny(s, "\"\r\n") || s[0] >= 0x80) {
		return fmt.Errorf("delimiter %q is not one byte of ASCII other than a quote or a line end", s)
	}
	if d.SkipLines < 0 {
		return fmt.Errorf("skip_lines %d: a number of lines is 0 or more", d.SkipLines)
	}
	point := d.Decimal
	if point == "" {
		point = "."
	}
	switch {
	case point != "." && point != ",":
		return fmt.Errorf("decimal %q is neither . nor ,", point)
	case d.Thousands != "" && (len(d.Thousands) != 1 || !strings.Contains(",.' _", d.Thousands)):
		return fmt.Errorf("thousands %q is none of , . ' _ and a blank", d.Thousands)
	case point == d.Thousands:
		return fmt.Errorf("decimal and thousands are both %q", point)
	case d.BlankLines != "" && d.BlankLines != Skip:
		return fmt.Errorf("blank_lines %q is not known: it is %s, or left out", d.BlankLines, Skip)
	case d.MissingColumns != "" && d.MissingColumns != Null:
		return fmt.Errorf("missing_columns %q is not known: it is %s, or left out", d.MissingColumns, Null)
	}
	for _, column := range slices.Sorted(maps.Keys(d.Times)) {
		if _, _, err := d.Times[column].Parse(); err != nil {
			return fmt.Errorf("column %q: %w", column, err)
		}
	}
	return nil
}
