package rows

import "strings"

// arena is texts that are kept, one behind the other, in chunks. A reference to one
// of them says where it begins and how long it is, in 8 bytes that hold no pointer.
type arena struct {
	chunks []string // what of each is written
	open   *strings.Builder
	bytes  int64
}

const (
	chunkBits  = 20
	chunkMask  = 1<<chunkBits - 1
	lengthBits = 28
	lengthMask = 1<<lengthBits - 1
	longest    = lengthMask // of a text that is kept
)

func (a *arena) put(s string) uint64 {
	if a.open == nil || a.open.Len() > chunkMask || a.open.Len()+len(s) > a.open.Cap() {
		a.open = &strings.Builder{}
		a.open.Grow(max(len(s), 1<<min(chunkBits, 10+2*len(a.chunks))))
		a.chunks = append(a.chunks, "")
		a.bytes += int64(a.open.Cap())
	}
	at := a.open.Len()
	a.open.WriteString(s)
	last := len(a.chunks) - 1
	a.chunks[last] = a.open.String()
	return (uint64(last)<<chunkBits|uint64(at))<<lengthBits | uint64(len(s))
}

func (a *arena) text(ref uint64) string {
	n, at := ref&lengthMask, ref>>lengthBits
	if n == 0 {
		return ""
	}
	from := at & chunkMask
	return a.chunks[at>>chunkBits][from : from+n]
}
