package files

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/thrift/lib/go/thrift"
)

// pageHeader is what is looked at of a page's header. The library that decodes pages
// stops where the footer says that the values end, and does not look at checksums.
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
type pageHeader struct {
	kind   int32 // of the page
	size   int32 // in the file
	sum    *int32
	values int32
	rows   int32 // −1 where the page does not say
}

const dataPage, dataPageV2 = 0, 3

func (p *parquetFile) checkAllPages() error {
	s := p.content.MetaData().Schema
	for group := range p.content.NumRowGroups() {
		for leaf := range s.NumColumns() {
			if err := p.checkPages(group, leaf); err != nil {
				return fmt.Errorf("column %q: %w", s.Column(leaf).Path(), err)
			}
		}
	}
	return nil
}

// checkPages holds the pages of a column of a group against the footer, and those that
// have a checksum against that.
func (p *parquetFile) checkPages(group, leaf int) error {
	g := p.content.MetaData().RowGroups[group]
	m := g.Columns[leaf].MetaData
	start := m.DataPageOffset
	if d := m.GetDictionaryPageOffset(); m.IsSetDictionaryPageOffset() && d > 0 && d < start {
		start = d
	}
	if start < 0 || m.TotalCompressedSize < 0 || start > p.in.Size()-m.TotalCompressedSize {
		return fmt.Errorf("its pages of group %d lie outside of the file: the file is damaged", group+1)
	}
	size := m.TotalCompressedSize
	old := p.content.WriterVersion().LessThan(metadata.Parquet816FixedVersion)
	if old { // its size leaves the dictionary's header out
		size = p.in.Size() - start
	}
	values, rows, told := int64(0), int64(0), true
	pages := newPageWalk(io.NewSectionReader(p.in, start, size))
	for values < m.NumValues || !old {
		h, err := pages.next()
		if err == io.EOF || err != nil && values == m.NumValues && !errors.Is(err, errSum) {
			break // the end, or padding
		}
		if err != nil {
			return fmt.Errorf("a page of group %d: %w", group+1, err)
		}
		if h.kind != dataPage && h.kind != dataPageV2 {
			continue
		}
		values += int64(h.values)
		rows, told = rows+int64(h.rows), told && h.rows >= 0
	}
	if values != m.NumValues || told && rows != g.NumRows {
		return fmt.Errorf("its pages of group %d hold %d values, the footer says %d in %d rows: the file is damaged", group+1, values, m.NumValues, g.NumRows)
	}
	return nil
}

// pageWalk goes from page to page.
type pageWalk struct {
	in    *io.SectionReader
	buf   *bufio.Reader
	proto thrift.TProtocol
}

func newPageWalk(in *io.SectionReader) *pageWalk {
	buf := bufio.NewReaderSize(in, 4096)
	return &pageWalk{in, buf, thrift.NewTCompactProtocolConf(thrift.NewStreamTransportR(buf), nil)}
}

var errSum = errors.New("its bytes are not those that its checksum was made of: the file is damaged")

// next reads a header and passes over its page. Behind the last there is io.EOF.
func (w *pageWalk) next() (pageHeader, error) {
	h := pageHeader{kind: -1, rows: -1}
	if _, err := w.buf.Peek(1); err != nil {
		return h, err
	}
	if err := h.read(w.proto); err != nil {
		return h, fmt.Errorf("its header cannot be read: %w", err)
	}
	if h.size < 0 || h.values < 0 {
		return h, errors.New("its header has a negative number: the file is damaged")
	}
	if h.sum == nil {
		return h, w.skip(int64(h.size))
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, w.buf, int64(h.size)); err != nil {
		return h, cutShort(err)
	}
	if sum.Sum32() != uint32(*h.sum) {
		return h, errSum
	}
	return h, nil
}

// skip passes over bytes, unread if they are not in the buffer yet.
func (w *pageWalk) skip(n int64) error {
	if n <= int64(w.buf.Buffered()) {
		_, err := w.buf.Discard(int(n))
		return err
	}
	at, err := w.in.Seek(n-int64(w.buf.Buffered()), io.SeekCurrent)
	if err == nil && at > w.in.Size() {
		err = cutShort(io.EOF)
	}
	w.buf.Reset(w.in)
	return err
}

// cutShort: within a page there is no good end.
func cutShort(err error) error {
	if err == io.EOF {
		return fmt.Errorf("%w: the file is damaged", io.ErrUnexpectedEOF)
	}
	return err
}

func (h *pageHeader) read(p thrift.TProtocol) error {
	return eachField(p, func(ctx context.Context, id int16, kind thrift.TType) (err error) {
		switch {
		case id == 1 && kind == thrift.I32:
			h.kind, err = p.ReadI32(ctx)
		case id == 3 && kind == thrift.I32:
			h.size, err = p.ReadI32(ctx)
		case id == 4 && kind == thrift.I32:
			var sum int32
			sum, err = p.ReadI32(ctx)
			h.sum = &sum
		case (id == 5 || id == 8) && kind == thrift.STRUCT:
			err = h.readData(p, id == 8)
		default:
			err = p.Skip(ctx, kind)
		}
		return err
	})
}

func (h *pageHeader) readData(p thrift.TProtocol, v2 bool) error {
	return eachField(p, func(ctx context.Context, id int16, kind thrift.TType) (err error) {
		switch {
		case id == 1 && kind == thrift.I32:
			h.values, err = p.ReadI32(ctx)
		case id == 3 && kind == thrift.I32 && v2:
			h.rows, err = p.ReadI32(ctx)
		default:
			err = p.Skip(ctx, kind)
		}
		return err
	})
}

// eachField reads the fields of a struct, those that are not known as well.
func eachField(p thrift.TProtocol, read func(ctx context.Context, id int16, kind thrift.TType) error) error {
	ctx := context.Background() // what is read stops with the file's own
	if _, err := p.ReadStructBegin(ctx); err != nil {
		return err
	}
	for {
		_, kind, id, err := p.ReadFieldBegin(ctx)
		if err != nil {
			return err
		}
		if kind == thrift.STOP {
			return p.ReadStructEnd(ctx)
		}
		if err := read(ctx, id, kind); err != nil {
			return err
		}
		if err := p.ReadFieldEnd(ctx); err != nil {
			return err
		}
	}
}
