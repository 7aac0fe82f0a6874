package rows

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// repeated is the first keys of each group that occur more than once.
type repeated struct {
	samples
	keys *keys
	at   []int // where the columns of the term are among those of the key, placed for the position
}

func newRepeated(s *scan, f *fold) (body, error) {
	most, args := f.of.Term.First()
	k := s.keysOf(f)
	r := &repeated{samples: samples{memory: s.memory.of, wanted: most}, keys: k}
	for _, a := range args {
		name := a.Node().(expr.ColumnExpr).Name
		at := slices.Index(k.keys.columns, name)
		if at == placed {
			k.places.at = []int{s.columns[name]}
		}
		r.at = append(r.at, at)
	}
	k.repeated = append(k.repeated, r)
	return r, nil
}

// consume is done once for all parts.
func (r *repeated) consume(*expr.Batch) error { return r.keys.failed() }

func (r *repeated) fill(out *expr.Vector, low, high int) error {
	if err := r.keys.failed(); err != nil {
		return err
	}
	return r.samples.fill(out, low, high)
}

func (*repeated) kept() int64 { return 0 } // the keys', which count themselves

// keyCells is a key wherever it is.
type keyCells interface {
	// column is a part of the key, and placed where a surplus row stands.
	column(at int) expr.Value
}

// repeat takes a key that occurs so often in all, and of which a group holds surplus
// rows.
func (k *keys) repeat(group int, rows int64, key keyCells) {
	for _, r := range k.repeated {
		r.best = grown(r.best, group+1)
		r.offer(group, len(r.at)+1, func(i int) expr.Value {
			if i == len(r.at) {
				n, _ := expr.ValueOf(rows)
				return n
			}
			return key.column(r.at[i])
		})
	}
}

// memorized is a key by its number, and that of its count.
type memorized struct {
	k       *keys
	key, id int
}

func (m memorized) column(at int) expr.Value {
	if at == placed {
		return m.k.places.value(uint32(m.id))
	}
	return m.k.keys.table.parts[at].value(m.key)
}

// recorded is a key as it came back from disk. Where its rows stand is not known.
type recorded struct {
	k      *keys
	record []byte
	cells  []expr.Vector
}

func (r *recorded) column(at int) expr.Value {
	if at == placed {
		return expr.Value{}
	}
	if r.cells == nil {
		rest, err := r.record, error(nil)
		r.cells = make([]expr.Vector, len(r.k.types))
		for i := range r.cells {
			r.cells[i].Reset(r.k.types[i], 1)
			if rest, err = readCell(rest, &r.cells[i], 0); err != nil {
				r.k.err = err
				break
			}
		}
	}
	return r.cells[at].Value(0)
}

// seconds is where the second row of each key stands that has one, as far as there is
// room.
type seconds struct {
	at   []int // of the positions in a batch, if they are asked for
	now  *expr.Vector
	rows map[uint32]int64
}

// mostSeconds is how many are kept.
const mostSeconds = 1 << 18

func (s *seconds) bytes() int64 { return 40 * int64(len(s.rows)) }

func (s *seconds) next(b *expr.Batch) {
	if s.at != nil {
		s.now = &b.Columns[s.at[0]]
	}
}

func (s *seconds) note(id uint32, row int) {
	if s.now == nil || len(s.rows) == mostSeconds || !s.now.Valid.Get(row) {
		return
	}
	if s.rows == nil {
		s.rows = map[uint32]int64{}
	}
	s.rows[id] = s.now.Ints[row]
}

func (s *seconds) value(id uint32) expr.Value {
	position, ok := s.rows[id]
	if !ok {
		return expr.Value{}
	}
	v, _ := expr.ValueOf(position)
	return v
}
