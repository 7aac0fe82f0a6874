package rows

// listChunk is how many values of a list lie together: a multiple of batchRows.
const (
	listBits  = 13
	listChunk = 1 << listBits
	listMask  = listChunk - 1
)

// list is values that are appended, and never moved: it grows by a chunk at a time,
// so that growing neither copies what is there nor needs room for it twice.
type list[T any] struct {
	chunks [][]T
	n      int
}

func (l *list[T]) at(i int) T { return l.chunks[i>>listBits][i&listMask] }

func (l *list[T]) push(x T) {
	c := l.n >> listBits
	if c == len(l.chunks) {
		l.grow()
	}
	l.chunks[c] = append(l.chunks[c], x)
	l.n++
}

// grow begins a chunk. Only the first one may be small.
func (l *list[T]) grow() {
	var chunk []T
	if len(l.chunks) > 0 {
		chunk = make([]T, 0, listChunk)
	}
	l.chunks = append(l.chunks, chunk)
}

func (l *list[T]) extend(xs []T) {
	for len(xs) > 0 {
		c := l.n >> listBits
		if c == len(l.chunks) {
			l.grow()
		}
		n := min(len(xs), listChunk-len(l.chunks[c]))
		l.chunks[c] = append(l.chunks[c], xs[:n]...)
		l.n += n
		xs = xs[n:]
	}
}

// room is how many values there is memory for.
func (l *list[T]) room() int64 {
	if len(l.chunks) == 0 {
		return 0
	}
	return int64(cap(l.chunks[0])) + int64(len(l.chunks)-1)*listChunk
}
