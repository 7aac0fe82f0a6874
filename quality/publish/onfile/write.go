package onfile

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/publish"
)

// writer writes rows behind what is there.
type writer interface {
	begin(out *tail, schema expr.Schema, head bool) error
	// row writes a row of a batch, given where in it the columns are, −1 for nowhere.
	row(out io.Writer, b *expr.Batch, row int, at []int) error
	end() error
}

// writerOf is that of a file, by its name.
func writerOf(path string, o files.Options) (writer, error) {
	if o.Decimal != "" || o.Thousands != "" || len(o.Times) > 0 || o.FileColumn != "" {
		return nil, fmt.Errorf("%s: numbers and times in a form of their own, and a column of the file's name, can be read and not be written: publish into a file without", path)
	}
	switch format := files.FormatOf(path, ""); format {
	case "csv":
		return &csvRows{comma: rune(o.Separator())}, nil
	case "ndjson":
		return &jsonRows{}, nil
	default:
		return nil, fmt.Errorf("%s: rows are published into files of CSV and NDJSON (.csv, .ndjson, with or without .gz)", path)
	}
}

// csvRows writes CSV.
type csvRows struct {
	comma rune
	w     *csv.Writer
	cells []string
}

func (c *csvRows) begin(out *tail, schema expr.Schema, head bool) error {
	c.w, c.cells = csv.NewWriter(out), make([]string, len(schema))
	c.w.Comma, c.w.UseCRLF = c.comma, out.crlf
	if err := endLine(out); err != nil || !head {
		return err
	}
	return c.w.Write(schema.Names())
}

func (c *csvRows) row(_ io.Writer, b *expr.Batch, row int, at []int) error {
	for i, from := range at {
		c.cells[i] = ""
		if from < 0 {
			continue
		}
		text, err := publish.Text(&b.Columns[from], row)
		if err != nil {
			return err
		}
		c.cells[i] = text
	}
	return c.w.Write(c.cells)
}

func (c *csvRows) end() error {
	c.w.Flush()
	return c.w.Error()
}

func endLine(out *tail) error {
	if !out.any || out.last == '\n' {
		return nil
	}
	end := "\n"
	if out.crlf {
		end = "\r\n"
	}
	_, err := io.WriteString(out, end)
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

func (j *jsonRows) end() error { return nil }
