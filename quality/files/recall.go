package files

import "encoding/binary"

// recall is the classes of short texts that a column has had: they come again, as teams
// and names do. It keeps copies, as what a cell lies in is soon another row's.
type recall [64]recalled

type recalled struct {
	text [22]byte
	long uint8
	kind kind
	class
}

// slot is where a text is kept, nil where it is too long, or of no byte.
func (r *recall) slot(b []byte) *recalled {
	n := len(b)
	if n == 0 || n > len(r[0].text) {
		return nil
	}
	h := uint64(n)
	if n >= 8 {
		h += binary.LittleEndian.Uint64(b) ^ binary.LittleEndian.Uint64(b[n-8:])*3
	} else {
		h += uint64(b[0]) | uint64(b[n/2])<<8 | uint64(b[n-1])<<16
	}
	return &r[h*0x9e3779b97f4a7c15>>58]
}

func (s *recalled) holds(k kind, b []byte) bool {
	return s.kind == k && string(s.text[:s.long]) == string(b)
}

func (s *recalled) keep(k kind, b []byte, c class) {
	s.kind, s.class, s.long = k, c, uint8(copy(s.text[:], b))
}
