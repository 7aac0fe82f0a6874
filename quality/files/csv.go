package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
	"unicode/utf8"
)

// csvRecords takes a piece of whole records apart, by RFC 4180: the same records as
// encoding/csv reads, but that line ends within quotes stay as they are written, that
// a line end of the other kind outside of quotes is an error, and that in a file of
// one column an empty line is a row whose cell is empty.
type csvRecords struct {
	delimiter, eol byte
	columns        int // 0: those of the first record, which is the header
	header         []byte

	piece   []byte
	at      int   // where the next line begins
	counted int64 // lines before it
	quotes  bool  // there are some in the piece
	text    bool  // all of it is UTF-8

	start int
	raw   []byte // the record, without its line end
	line  int64  // at which it begins
	ends  []int32
	cells []span // of a record with quotes
	loose []byte // cells that are not written as they read
	blank bool   // there was an empty line before the record
}

// span is a cell: within the record, or in loose where quotes are doubled.
type span struct {
	start, end int
	loose      bool
}

func (r *csvRecords) reset(piece []byte, line int64) {
	r.piece, r.at, r.counted, r.blank = piece, 0, line-1, false
	r.quotes = bytes.IndexByte(piece, '"') >= 0
	r.text = utf8.Valid(piece)
}

// next reads a record; false is the end of the piece.
func (r *csvRecords) next() (bool, error) {
	r.blank = false
	for {
		if r.at == len(r.piece) {
			return false, nil
		}
		r.start = r.at
		r.extend()
		if len(r.raw) > 0 || r.columns == 1 {
			break
		}
		r.blank = true
	}
	r.line = r.counted
	var err error
	if r.quotes && bytes.IndexByte(r.raw, '"') >= 0 {
		err = r.parse()
	} else {
		err = r.split()
	}
	if err != nil {
		return true, lineError{r.line, err}
	}
	if n := r.count(); r.columns > 0 && n != r.columns {
		return true, lineError{r.line, r.cellsError()}
	}
	return true, nil
}

// extend adds the next line to the record.
func (r *csvRecords) extend() {
	r.counted++
	end := len(r.piece)
	if i := bytes.IndexByte(r.piece[r.at:], r.eol); i >= 0 {
		end = r.at + i
		r.at = end + 1
	} else {
		r.at = end
	}
	if r.raw = r.piece[r.start:end]; r.eol == '\n' {
		r.raw = bytes.TrimSuffix(r.raw, []byte("\r"))
	}
}

// count is how many cells the record has.
func (r *csvRecords) count() int {
	if len(r.cells) > 0 {
		return len(r.cells)
	}
	return len(r.ends)
}

// cell is one of the record's.
func (r *csvRecords) cell(i int) []byte {
	if len(r.cells) > 0 {
		s := r.cells[i]
		if s.loose {
			return r.loose[s.start:s.end]
		}
		return r.raw[s.start:s.end]
	}
	start := int32(0)
	if i > 0 {
		start = r.ends[i-1] + 1
	}
	return r.raw[start:r.ends[i]]
}

// checkText finds the cell that is not UTF-8.
func (r *csvRecords) checkText(names []string) error {
	if r.text || utf8.Valid(r.raw) {
		return nil
	}
	for i := range r.count() {
		if c := r.cell(i); !utf8.Valid(c) {
			return lineError{r.line, notText(names, i, c)}
		}
	}
	return lineError{r.line, notText(nil, 0, nil)}
}

const (
	lows  = 0x7f7f7f7f7f7f7f7f
	every = 0x0101010101010101
)

// split finds the ends of the cells of a record without quotes, eight bytes at a
// time.
func (r *csvRecords) split() error {
	b, ends := r.raw, r.ends[:0]
	r.cells = r.cells[:0]
	pattern := uint64(r.delimiter) * every
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:]) ^ pattern
		for hits := ^(((x & lows) + lows) | x | lows); hits != 0; hits &= hits - 1 { // a high bit for each byte that is 0
			ends = append(ends, int32(i+bits.TrailingZeros64(hits)>>3))
		}
	}
	for ; i < len(b); i++ {
		if b[i] == r.delimiter {
			ends = append(ends, int32(i))
		}
	}
	r.ends = append(ends, int32(len(b)))
	if at := bytes.IndexByte(b, r.otherEnd()); at >= 0 {
		return r.badEnd(b[:at])
	}
	return nil
}

// otherEnd is the line end that the file has not.
func (r *csvRecords) otherEnd() byte { return r.eol ^ '\r' ^ '\n' }

func (r *csvRecords) badEnd(before []byte) error {
	here, else_ := "CR", "LF"
	if r.eol == '\r' {
		here, else_ = else_, here
	}
	start := bytes.LastIndexByte(before, r.delimiter) + 1
	return showing(before[start:], "a lone %[2]s stands behind %[1]s, and lines end with %[3]s elsewhere: %[4]w", here, else_, errLoneEnd)
}

var errLoneEnd = errors.New("put the cell in quotes, or write one line end")

// parse takes a record with quotes apart, which can go on for several lines.
func (r *csvRecords) parse() error {
	r.cells, r.loose = r.cells[:0], r.loose[:0]
	for at := 0; ; at++ { // past the delimiter
		var err error
		if at < len(r.raw) && r.raw[at] == '"' {
			at, err = r.quoted(at + 1)
		} else {
			at, err = r.unquoted(at)
		}
		if err != nil || at == len(r.raw) {
			return err
		}
	}
}

func (r *csvRecords) unquoted(at int) (int, error) {
	end := len(r.raw)
	if i := bytes.IndexByte(r.raw[at:], r.delimiter); i >= 0 {
		end = at + i
	}
	cell := r.raw[at:end]
	if bytes.IndexByte(cell, '"') >= 0 {
		return 0, showing(cell, `cell %[2]d: %[1]s has a " within: put the cell in quotes and double those within`, len(r.cells)+1)
	}
	if i := bytes.IndexByte(cell, r.otherEnd()); i >= 0 {
		return 0, r.badEnd(cell[:i])
	}
	r.cells = append(r.cells, span{start: at, end: end})
	return end, nil
}

// quoted reads on from behind the opening quote.
func (r *csvRecords) quoted(at int) (int, error) {
	start, doubled := at, false
	for {
		i := bytes.IndexByte(r.raw[at:], '"')
		if i < 0 {
			at = len(r.raw)
			if r.at == len(r.piece) {
				return 0, errors.New(`a quote opens here that is never closed`)
			}
			r.extend()
			continue
		}
		end := at + i
		at = end + 1
		switch {
		case at == len(r.raw) || r.raw[at] == r.delimiter:
			s := span{start: start, end: end}
			if doubled {
				s = r.single(r.raw[start:end])
			}
			r.cells = append(r.cells, s)
			return at, nil
		case r.raw[at] != '"':
			return 0, showing(r.raw[start-1:], `cell %[2]d: %[1]s goes on behind its closing quote: double the quotes within`, len(r.cells)+1)
		}
		doubled = true
		at++
	}
}

// single writes doubled quotes once.
func (r *csvRecords) single(text []byte) span {
	s := span{start: len(r.loose), loose: true}
	for {
		i := bytes.IndexByte(text, '"')
		if i < 0 {
			break
		}
		r.loose = append(r.loose, text[:i+1]...)
		text = text[i+2:]
	}
	r.loose = append(r.loose, text...)
	s.end = len(r.loose)
	return s
}
