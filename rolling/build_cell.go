package rolling

// A cell is all that is known of one key (at, order) of an entity: its rows, and
// the expectation of it. Batch and calculator see places through cells alike.
type cell struct {
	At, Order     int64
	Due           int64 // of the expectation
	Row           int32 // its first row, or −1
	Expected      int32 // its expectation, or −1
	Reset         int32 // of the rows; −1 if NULL, or if they disagree
	ExpectedReset int32 // of the expectation
	Counted       truth // of the rows together
	Duplicate     bool  // more rows than one
	Excused       bool  // by the expectation
}

// place says what is wrong with a place; 0 is a counted row.
type place uint8

const (
	missing    place = 1 << iota // an expected key without a row
	notDue                       // and it is not due yet
	twice                        // more rows than one
	null                         // predicate or reset is NULL
	unexpected                   // a row without an expected key; it counts
)

// newCell returns the cell of a first row.
func newCell(at, order int64, row, reset int32, class truth) cell {
	var c cell
	c.Observe(at, order, row, reset, class)
	return c
}

// observe makes a cell that of a first row. It writes each field where it stays,
// which a calculator's speed hangs on.
func (c *cell) Observe(at, order int64, row, reset int32, class truth) {
	c.At, c.Order, c.Due = at, order, 0
	c.Row, c.Expected, c.Reset, c.ExpectedReset = row, -1, reset, 0
	c.Counted, c.Duplicate, c.Excused = class, false, false
	if reset < 0 {
		c.Reset, c.Counted = -1, isUnknown
	}
}

// expectation returns the cell of an expected key without a row.
func expectation(at, order int64, index, reset int32) cell {
	return cell{At: at, Order: order, Row: -1, Expected: index, ExpectedReset: reset}
}

// again adds a row with the same key.
func (c *cell) Again(reset int32, class truth) {
	c.Duplicate = true
	switch {
	case reset < 0 || reset != c.Reset:
		// Which history the key belongs to is not known: every one sees it.
		c.Reset, c.Counted = -1, isUnknown
	case class == isUnknown || c.Counted == isUnknown:
		c.Counted = isUnknown
	case class == isTrue:
		c.Counted = isTrue
	}
}

// precedes orders cells by key.
func (c *cell) Precedes(at, order int64) bool {
	return c.At < at || c.At == at && c.Order < order
}

// seen reports whether windows of this reset see the rows of the cell.
func (c *cell) Seen(reset int32) bool {
	return c.Row >= 0 && (c.Reset == reset || c.Reset < 0)
}

// look returns what windows of this reset see here, and whether it is a place.
func (c *cell) Look(reset int32, oracle bool, now int64) (p place, isPlace bool) {
	switch {
	case c.Seen(reset):
		if c.Counted == isFalse {
			return 0, false
		}
		if c.Duplicate {
			p |= twice
		} else if c.Counted == isUnknown {
			p |= null
		}
		// Where the reset of its row is NULL, each history sees its own keys alone.
		if oracle && (c.Expected < 0 || c.ExpectedReset != reset) {
			p |= unexpected
		}
		return p, true
	case c.Expected >= 0 && c.ExpectedReset == reset && !c.Excused:
		if p = missing; c.Due > now {
			p |= notDue
		}
		return p, true
	}
	return 0, false
}
