package panel

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// keys are the key columns of a table: where in its batches they are, and what
// has been loaded of them.
type keys struct {
	selection
	owners [][]int // of a key each: a game is due for two teams
	at     int
	order  []int
	reset  int // −1 is none
	team   int // −1 is none

	spec   *Spec
	shared *shared
	codes  *rolling.Dictionary // of the owners: entities or teams
	parts  []part

	nullReset bool // it may be NULL, as in a row
	whole     bool // every key of the batch has all that it needs

	owner  []int32
	unit   expr.Type // DATE, TIMESTAMP, DATETIME, or NULL without rows
	days   []int32
	micros []int64
	orders []*column
	resets []int32
	teams  []int32
	places places // of each key's row
}

// keys returns what was loaded, but for the order.
func (k *keys) keys() rolling.Keys {
	out := rolling.Keys{Entity: rolling.Coded(k.owner), At: rolling.Dates(k.days), Reset: k.resets}
	if k.owner == nil {
		out.Entity = rolling.Coded([]int32{})
	}
	switch k.unit {
	case expr.Timestamp:
		out.At = rolling.Timestamps(k.micros)
	case expr.DateTime:
		out.At = rolling.Datetimes(k.micros)
	}
	return out
}

// timestamps reports whether times are counted in microseconds.
func timestamps(t expr.Type) bool { return t == expr.Timestamp || t == expr.DateTime }
