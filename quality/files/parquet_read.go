package files

import (
	"errors"
	"fmt"
	"strings"
	"time"

	pqfile "github.com/apache/arrow-go/v18/parquet/file"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// parquetReader reads one column of a file.
type parquetReader struct {
	filler
	column parquetColumn
	file   *parquetFile
	row    int64         // before the batch
	array  parquetColumn // whose items are read; of no type where there is none
	list   list
	leaf   leaf   // nil: the column is the same in all rows
	text   []byte // in all rows
	zone   *time.Location
	nulls  texts
	long   longCells

	chunk    pqfile.ColumnChunkReader // of a group of rows; nil: the next one's
	group    int                      // that comes next
	rows     int64                    // of the group have been read
	def, rep []int16                  // levels
	have     int                      // of them are not used up,
	until    int                      // the last before here
	at       []int                    // rows that have a value
}

// reader is for a column of the table, or a part of one, of which the column is at a place
// of the file, −1 if nowhere.
func (t *parquetTable) reader(p *parquetFile, f expr.Field, place int) *parquetReader {
	r := &parquetReader{filler: filler{Field: f, err: f.Err}, file: p}
	var array *parquetColumn
	part, there := (*parquetColumn)(nil), false
	if place >= 0 {
		part, array, there = p.columns[place].descend(f.Steps()[1:])
	}
	of, isArray := f.Type.Element()
	switch {
	case f.Name == t.FileColumn:
		r.text = []byte(p.file.name())
		return r
	case !there || f.Err != nil:
		return r
	case array != nil && isArray && of.Computable():
		r.column, r.array, r.filler.Type = *part, *array, of
	case array != nil:
		r.column = *array
	default:
		r.column = *part
	}
	r.def, r.rep = make([]int16, batchRows), make([]int16, batchRows)
	r.zone, r.nulls = t.times[strings.ToLower(f.Name)].zone, newTexts(t.Nulls)
	r.leaf = r.newLeaf(p.content.MetaData().Schema.Column(r.column.leaf).PhysicalType())
	return r
}

// fill reads the next rows. A value that does not fit its type spoils the column
// for good; the error is about the file.
func (r *parquetReader) fill(v *expr.Vector, row int64, rows int) error {
	r.row = row
	if r.array.Type != "" {
		return r.fillList(v, rows)
	}
	r.begin(v, rows)
	if r.leaf != nil {
		r.long.reset(r.file.file, r.filler.Name)
		err := quality.Guard(damage, func() error { return r.read(rows) })
		if err != nil {
			return fmt.Errorf("after row %d: %w", row, err)
		}
		if len(r.long.rows) > 0 {
			v.Written = r.long.written
		}
	} else if r.text != nil {
		for i := range rows {
			r.addText(r.text)
			v.Valid.Set(i)
		}
	}
	r.finish(rows)
	return nil
}

// read goes through the values of rows.
func (r *parquetReader) read(rows int) error {
	if !r.column.flat {
		return r.nested(rows)
	}
	for done := 0; done < rows && r.err == nil; {
		levels, values, err := r.more(rows - done)
		if err == nil && levels == 0 {
			err = errShort
		}
		if err == nil {
			err = r.place(done, levels, values)
		}
		if err != nil {
			return err
		}
		done += levels
	}
	return nil
}

var (
	errShort = errors.New("it ends before the others: the file is damaged")
	errLong  = errors.New("it has more rows than the others: the file is damaged")
)

// end sees to it that nothing follows the last row.
func (r *parquetReader) end() error {
	if r.leaf == nil || r.err != nil {
		return nil
	}
	return quality.Guard(damage, func() error {
		levels, _, err := r.more(1)
		if err == nil && levels+r.have > 0 {
			err = errLong
		}
		return err
	})
}

// more reads values of the group of rows, or of the next; no levels are the end of
// the file.
func (r *parquetReader) more(most int) (levels, values int, err error) {
	for {
		if r.chunk == nil {
			if r.group == r.file.content.NumRowGroups() {
				return 0, 0, nil
			}
			if err := r.open(); err != nil {
				return 0, 0, err
			}
		}
		if r.chunk.HasNext() {
			levels, values, err = r.leaf.read(r.chunk, most, r.def, r.rep)
			if err != nil || levels > 0 {
				r.count(levels)
				return levels, values, err
			}
		}
		if err := r.chunk.Err(); err != nil {
			return 0, 0, err
		}
		if err := r.endGroup(); err != nil {
			return 0, 0, err
		}
	}
}

// open begins the next group of rows.
func (r *parquetReader) open() (err error) {
	if err := r.file.checkPages(r.group, r.column.leaf); err != nil {
		return err
	}
	r.chunk, err = r.file.content.RowGroup(r.group).Column(r.column.leaf)
	r.group++
	return err
}

// count counts the rows that begin among the levels.
func (r *parquetReader) count(levels int) {
	if r.column.flat {
		r.rows += int64(levels)
		return
	}
	for _, rep := range r.rep[:levels] {
		if rep == 0 {
			r.rows++
		}
	}
}

// endGroup sees to it that the group had its rows, neither more nor fewer.
func (r *parquetReader) endGroup() error {
	want := r.file.content.MetaData().RowGroups[r.group-1].NumRows
	if r.rows != want {
		return fmt.Errorf("group %d has %d rows here, and the footer says %d: the file is damaged", r.group, r.rows, want)
	}
	r.rows = 0
	return r.close()
}

func (r *parquetReader) close() error {
	if r.chunk == nil {
		return nil
	}
	err := r.chunk.Close()
	r.chunk = nil
	return err
}

// place stores values in the rows that are not NULL.
func (r *parquetReader) place(from, levels, values int) error {
	r.at = r.at[:0]
	for i := range levels {
		if r.def[i] >= r.column.def {
			r.at = append(r.at, from+i)
		}
	}
	if len(r.at) != values {
		return fmt.Errorf("a page has %d values for %d rows that are not NULL: the file is damaged", values, len(r.at))
	}
	return r.store(0)
}

// store puts the values that were read, from one on, into the rows at hand.
func (r *parquetReader) store(from int) error {
	if r.column.Type == expr.Null {
		return nil
	}
	if at, err := r.leaf.store(from, r.at, r.vector.Valid); err != nil {
		r.err = r.file.file.named(lineError{r.line(at), fmt.Errorf("column %q: %w", r.filler.Name, err)})
	}
	return nil
}

// line is the number of a row of the vector, or of the one that an item is in.
func (r *parquetReader) line(at int) int64 {
	if r.array.Type != "" {
		at = r.list.rows[at]
	}
	return r.row + int64(at) + 1
}

// nested reads up to where the row behind the last begins. An empty array is not
// NULL, and neither is a struct of NULLs.
func (r *parquetReader) nested(rows int) error {
	for done := 0; ; {
		for ; r.have > 0; r.have-- {
			i := r.until - r.have
			if r.rep[i] > 0 {
				continue
			}
			if done == rows {
				return nil
			}
			if r.def[i] >= r.column.def {
				r.vector.Valid.Set(done)
			}
			done++
		}
		levels, _, err := r.more(batchRows)
		switch {
		case err != nil:
			return err
		case levels == 0 && done < rows:
			return errShort
		case levels == 0:
			return nil
		}
		r.have, r.until = levels, levels
	}
}
