package faults

import (
	"context"
	"errors"
	"math"
	"math/big"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// maxRevisions is how often the rows of a source may revise its schema.
const maxRevisions = 100

// Hold reads all rows of a source into memory, once. A column that cannot be read has
// its error there, too.
func Hold(ctx context.Context, src expr.Source) (*Table, error) {
	for tries := 0; ; tries++ {
		t, err := hold(ctx, src)
		if errors.Is(err, expr.ErrRevised) && tries < maxRevisions {
			continue
		}
		return t, err
	}
}

func hold(ctx context.Context, src expr.Source) (*Table, error) {
	schema, err := src.Schema(ctx)
	if err != nil {
		return nil, err
	}
	t := &Table{schema: schema, fields: readable(schema, schema, "")}
	t.columns = make([]expr.Vector, len(t.fields))
	if s, ok := src.(expr.Identified); ok {
		if t.identity, err = s.Identity(); err != nil {
			return nil, err
		}
	}
	var names []string
	var into []*held
	for i, f := range t.fields {
		v := &t.columns[i]
		v.Type, v.Err = f.Type, f.Err
		if f.Err == nil {
			names, into = append(names, f.Name), append(into, &held{to: v})
		}
	}
	for b, err := range src.Scan(ctx, names) {
		if err != nil {
			return nil, err
		}
		for i, h := range into {
			h.add(&b.Columns[i], t.rows, b.Rows)
		}
		if t.rows += b.Rows; t.rows > math.MaxInt32 {
			return nil, errors.New("there are more rows than can be held to be broken: take some of the days")
		}
	}
	return t, nil
}

// readable are columns and, below those, the fields that they are known to have, each by
// the reference to it.
func readable(all, of expr.Schema, path string) expr.Schema {
	var out expr.Schema
	for _, f := range of {
		name := path + f.Name
		found, err := all.Field(name)
		if err == nil && f.Name == "" {
			err = errors.New("it has no name")
		}
		if err != nil { // it is named twice or not at all, or cannot be read
			found = expr.Field{Name: name, Type: f.Type, Err: err}
		}
		out = append(append(out, found), readable(all, f.Fields, name+".")...)
	}
	return out
}

// held is a column that is read.
type held struct {
	to    *expr.Vector
	items *held             // of an ARRAY
	texts map[string]string // one of each
	exact map[int][2]string // what Written tells
}

// add appends rows, of which the batch keeps the memory.
func (h *held) add(v *expr.Vector, before, rows int) {
	to := h.to
	if to.Err != nil {
		return
	}
	if v.Err != nil {
		*to = expr.Vector{Type: to.Type, Err: v.Err}
		return
	}
	to.Redacted = to.Redacted || v.Redacted
	if v.Items != nil {
		h.addItems(v, rows)
	}
	to.Ints, to.Floats = append(to.Ints, v.Ints...), append(to.Floats, v.Floats...)
	for len(to.Valid)*64 < before+rows {
		to.Valid = append(to.Valid, 0)
		if v.Bools != nil {
			to.Bools = append(to.Bools, 0)
		}
	}
	for i := range rows {
		valid := v.Valid.Get(i)
		if valid {
			to.Valid.Set(before + i)
		}
		switch {
		case v.Texts != nil:
			to.Texts = append(to.Texts, h.text(v.Texts[i], valid))
		case v.Decimals != nil && valid:
			to.Decimals = append(to.Decimals, new(big.Rat).Set(v.Decimals[i]))
		case v.Decimals != nil:
			to.Decimals = append(to.Decimals, nil)
		case valid && v.Bools != nil && v.Bools.Get(i):
			to.Bools.Set(before + i)
		}
		if v.Written != nil {
			h.write(v, before, i)
		}
	}
}

// addItems appends those of an ARRAY.
func (h *held) addItems(v *expr.Vector, rows int) {
	to := h.to
	if to.Items == nil {
		to.Items, to.Offsets = &expr.Vector{Type: v.Items.Type}, []int32{0}
		h.items = &held{to: to.Items}
	}
	var of []int32
	before := to.Offsets[len(to.Offsets)-1]
	for row := range rows {
		if from, end := v.Within(row); v.Valid.Get(row) {
			for i := from; i < end; i++ {
				of = append(of, int32(i))
			}
		}
		to.Offsets = append(to.Offsets, before+int32(len(of)))
	}
	var items expr.Vector
	items.Gather(v.Items, of)
	items.Written = picked(v.Items.Written, of)
	h.items.add(&items, int(before), len(of))
}

func (h *held) text(s string, valid bool) string {
	if !valid {
		return ""
	}
	known, ok := h.texts[s]
	if !ok {
		known = strings.Clone(s)
		if h.texts == nil {
			h.texts = map[string]string{}
		}
		h.texts[known] = known
	}
	return known
}

func (h *held) write(v *expr.Vector, before, i int) {
	digits, where := v.Written(i)
	if digits == "" {
		return
	}
	if h.exact == nil {
		exact := map[int][2]string{}
		h.exact = exact
		h.to.Written = func(i int) (string, string) { return exact[i][0], exact[i][1] }
	}
	h.exact[before+i] = [2]string{digits, where}
}
