package rolling

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/intactdata/intact/rolling/internal/places"
)

// ErrSnapshot is the error of bytes that are no snapshot of this stream.
var ErrSnapshot = errors.New("snapshot")

// A snapshot is, in little-endian order,
//
//	magic, version u16
//	length u32, the stream's description
//	pushed u8, newest at i64, newest order i64
//	count u32, starts: reset i32, start i64
//	count u32, cells: at i64, order i64, due i64, reset i32, expected reset i32, flags u8
//	           with for each column: kind u8, word u64, high i64
//	CRC-32 of all before
const (
	snapshotMagic   = "rolling\n"
	snapshotVersion = 1

	startSize = 4 + 8
	cellSize  = 3*8 + 2*4 + 1
	valueSize = 1 + 2*8
)

const (
	flagRow = 1 << iota
	flagExpected
	flagDuplicate
	flagExcused
	flagClass // two bits
)

// Snapshot appends the calculator's state to b.
func (c *Calculator) Snapshot(b []byte) []byte {
	le := binary.LittleEndian
	from := len(b)
	b = append(b, snapshotMagic...)
	b = le.AppendUint16(b, snapshotVersion)
	b = le.AppendUint32(b, uint32(len(c.stream.text)))
	b = append(b, c.stream.text...)
	b = append(b, flag(c.pushed, 1))
	b = le.AppendUint64(b, uint64(c.newest.at))
	b = le.AppendUint64(b, uint64(c.newest.order))
	b = le.AppendUint32(b, uint32(len(c.starts)))
	for _, h := range c.starts {
		b = le.AppendUint32(b, uint32(h.reset))
		b = le.AppendUint64(b, uint64(h.at))
	}
	b = le.AppendUint32(b, uint32(len(c.cells)))
	n := len(c.stream.columns)
	for i, k := range c.cells {
		b = le.AppendUint64(b, uint64(k.At))
		b = le.AppendUint64(b, uint64(k.Order))
		b = le.AppendUint64(b, uint64(k.Due))
		b = le.AppendUint32(b, uint32(k.Reset))
		b = le.AppendUint32(b, uint32(k.ExpectedReset))
		b = append(b, flag(k.Row >= 0, flagRow)|flag(k.Expected >= 0, flagExpected)|
			flag(k.Duplicate, flagDuplicate)|flag(k.Excused, flagExcused)|byte(k.Counted)*flagClass)
		for _, v := range c.values[i*n : (i+1)*n] {
			b = append(b, byte(v.kind))
			b = le.AppendUint64(b, v.word)
			b = le.AppendUint64(b, uint64(v.high))
		}
	}
	return le.AppendUint32(b, crc32.ChecksumIEEE(b[from:]))
}

func flag(set bool, f byte) byte {
	if set {
		return f
	}
	return 0
}

// Restore returns the calculator whose snapshot b is. A snapshot of another
// version, of a stream with other columns or windows, that is damaged, or of a state
// that no calculator can be in is refused with [ErrSnapshot].
func (s *Stream) Restore(b []byte) (*Calculator, error) {
	if len(b) < len(snapshotMagic)+2+4 || string(b[:len(snapshotMagic)]) != snapshotMagic {
		return nil, fmt.Errorf("%w: %d bytes that do not begin as one: give what Snapshot returned", ErrSnapshot, len(b))
	}
	if v := binary.LittleEndian.Uint16(b[len(snapshotMagic):]); v != snapshotVersion {
		return nil, fmt.Errorf("%w: version %d, and this is version %d: replay the history", ErrSnapshot, v, snapshotVersion)
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return nil, fmt.Errorf("%w: damaged: its checksum is not that of its bytes: replay the history", ErrSnapshot)
	}
	r := reader{b: body[len(snapshotMagic)+2:]}
	if text := string(r.take(r.count(1))); text != s.text {
		return nil, fmt.Errorf("%w: of another stream (%s), and this one is (%s): replay the history", ErrSnapshot, text, s.text)
	}
	c := s.Calculator()
	pushed := r.u8()
	c.pushed = pushed == 1
	c.newest.at, c.newest.order = r.i64(), r.i64()
	for range r.count(startSize) {
		c.starts = append(c.starts, start{reset: r.i32(), at: r.i64()})
	}
	for range r.count(cellSize + valueSize*len(s.columns)) {
		c.cells = append(c.cells, r.cell())
		for range s.columns {
			c.values = append(c.values, Value{kind: valueKind(r.u8()), word: uint64(r.i64()), high: r.i64()})
		}
	}
	err := c.sound()
	switch {
	case r.short:
		err = errors.New("it is cut short")
	case len(r.b) != 0:
		err = fmt.Errorf("%d bytes follow its end", len(r.b))
	case pushed > 1:
		err = fmt.Errorf("%d says whether a row was pushed", pushed)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: no calculator can be in this state: %w: replay the history", ErrSnapshot, err)
	}
	c.limit = max(minKept, 2*len(c.cells))
	return c, nil
}

// A reader takes numbers off bytes; once they are short it returns zeros.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.short, r.b = true, nil
		return nil
	}
	t := r.b[:n]
	r.b = r.b[n:]
	return t
}

func (r *reader) u8() byte {
	if t := r.take(1); t != nil {
		return t[0]
	}
	return 0
}

func (r *reader) i32() int32 {
	if t := r.take(4); t != nil {
		return int32(binary.LittleEndian.Uint32(t))
	}
	return 0
}

func (r *reader) i64() int64 {
	if t := r.take(8); t != nil {
		return int64(binary.LittleEndian.Uint64(t))
	}
	return 0
}

// count reads a number of things of a size, no more than there are bytes for.
func (r *reader) count(size int) int {
	n := int(uint32(r.i32()))
	if n > len(r.b)/size {
		r.short = true
		return 0
	}
	return n
}

func (r *reader) cell() places.Cell {
	k := places.Cell{At: r.i64(), Order: r.i64(), Due: r.i64(), Reset: r.i32(), ExpectedReset: r.i32(), Row: -1, Expected: -1}
	f := r.u8()
	if f&flagRow != 0 {
		k.Row = 0
	}
	if f&flagExpected != 0 {
		k.Expected = 0
	}
	k.Duplicate, k.Excused, k.Counted = f&flagDuplicate != 0, f&flagExcused != 0, Truth(f/flagClass)
	return k
}
