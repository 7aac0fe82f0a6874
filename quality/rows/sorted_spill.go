package rows

import (
	"bytes"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// unload puts the rows that are kept on disk: first what they are sorted by, then the
// rows.
func (s *sorted) unload() error {
	var err error
	if s.disk, err = s.spill("what "+s.what+" keeps", s.kept.rows); err != nil {
		return err
	}
	if err := s.kept.batches(func(b *expr.Batch) error { return s.put(b.Columns, b.Rows) }); err != nil {
		return err
	}
	s.forget()
	s.partition, s.of = newGrouping(s.partition.columns, s.partition.at), list[uint32]{}
	s.holds(0)
	return nil
}

// forget makes ready for other rows.
func (s *sorted) forget() {
	types := make(expr.Schema, len(s.kept.columns))
	for c := range types {
		types[c].Type = s.kept.columns[c].typ
	}
	s.kept, s.all, s.first = newStack(types), nil, nil
}

func (s *sorted) put(columns []expr.Vector, rows int) error {
	var by []*expr.Vector
	for _, c := range slices.Concat(s.partition.at, s.by) {
		by = append(by, &columns[c])
	}
	return put(s.disk, by, columns, rows)
}

// merge sends the rows that are on disk, some at a time: never less than all that tie.
// Of those that were sent the last one stays, for what comes before the next.
func (s *sorted) merge() error {
	var types, parts, order expr.Schema
	for c := range s.kept.columns {
		types = append(types, expr.Field{Type: s.kept.columns[c].typ})
	}
	for _, c := range s.partition.at {
		parts = append(parts, types[c])
	}
	for _, c := range s.by {
		order = append(order, types[c])
	}
	var rows record
	rows.reset(types)
	var last, lastPart []byte
	none := true
	stay := 0 // rows that were sent
	load := func() error {
		b := rows.batch()
		if err := s.kept.push(b.Columns, b.Rows); err != nil {
			return err
		}
		rows.reset(types)
		if s.holds(s.kept.bytes()); s.passes() {
			return s.over("rows that tie in " + s.what)
		}
		return nil
	}
	send := func() error {
		for row := stay; row < s.kept.rows; row++ {
			s.all[row].rank = s.rank(row)
		}
		if err := s.emit(stay); err != nil {
			return err
		}
		end := len(s.all) - 1
		keep := make([]expr.Vector, len(types))
		for c := range keep {
			s.kept.columns[c].slice(&keep[c], types[c].Type, end, end+1)
		}
		s.sent += end
		s.forget()
		s.note(true)
		stay = 1
		return s.kept.push(keep, 1)
	}
	for rec, err := range s.disk.Sorted() {
		if err != nil {
			return err
		}
		part, err := cut(rec, parts)
		if err != nil {
			return err
		}
		key, err := cut(rec[len(part):], order)
		if err != nil {
			return err
		}
		key = rec[:len(part)+len(key)]
		if rows.full() {
			if err := load(); err != nil {
				return err
			}
		}
		if s.kept.rows > batchRows && rows.Rows == 0 && !bytes.Equal(key, last) {
			if err := send(); err != nil {
				return err
			}
		}
		s.note(none || !bytes.Equal(part, lastPart))
		none = false
		last, lastPart = append(last[:0], key...), append(lastPart[:0], part...)
		if err := rows.read(rec[len(key):]); err != nil {
			return err
		}
	}
	if none {
		return nil
	}
	if err := load(); err != nil {
		return err
	}
	return send()
}

// note appends a row to the order.
func (s *sorted) note(first bool) {
	row := len(s.all)
	s.all = append(s.all, ordered{row: int32(row)})
	if row&63 == 0 {
		s.first = append(s.first, 0)
	}
	if first {
		s.first.Set(row)
	}
}
