package places

import "github.com/intactdata/intact/rolling/internal/calendar"

// A history is what an entity has of one reset: where in its cells it lies, and
// when it starts.
type history struct {
	reset       int32
	first, last int32 // cells
	start       int64
}

// mergeCells fills the cells of an entity from its sorted rows and expected keys.
func (p *Part) mergeCells(t *Table, e int) error {
	in, w := &t.in, &p.scratch
	from, to := t.rows.Of(e)
	var due, dueTo int32
	if in.Expects {
		due, dueTo = t.expected.Of(e)
	}
	for from < to || due < dueTo {
		var at, order int64
		row, reset, isRow := int32(-1), int32(0), false
		if from < to {
			row = t.rows.Row(from)
			at, order, reset = in.Rows.Key(row)
			isRow = true
		}
		if due < dueTo {
			key := t.expected.Row(due)
			dueAt, dueOrder, dueReset := in.Expected.Key(key)
			if !isRow || dueAt < at || dueAt == at && dueOrder <= order {
				if err := w.expect(&in.Expected, key, e, dueAt, dueOrder, dueReset); err != nil {
					return err
				}
				due++
				continue
			}
		}
		from++
		class := True
		if in.Counted != nil {
			if class = in.Counted[row]; class > True {
				class = Unknown
			}
		}
		if reset >= 0 {
			w.begins(reset, at)
		}
		w.observe(at, order, row, reset, class)
	}
	return nil
}

// expect adds an expected key, which comes before any row of the same key.
func (w *scratch) expect(x *Expected, i int32, entity int, at, order int64, reset int32) error {
	c := ExpectedCell(at, order, i, reset)
	c.Excused = x.Excused != nil && x.Excused[i]
	if x.Due != nil {
		c.Due = x.Due[i]
	}
	w.begins(reset, at)
	if n := len(w.cells); n > 0 && w.cells[n-1].At == at && w.cells[n-1].Order == order {
		if l := &w.cells[n-1]; l.ExpectedReset != reset || l.Excused != c.Excused || l.Due != c.Due {
			return TwiceError{First: int(l.Expected), Second: int(i), entity: entity, at: x.At.Unit().Text(at)}
		}
		return nil
	}
	w.cells = append(w.cells, c)
	return nil
}

// observe adds a row, which comes after any expectation of the same key.
func (w *scratch) observe(at, order int64, row, reset int32, class Truth) {
	if n := len(w.cells); n > 0 && w.cells[n-1].At == at && w.cells[n-1].Order == order {
		c := &w.cells[n-1]
		if c.Row >= 0 {
			c.Again(reset, class)
			return
		}
		first := NewCell(at, order, row, reset, class)
		c.Row, c.Reset, c.Counted = first.Row, first.Reset, first.Counted
		return
	}
	w.cells = append(w.cells, NewCell(at, order, row, reset, class))
}

// history returns the history of a reset, made if it is new.
func (w *scratch) history(reset int32) *history {
	// Most often it is the newest one.
	for i := len(w.histories) - 1; i >= 0; i-- {
		if w.histories[i].reset == reset {
			return &w.histories[i]
		}
	}
	w.histories = append(w.histories, history{reset: reset, first: -1, last: -2, start: calendar.None})
	return &w.histories[len(w.histories)-1]
}

func (w *scratch) begins(reset int32, at int64) {
	h := w.history(reset)
	h.start = min(h.start, at)
}

func (w *scratch) belongs(reset int32, cell int32) {
	h := w.history(reset)
	if h.first < 0 {
		h.first = cell
	}
	h.last = cell
}
