package files

import (
	"fmt"
	"strconv"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// column reads the cells of one column of text files.
type column struct {
	filler
	at       int // the column's place in the schema
	declared bool
	accepts  shape // what a cell of an inferred column can look like
}

func newColumn(f expr.Field, at int, declared bool) *column {
	return &column{filler: filler{Field: f}, at: at, declared: declared, accepts: shapesOf(f.Type)}
}

// set reads the cell of row i. A cell of an inferred column has to look as those
// did that the type was inferred from: 007 is not quietly a 7.
func (c *column) set(i int, x cell) error {
	if x.kind == null {
		return nil
	}
	looks := c.declared || c.Type == expr.String || c.accepts&x.shape() != 0
	if !looks || !c.read(i, x) {
		return c.refusal(x)
	}
	c.vector.Valid.Set(i)
	return nil
}

func (c *column) refusal(x cell) error {
	mend := "mend the cell, or declare the column STRING"
	switch {
	case !c.declared:
		mend = "the file has changed since its types were inferred"
	case x.kind == jsonObject || x.kind == jsonArray:
		mend = "do not declare the column: of objects and arrays only NULL or not NULL is known"
	case c.Type == expr.String:
		mend = "mend the cell"
	}
	return fmt.Errorf("column %q: %s is no %s (%s)", c.Name, quoted(x.text), c.Type, mend)
}

// read stores what a cell says, if it says anything in the column's type.
func (c *column) read(i int, x cell) (ok bool) {
	v := c.vector
	nested := x.kind == jsonObject || x.kind == jsonArray
	switch {
	case !c.Type.Computable():
		return true
	case nested:
		return false
	}
	switch c.Type {
	case expr.String, expr.Bytes:
		c.addText(x.text)
		return true
	case expr.Int64:
		v.Ints[i], ok = parseInt(x.text)
	case expr.Float64:
		v.Floats[i], ok = expr.ParseFloat(string(x.text))
	case expr.Date:
		v.Ints[i], ok = expr.ParseDate(string(x.text))
	case expr.Timestamp:
		v.Ints[i], ok = expr.ParseTimestamp(string(x.text), time.UTC)
	case expr.Bool:
		return c.readBool(i, x.text)
	default:
		value, err := expr.ParseValue(c.Type, string(x.text))
		return err == nil && v.SetValue(i, value) == nil
	}
	return ok
}

func (c *column) readBool(i int, text []byte) bool {
	switch string(text) {
	case "true", "TRUE", "True":
		c.vector.Bools.Set(i)
		return true
	case "false", "FALSE", "False":
		return true
	}
	value, err := expr.ParseValue(expr.Bool, string(text))
	return err == nil && c.vector.SetValue(i, value) == nil
}

// parseInt is strconv.ParseInt, without its cost for the usual short number.
func parseInt(b []byte) (int64, bool) {
	if len(b) > 18 || digits(b) < len(b) || len(b) == 0 {
		n, err := strconv.ParseInt(string(b), 10, 64)
		return n, err == nil
	}
	n := int64(0)
	for _, c := range b {
		n = n*10 + int64(c-'0')
	}
	return n, true
}
