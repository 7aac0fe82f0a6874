package onfile

import (
	"fmt"
	"io"
	"strings"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
)

// writer writes rows behind what is there.
type writer interface {
	begin(out *tail, schema expr.Schema, head bool) error
	// row writes a row of a batch, given where in it the columns are, −1 for nowhere.
	row(out io.Writer, b *expr.Batch, row int, at []int) error
}

// writerOf is that of a file of text, by its name, nil of Parquet.
func writerOf(path string, o files.Options) (writer, error) {
	if o.Decimal != "" || o.Thousands != "" || len(o.Times) > 0 || o.FileColumn != "" {
		return nil, fmt.Errorf("%s: numbers and times in a form of their own, and a column of the file's name, can be read and not be written: publish into a file whose suite declares no decimal, thousands, formats or file", path)
	}
	switch format := files.FormatOf(path, ""); format {
	case "csv":
		return &csvRows{comma: string(rune(o.Separator()))}, nil
	case "ndjson":
		return &jsonRows{}, nil
	case "parquet":
		return nil, nil
	default:
		return nil, fmt.Errorf("%s: rows are published into files of CSV, NDJSON and Parquet (.csv and .ndjson, with or without .gz, .parquet)", path)
	}
}

// csvRows writes CSV.
type csvRows struct {
	comma   string
	lineEnd string
	line    []byte
}

func (c *csvRows) begin(out *tail, schema expr.Schema, head bool) error {
	c.lineEnd = out.lineEnd()
	if err := endLine(out); err != nil || !head {
		return err
	}
	c.line = c.line[:0]
	for i, name := range schema.Names() {
		c.cell(i, name)
	}
	return c.write(out)
}

func (c *csvRows) row(out io.Writer, b *expr.Batch, row int, at []int) error {
	c.line = c.line[:0]
	for i, from := range at {
		text := ""
		if from >= 0 {
			var err error
			if text, err = publish.Text(&b.Columns[from], row); err != nil {
				return err
			}
		}
		c.cell(i, text)
	}
	return c.write(out)
}

// cell adds a cell, in quotes where it needs them.
func (c *csvRows) cell(i int, text string) {
	if i > 0 {
		c.line = append(c.line, c.comma...)
	}
	if strings.ContainsAny(text, "\"\r\n") || strings.Contains(text, c.comma) {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	c.line = append(c.line, text...)
}

func (c *csvRows) write(out io.Writer) error {
	_, err := out.Write(append(c.line, c.lineEnd...))
	return err
}

// endLine ends the last line where nobody has.
func endLine(out *tail) error {
	if !out.any || out.last == '\n' {
		return nil
	}
	_, err := io.WriteString(out, out.lineEnd())
	return err
}

// jsonRows writes NDJSON.
type jsonRows struct{ keys [][]byte }

func (j *jsonRows) begin(out *tail, schema expr.Schema, _ bool) (err error) {
	if j.keys, err = publish.JSONKeys(schema.Names()); err != nil {
		return err
	}
	return endLine(out)
}

func (j *jsonRows) row(out io.Writer, b *expr.Batch, row int, at []int) error {
	line, err := publish.JSONRow(nil, j.keys, b, row, at)
	if err != nil {
		return err
	}
	_, err = out.Write(line)
	return err
}
