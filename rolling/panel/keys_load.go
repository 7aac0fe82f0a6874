package panel

import (
	"fmt"
	"math"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// load appends the keys of a batch.
func (k *keys) load(b *expr.Batch) error {
	if err := k.begin(b); err != nil {
		return err
	}
	for i := range b.Rows {
		for _, owner := range k.owners {
			if err := k.loadKey(b, i, owner); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin refuses a batch with more lines than are counted, or keys that are not told
// apart.
func (k *keys) begin(b *expr.Batch) error {
	if b.Rows > 0 && b.Lines != nil && b.Lines[b.Rows-1] > math.MaxUint32 {
		return fmt.Errorf("%s has more than %d lines: split it by entity", k.table.Name, math.MaxUint32)
	}
	for _, p := range k.parts {
		exact := k.shared.exact[p.is]
		if exact == nil {
			exact = &expr.ExactKeys{}
			k.shared.exact[p.is] = exact
		}
		if err := exact.Add(&b.Columns[p.at], b.Rows, nil); err != nil {
			return err
		}
	}
	k.places.begin(b)
	k.room(b.Rows * len(k.owners))
	k.whole = true
	for _, owner := range k.owners {
		for _, c := range k.needed(owner) {
			k.whole = k.whole && (c < 0 || full(&b.Columns[c], b.Rows))
		}
	}
	return nil
}

// room makes room for so many more keys.
func (k *keys) room(n int) {
	k.owner, k.places.lines = memory.Room(k.owner, n), memory.Room(k.places.lines, n)
	if k.unit == expr.Date {
		k.days = memory.Room(k.days, n)
	} else {
		k.micros = memory.Room(k.micros, n)
	}
	if k.reset >= 0 {
		k.resets = memory.Room(k.resets, n)
	}
}

func (k *keys) loadKey(b *expr.Batch, i int, owner []int) error {
	if c := k.lacks(b, i, owner); c >= 0 {
		return fmt.Errorf("%s: %s is %s, and a key needs it: fill it in, or leave the row out", k.placeText(k.places.now(b, i)), k.columns[c], nothing(&b.Columns[c], i))
	}
	k.owner = append(k.owner, k.codes.Code(keyText(b, owner, i)))
	k.places.add(b, i)
	if at := b.Columns[k.at].Ints[i]; k.unit == expr.Date {
		k.days = append(k.days, int32(at))
	} else {
		k.micros = append(k.micros, at)
	}
	for n := range k.order {
		if err := k.orders[n].load(b, i, i+1); err != nil {
			return err
		}
	}
	if k.reset >= 0 {
		code := int32(-1)
		if v := &b.Columns[k.reset]; nothing(v, i) == "" {
			code = k.shared.resets.Code(valueText(v, i))
		}
		k.resets = append(k.resets, code)
	}
	if k.team >= 0 {
		k.teams = append(k.teams, k.shared.teams.Code(valueText(&b.Columns[k.team], i)))
	}
	return nil
}

// needed are the columns that a key must have a value in; −1 is none.
func (k *keys) needed(owner []int) []int {
	reset := k.reset
	if k.nullReset {
		reset = -1
	}
	return slices.Concat(owner, []int{k.at}, k.order, []int{reset, k.team})
}

// lacks returns the first column that a key needs and a row has nothing in, or −1.
func (k *keys) lacks(b *expr.Batch, i int, owner []int) int {
	if k.whole {
		return -1
	}
	for _, c := range k.needed(owner) {
		if c >= 0 && nothing(&b.Columns[c], i) != "" {
			return c
		}
	}
	return -1
}
