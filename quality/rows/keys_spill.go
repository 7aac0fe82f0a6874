package rows

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// A count on disk is the key's cells and, behind them, whether a part is NULL, the
// group and the rows.
const countTail = 1 + 4 + 8

// spill puts the counts on disk.
func (k *keys) spill() error {
	if k.sorter == nil {
		var err error
		if k.sorter, err = k.memory.spill("the set of keys of unique", k.keys.groups()); err != nil {
			return err
		}
	}
	cells := make([]expr.Vector, len(k.keys.table.parts))
	k.types = resized(k.types, len(cells))
	for p, part := range k.keys.table.parts {
		if part.typ != "" {
			k.types[p] = part.typ
		}
	}
	var record []byte
	var rows []int32
	for low := 0; low < k.counts.n; low += batchRows {
		rows = rows[:0]
		for id := low; id < min(low+batchRows, k.counts.n); id++ {
			rows = append(rows, int32(k.keyOf(id)))
		}
		for p := range cells {
			k.keys.table.parts[p].gather(&cells[p], rows)
		}
		for i, key := range rows {
			n := k.rows(low + i)
			if n == 0 {
				continue
			}
			var err error
			if record, err = appendRow(record[:0], cells, i); err != nil {
				return err
			}
			null := byte(0)
			if k.keys.null(int(key)) {
				null = 1
			}
			record = binary.BigEndian.AppendUint32(append(record, null), k.groupOf(low+i))
			if err = k.sorter.Add(binary.BigEndian.AppendUint64(record, uint64(n))); err != nil {
				return err
			}
		}
	}
	k.reset()
	return nil
}

// keyOf is the key of a count, and groupOf its group.
func (k *keys) keyOf(id int) uint32 {
	if k.crossing.whole() {
		return uint32(id)
	}
	return uint32(k.pairs.parts[0].words.at(id))
}

func (k *keys) groupOf(id int) uint32 {
	if k.crossing.whole() {
		return 0
	}
	return uint32(k.pairs.parts[0].words.at(id) >> 32)
}

// merge counts what is on disk, where the counts of one key follow each other.
func (k *keys) merge() error {
	rank := []int{0}
	if !k.crossing.whole() {
		rank = k.crossing.ranks()
	}
	var key []byte
	var parts []keyRows
	done := func() {
		slices.SortFunc(parts, func(a, b keyRows) int { return cmp.Compare(a.rank, b.rank) })
		merged := parts[:0]
		for _, p := range parts {
			if last := len(merged) - 1; last >= 0 && merged[last].group == p.group {
				merged[last].rows += p.rows
				continue
			}
			merged = append(merged, p)
		}
		if len(merged) > 0 {
			k.settle(key[len(key)-1] == 1, merged, func(keyRows) keyCells { return &recorded{k: k, record: key} })
		}
		parts = parts[:0]
	}
	for record, err := range k.sorter.Sorted() {
		if err != nil {
			return err
		}
		at := len(record) - countTail
		if at < 0 {
			return errRecord
		}
		if next := record[:at+1]; !bytes.Equal(next, key) {
			done()
			key = append(key[:0], next...)
		}
		group := binary.BigEndian.Uint32(record[at+1:])
		parts = append(parts, keyRows{rank: uint32(rank[group]), group: group, rows: int64(binary.BigEndian.Uint64(record[at+5:]))})
	}
	done()
	return nil
}
