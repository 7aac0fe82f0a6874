package onfile

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
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
		text, err := text(&b.Columns[from], row)
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

// text is a value as a cell, "" for NULL.
func text(v *expr.Vector, row int) (string, error) {
	switch {
	case v.Err != nil:
		return "", v.Err
	case !v.Valid.Get(row):
		return "", nil
	case !v.Type.Computable():
		return "", fmt.Errorf("%s is read and not written: leave the column out, or make columns of its parts", v.Type)
	case v.Written != nil:
		if digits, _ := v.Written(row); digits != "" {
			return digits, nil
		}
	}
	if v.Type == expr.Bytes {
		return base64.StdEncoding.EncodeToString([]byte(v.Texts[row])), nil
	}
	return v.Value(row).String(), nil
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

func (j *jsonRows) begin(out *tail, schema expr.Schema, _ bool) error {
	for _, f := range schema {
		key, err := json.Marshal(f.Name)
		if err != nil {
			return err
		}
		j.keys = append(j.keys, key)
	}
	return endLine(out)
}

func (j *jsonRows) row(out io.Writer, b *expr.Batch, row int, at []int) error {
	line := []byte{'{'}
	for i, from := range at {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(append(line, j.keys[i]...), ':')
		if from < 0 {
			line = append(line, "null"...)
			continue
		}
		v, err := jsonOf(&b.Columns[from], row)
		if err != nil {
			return err
		}
		line = append(line, v...)
	}
	_, err := out.Write(append(line, '}', '\n'))
	return err
}

func (j *jsonRows) end() error { return nil }

// jsonOf is a value as JSON has it: numbers and booleans are bare.
func jsonOf(v *expr.Vector, row int) ([]byte, error) {
	t, err := text(v, row)
	switch {
	case err != nil:
		return nil, err
	case !v.Valid.Get(row):
		return []byte("null"), nil
	case v.Type == expr.Float64 && (math.IsNaN(v.Floats[row]) || math.IsInf(v.Floats[row], 0)):
	case v.Type.IsNumber(), v.Type == expr.Bool:
		return []byte(t), nil
	}
	return json.Marshal(t)
}
