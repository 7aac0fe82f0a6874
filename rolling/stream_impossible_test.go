package rolling

import (
	"math"
	"slices"

	"github.com/intactdata/intact/rolling/internal/places"
)

// impossible are changes of one cell, value or start, or of what is newest, each to
// what can not be. They return false where they would change nothing.
var impossible = map[string]func(c *Calculator, cell *places.Cell, value *Value, start *start) bool{
	"a key out of range": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.At = math.MaxInt64
		return true
	},
	"a key before all times": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.At = math.MinInt64
		return true
	},
	"a key twice": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		if len(c.cells) < 2 || k == &c.cells[0] {
			return false
		}
		k.At, k.Order = c.cells[0].At, c.cells[0].Order
		return true
	},
	"keys in another order": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		first := &c.cells[0]
		*first, *k = *k, *first
		return k != first
	},
	"a key that is nothing": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Row, k.Expected = -1, -1
		return true
	},
	"a predicate without a row": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Counted = True
		return k.Row < 0
	},
	"a reset of a row without one": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Reset = 1
		return k.Row < 0
	},
	"no row and twice": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Duplicate = true
		return k.Row < 0
	},
	"a row that is lost and was counted": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		lost := k.Row >= 0 && k.Counted != Unknown
		k.Row = -1
		return lost
	},
	"a predicate that is none": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Counted = True + 1
		return true
	},
	"counted with no reset": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Reset, k.Counted = -1, True
		return k.Row >= 0
	},
	"a reset that is neither NULL nor one": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Reset = -7
		return true
	},
	"a reset without a history": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Reset = 77
		return true
	},
	"excused and not expected": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Excused = true
		return k.Expected < 0
	},
	"due and not expected": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Due = 1
		return k.Expected < 0
	},
	"expected of a reset that is NULL": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Expected, k.ExpectedReset = 0, -1
		return true
	},
	"expected of a reset without a history": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Expected, k.ExpectedReset = 0, 77
		return true
	},
	"not expected and of a reset": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.ExpectedReset = 1
		return k.Expected < 0
	},
	"expected where nothing is": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		k.Expected, k.ExpectedReset = 0, c.starts[0].reset
		return !c.stream.expects
	},
	"a value without a row": func(c *Calculator, k *places.Cell, v *Value, _ *start) bool {
		*v = Float64(1)
		return k.Row < 0
	},
	"a value of a type that there is not": func(c *Calculator, _ *places.Cell, v *Value, _ *start) bool {
		v.kind = 9
		return true
	},
	"a value of another type": func(c *Calculator, k *places.Cell, v *Value, _ *start) bool {
		was := v.kind
		v.kind = was%numericKind + 1
		return was != 0
	},
	"a NULL that is a number": func(c *Calculator, _ *places.Cell, v *Value, _ *start) bool {
		*v = Value{word: 1}
		return true
	},
	"a value that is NaN": func(c *Calculator, _ *places.Cell, v *Value, _ *start) bool {
		*v = Float64(math.NaN())
		return true
	},
	"a value that is infinite": func(c *Calculator, _ *places.Cell, v *Value, _ *start) bool {
		*v = Float64(math.Inf(-1))
		return true
	},
	"a value of too many bits": func(c *Calculator, _ *places.Cell, v *Value, _ *start) bool {
		v.high = math.MaxInt64
		return true
	},
	"a newest row that is another": func(c *Calculator, _ *places.Cell, _ *Value, _ *start) bool {
		c.newest.at++
		return true
	},
	"a newest row that was overtaken": func(c *Calculator, _ *places.Cell, _ *Value, _ *start) bool {
		c.newest.at--
		return true
	},
	"a newest order that is another": func(c *Calculator, _ *places.Cell, _ *Value, _ *start) bool {
		c.newest.order ^= 1 << 40
		return true
	},
	"rows and none pushed, or none and pushed": func(c *Calculator, _ *places.Cell, _ *Value, _ *start) bool {
		c.pushed = !c.pushed
		return true
	},
	"a history that is lost": func(c *Calculator, k *places.Cell, _ *Value, _ *start) bool {
		reset := k.Reset
		if k.Expected >= 0 {
			reset = k.ExpectedReset
		}
		n := len(c.starts)
		c.starts = slices.DeleteFunc(c.starts, func(h start) bool { return h.reset == reset })
		return len(c.starts) < n
	},
	"two histories of a reset": func(c *Calculator, _ *places.Cell, _ *Value, h *start) bool {
		c.starts = append(c.starts, *h)
		return true
	},
	"a history without a reset": func(c *Calculator, _ *places.Cell, _ *Value, h *start) bool {
		h.reset = -1
		return true
	},
	"a history of nothing": func(c *Calculator, _ *places.Cell, _ *Value, _ *start) bool {
		c.starts = append(c.starts, start{reset: 77, at: c.newest.at + 1})
		return true
	},
	"a history that starts at no time": func(c *Calculator, _ *places.Cell, _ *Value, h *start) bool {
		h.at = math.MinInt64
		return true
	},
	"a history that starts after its keys": func(c *Calculator, k *places.Cell, _ *Value, h *start) bool {
		h.at = k.At + 1
		return k.Row >= 0 && k.Reset == h.reset || k.Expected >= 0 && k.ExpectedReset == h.reset
	},
	"a history that starts where nothing is": func(c *Calculator, _ *places.Cell, _ *Value, h *start) bool {
		h.at = c.horizon() + 1
		return !slices.ContainsFunc(c.cells, func(k places.Cell) bool { return k.At == h.at })
	},
}
