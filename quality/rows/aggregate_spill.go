package rows

import (
	"bytes"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// divide takes the rows of the groups that there are, and puts the others on disk:
// the key first, and then the row.
func (a *aggregate) divide() error {
	n := len(a.batch.Columns) - len(a.names)
	ids, err := a.by.table.look(a.by.keys(&a.batch, a.by.at), a.batch.Rows)
	if err != nil {
		return err
	}
	cells := slices.Concat(a.batch.Columns[n:], a.batch.Columns[:n])
	for c := range cells {
		if cells[c].Err != nil {
			return cells[c].Err
		}
	}
	var here []int32
	var record []byte
	for row, id := range ids {
		if id != unnumbered {
			here = append(here, int32(row))
			continue
		}
		if record, err = appendRow(record[:0], cells, row); err != nil {
			return err
		}
		if err = a.sorter.Add(record); err != nil {
			return err
		}
	}
	known := &expr.Batch{Rows: len(here), Columns: make([]expr.Vector, len(a.batch.Columns))}
	for c := range known.Columns {
		known.Columns[c].Gather(&a.batch.Columns[c], here)
	}
	return a.consume(known)
}

// gathered makes the groups that are on disk, some at a time.
func (a *aggregate) gathered() error {
	in := a.node.In.Schema()
	var rows record
	types := slices.Concat(a.schema[:len(a.names)], in)
	take := func() error {
		b := rows.batch()
		b.Columns = slices.Concat(b.Columns[len(a.names):], b.Columns[:len(a.names)])
		if err := a.consume(b); err != nil {
			return err
		}
		rows.reset(types)
		return nil
	}
	a.begin()
	rows.reset(types)
	var last []byte
	for rec, err := range a.sorter.Sorted() {
		if err != nil {
			return err
		}
		key, err := cut(rec, types[:len(a.names)])
		if err != nil {
			return err
		}
		fresh := !bytes.Equal(key, last)
		full := fresh && a.by.groups() >= batchRows
		if full || rows.full() {
			if err := take(); err != nil {
				return err
			}
		}
		if full {
			if err := a.emit(); err != nil {
				return err
			}
			a.begin()
		}
		last = append(last[:0], key...)
		if err := rows.read(rec); err != nil {
			return err
		}
	}
	if err := take(); err != nil {
		return err
	}
	return a.emit()
}
