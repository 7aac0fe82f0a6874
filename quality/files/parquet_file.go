package files

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"

	"github.com/intactdata/intact/quality"
)

// parquetFile is a file whose footer has been read.
type parquetFile struct {
	file    *file
	in      *io.SectionReader
	content *pqfile.Reader
	columns []parquetColumn
	rows    int64
}

// parquetBuffer is how much of a column is read from disk at once.
const parquetBuffer = 1 << 16

func openParquet(ctx context.Context, f *file, progress func(Progress)) (*parquetFile, error) {
	opened, info, err := f.descriptor()
	if err != nil {
		return nil, err // a *PathError: it names the path
	}
	p := &parquetFile{file: f, in: io.NewSectionReader(newMeter(ctx, opened, info, progress), 0, info.Size())}
	if err = quality.Guard(damage, p.readFooter); err != nil {
		return nil, f.named(err)
	}
	return p, nil
}

func (p *parquetFile) readFooter() (err error) {
	if err := checkEnds(p.in); err != nil {
		return err
	}
	how := parquet.NewReaderProperties(nil)
	how.BufferedStreamEnabled, how.BufferSize = true, parquetBuffer
	if p.content, err = pqfile.NewParquetReader(p.in, pqfile.WithReadProps(how)); err != nil {
		return fmt.Errorf("it cannot be read as Parquet: %w", err)
	}
	if p.content.MetaData().IsSetEncryptionAlgorithm() {
		return errEncrypted
	}
	p.columns = parquetColumns(p.content.MetaData().Schema)
	return p.agree()
}

// checkEnds looks for what a Parquet file begins and ends with: a file that is
// cut short has lost it, and the length that is read instead can be any number.
// https://parquet.apache.org/docs/file-format/
func checkEnds(in *io.SectionReader) error {
	const magic, encrypted, ends = "PAR1", "PARE", int64(12) // both magics, and the footer's length
	size := in.Size()
	if size == 0 {
		return errEmpty
	}
	first, last := make([]byte, 4), make([]byte, 8)
	if size >= ends {
		if _, err := in.ReadAt(first, 0); err != nil {
			return err
		}
		if _, err := in.ReadAt(last, size-8); err != nil {
			return err
		}
	}
	switch footer := binary.LittleEndian.Uint32(last); {
	case string(first) == encrypted:
		return errEncrypted
	case string(first) != magic:
		return errors.New("it is no Parquet file: it does not begin with " + magic)
	case string(last[4:]) != magic, int64(footer) > size-ends:
		return errors.New("the file is cut short or damaged: it does not end as a Parquet file does")
	}
	return nil
}

var errEncrypted = errors.New("the file is encrypted: write it without, for no key can be given")

// agree holds the counts of the footer against each other. Those of the pages are
// held against them when the pages are read.
func (p *parquetFile) agree() error {
	footer := p.content.MetaData()
	for n, g := range footer.RowGroups {
		if g.NumRows < 0 || len(g.Columns) != footer.Schema.NumColumns() {
			return fmt.Errorf("group %d has %d rows and %d columns, the file %d columns: the file is damaged", n+1, g.NumRows, len(g.Columns), footer.Schema.NumColumns())
		}
		p.rows += g.NumRows
		for i, c := range g.Columns {
			column := footer.Schema.Column(i)
			switch m := c.MetaData; {
			case c.GetFilePath() != "":
				return fmt.Errorf("column %q lies in another file, %s", column.Path(), c.GetFilePath())
			case m == nil, parquet.Type(m.Type) != column.PhysicalType():
				return fmt.Errorf("column %q of group %d is not what the footer says it is: the file is damaged", column.Path(), n+1)
			case m.NumValues < g.NumRows, column.MaxRepetitionLevel() == 0 && m.NumValues != g.NumRows:
				return fmt.Errorf("column %q of group %d has %d values, and the group %d rows: the file is damaged", column.Path(), n+1, m.NumValues, g.NumRows)
			}
		}
	}
	if footer.NumRows != p.rows {
		return fmt.Errorf("the footer counts %d rows, and its groups %d: the file is damaged", footer.NumRows, p.rows)
	}
	return nil
}

func (p *parquetFile) names() []string {
	out := make([]string, len(p.columns))
	for i, c := range p.columns {
		out[i] = c.Name
	}
	return out
}
