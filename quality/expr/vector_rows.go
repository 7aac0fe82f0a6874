package expr

// Part is some rows of a vector, without a copy; low is a multiple of 64.
func (v *Vector) Part(low, high int) Vector {
	out := Vector{Type: v.Type, Valid: v.Valid[low/64 : (high+63)/64]}
	if v.Bools != nil {
		out.Bools = v.Bools[low/64 : (high+63)/64]
	}
	if v.Ints != nil {
		out.Ints = v.Ints[low:high]
	}
	if v.Floats != nil {
		out.Floats = v.Floats[low:high]
	}
	if v.Texts != nil {
		out.Texts = v.Texts[low:high]
	}
	if v.Decimals != nil {
		out.Decimals = v.Decimals[low:high]
	}
	if v.Items != nil {
		out.Items, out.Offsets = v.Items, v.Offsets[low:high+1]
	}
	return out
}

// Gather sets the vector to rows of another in any order; a row below 0 is NULL.
func (v *Vector) Gather(of *Vector, rows []int32) {
	v.Reset(of.Type, len(rows))
	if v.Err = of.Err; of.Err != nil {
		return
	}
	if of.Items != nil {
		v.gatherItems(of, rows)
	}
	for i, r := range rows {
		if r < 0 || !of.Valid.Get(int(r)) {
			continue
		}
		v.Valid.Set(i)
		switch {
		case of.Ints != nil:
			v.Ints[i] = of.Ints[r]
		case of.Floats != nil:
			v.Floats[i] = of.Floats[r]
		case of.Texts != nil:
			v.Texts[i] = of.Texts[r]
		case of.Decimals != nil:
			v.Decimals[i] = of.Decimals[r]
		case of.Bools != nil && of.Bools.Get(int(r)):
			v.Bools.Set(i)
		}
	}
}

// gatherItems sets the items of each row to those of another vector's.
func (v *Vector) gatherItems(of *Vector, rows []int32) {
	var items []int32
	for i, r := range rows {
		if r >= 0 && of.Valid.Get(int(r)) {
			for at := of.Offsets[r]; at < of.Offsets[r+1]; at++ {
				items = append(items, at)
			}
		}
		v.Offsets[i+1] = int32(len(items))
	}
	v.Items.Gather(of.Items, items)
}
