package places

// A Cell is all that is known of one key (at, order) of an entity: its rows, and
// the expectation of it. Batch and calculator see places through cells alike.
type Cell struct {
	At, Order     int64
	Due           int64 // of the expectation
	Row           int32 // its first row, or −1
	Expected      int32 // its expectation, or −1
	Reset         int32 // of the rows; −1 if NULL, or if they disagree
	ExpectedReset int32 // of the expectation
	Counted       Truth // of the rows together
	Duplicate     bool  // more rows than one
	Excused       bool  // by the expectation
}

// State says what is wrong with a place; 0 is a counted row.
type State uint8

const (
	Missing    State = 1 << iota // an expected key without a row
	NotDue                       // and it is not due yet
	Twice                        // more rows than one
	Unusable                     // predicate or reset is NULL
	Unexpected                   // a row without an expected key; it counts
)

// NewCell returns the cell of a first row.
func NewCell(at, order int64, row, reset int32, class Truth) Cell {
	var c Cell
	c.Observe(at, order, row, reset, class)
	return c
}

// Observe makes a cell that of a first row. It writes each field where it stays,
// which a calculator's speed hangs on.
func (c *Cell) Observe(at, order int64, row, reset int32, class Truth) {
	c.At, c.Order, c.Due = at, order, 0
	c.Row, c.Expected, c.Reset, c.ExpectedReset = row, -1, reset, 0
	c.Counted, c.Duplicate, c.Excused = class, false, false
	if reset < 0 {
		c.Reset, c.Counted = -1, Unknown
	}
}

// ExpectedCell returns the cell of an expected key without a row.
func ExpectedCell(at, order int64, index, reset int32) Cell {
	return Cell{At: at, Order: order, Row: -1, Expected: index, ExpectedReset: reset}
}

// Again adds a row with the same key.
func (c *Cell) Again(reset int32, class Truth) {
	c.Duplicate = true
	switch {
	case reset < 0 || reset != c.Reset:
		// Which history the key belongs to is not known: every one sees it.
		c.Reset, c.Counted = -1, Unknown
	case class == Unknown || c.Counted == Unknown:
		c.Counted = Unknown
	case class == True:
		c.Counted = True
	}
}

// Precedes orders cells by key.
func (c *Cell) Precedes(at, order int64) bool {
	return c.At < at || c.At == at && c.Order < order
}

// Seen reports whether windows of this reset see the rows of the cell.
func (c *Cell) Seen(reset int32) bool {
	return c.Row >= 0 && (c.Reset == reset || c.Reset < 0)
}

// Look returns what windows of this reset see here, and whether it is a place.
func (c *Cell) Look(reset int32, oracle bool, now int64) (p State, isPlace bool) {
	switch {
	case c.Seen(reset):
		if c.Counted == False {
			return 0, false
		}
		if c.Duplicate {
			p |= Twice
		} else if c.Counted == Unknown {
			p |= Unusable
		}
		// Where the reset of its row is NULL, each history sees its own keys alone.
		if oracle && (c.Expected < 0 || c.ExpectedReset != reset) {
			p |= Unexpected
		}
		return p, true
	case c.Expected >= 0 && c.ExpectedReset == reset && !c.Excused:
		if p = Missing; c.Due > now {
			p |= NotDue
		}
		return p, true
	}
	return 0, false
}
