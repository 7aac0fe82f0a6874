package rolling

// A cell is all that is known of one key (at, order) of an entity: its rows, and
// the expectation of it. Batch and calculator see places through cells alike.
type cell struct {
	at, order int64
	due       int64 // of the expectation
	row       int32 // its first row, or −1
	expected  int32 // its expectation, or −1
	reset     int32 // of the rows; −1 if NULL, or if they disagree
	expReset  int32 // of the expectation
	class     truth // of the rows together
	duplicate bool  // more rows than one
	excused   bool  // by the expectation
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
	c.observe(at, order, row, reset, class)
	return c
}

// observe makes a cell that of a first row. It writes each field where it stays,
// which a calculator's speed hangs on.
func (c *cell) observe(at, order int64, row, reset int32, class truth) {
	c.at, c.order, c.due = at, order, 0
	c.row, c.expected, c.reset, c.expReset = row, -1, reset, 0
	c.class, c.duplicate, c.excused = class, false, false
	if reset < 0 {
		c.reset, c.class = -1, isUnknown
	}
}

// expectation returns the cell of an expected key without a row.
func expectation(at, order int64, index, reset int32) cell {
	return cell{at: at, order: order, row: -1, expected: index, expReset: reset}
}

// again adds a row with the same key.
func (c *cell) again(reset int32, class truth) {
	c.duplicate = true
	switch {
	case reset < 0 || reset != c.reset:
		// Which history the key belongs to is not known: every one sees it.
		c.reset, c.class = -1, isUnknown
	case class == isUnknown || c.class == isUnknown:
		c.class = isUnknown
	case class == isTrue:
		c.class = isTrue
	}
}

// precedes orders cells by key.
func (c *cell) precedes(at, order int64) bool {
	return c.at < at || c.at == at && c.order < order
}

// seen reports whether windows of this reset see the rows of the cell.
func (c *cell) seen(reset int32) bool {
	return c.row >= 0 && (c.reset == reset || c.reset < 0)
}

// look returns what windows of this reset see here, and whether it is a place.
func (c *cell) look(reset int32, oracle bool, now int64) (p place, isPlace bool) {
	switch {
	case c.seen(reset):
		if c.class == isFalse {
			return 0, false
		}
		if c.duplicate {
			p |= twice
		} else if c.class == isUnknown {
			p |= null
		}
		// Where the reset of its row is NULL, each history sees its own keys alone.
		if oracle && (c.expected < 0 || c.expReset != reset) {
			p |= unexpected
		}
		return p, true
	case c.expected >= 0 && c.expReset == reset && !c.excused:
		if p = missing; c.due > now {
			p |= notDue
		}
		return p, true
	}
	return 0, false
}
