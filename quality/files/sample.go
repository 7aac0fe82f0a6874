package files

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// sample finds the columns of all files and guesses their types by the first rows.
// Where those are all rows there are, it is no guess.
func (t *table) sample(ctx context.Context) error {
	whole, budget := true, t.chunk
	var found []cells
	for _, f := range t.handles {
		if budget <= 0 && f.format == ndjsonFormat {
			whole = false
			break
		}
		o, err := t.open(ctx, f)
		if err == nil && f.format == csvFormat {
			err = t.addHeader(o)
		}
		if err != nil {
			return err
		}
		if budget <= 0 {
			whole = false
			continue // its header is known
		}
		n, all, err := t.lookInto(ctx, o, &found)
		if err != nil {
			return err
		}
		whole = whole && all
		budget -= n
	}
	if err := t.addFileColumn(); err != nil {
		return err
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.final {
			continue
		}
		var seen cells
		if i < len(found) {
			seen = found[i]
		}
		d := seen.decide()
		if how := t.times[strings.ToLower(c.name)]; d.typ == expr.DateTime && how.zone != nil {
			d.typ = expr.Timestamp
		}
		c.typ, c.err, c.final = d.typ, seen.explain(c.name, d), whole
		c.odd = oddOf(c.err)
		c.remark = seen.note(c.name, d)
	}
	t.allKeys = whole || t.handles[0].format == csvFormat
	err := t.declare()
	if err == nil || whole || t.handles[0].format == csvFormat {
		return err
	}
	if err := t.settleAll(ctx); err != nil { // a key can come later
		return err
	}
	return t.declare()
}

// addHeader adds what columns a file has to those of the table.
func (t *table) addHeader(o *opened) error {
	_, added, err := t.union(t.columns, o.file, o.names)
	if err != nil {
		return o.file.named(err)
	}
	for _, i := range added {
		t.columns = append(t.columns, column{name: o.names[i], typ: expr.Null})
	}
	return nil
}

// lookInto counts the classes of the cells of the first chunk of a file, and says how
// long that was and whether there is more.
func (t *table) lookInto(ctx context.Context, o *opened, found *[]cells) (n int, all bool, err error) {
	piece, line, err := o.chunks.next(nil)
	if err == io.EOF {
		return 0, true, nil
	}
	if err != nil {
		return 0, false, err
	}
	var w worker
	for {
		var plans []*plan
		for i := range t.columns {
			plans = append(plans, t.planOf(i, true))
		}
		p := newPass(ctx, t, plans)
		p.discover = true
		b := &block{source: o, piece: piece, line: line}
		if err := p.match(o); err != nil {
			return 0, false, err
		}
		w.read(p, b)
		if b.err != nil {
			return 0, false, b.err
		}
		if p.addKeys(b.keys); len(p.keys) > 0 { // once more, with all of them
			t.addColumns(p.keys)
			continue
		}
		*found = append(*found, make([]cells, len(t.columns)-len(*found))...)
		for i, r := range b.readers {
			(*found)[i].merge(&r.cells)
		}
		break
	}
	_, _, err = o.chunks.next(nil)
	return len(piece), err == io.EOF, nil
}

// opened is a text whose rows come next.
type opened struct {
	file   *file
	chunks *chunker
	header []byte // of CSV, as it is written
	names  []string
	rows   int64 // so far
	wanted []int // where the columns that are read are, −1 where there is none
}

// open begins a pass over a file, and reads its header.
func (t *table) open(ctx context.Context, f *file) (*opened, error) {
	in, err := f.text(ctx, t.Progress, t.AsOfOpen)
	if err != nil {
		return nil, err
	}
	o := &opened{file: f, chunks: &chunker{in: in, quotes: f.format == csvFormat, size: t.chunk, limit: maxRecord, whole: t.AsOfOpen}}
	skip := 0
	if f.format == csvFormat {
		skip = int(t.SkipLines)
	}
	switch err := o.chunks.begin(skip); {
	case err == io.EOF && f.format == csvFormat:
		return nil, f.named(errNoHeader)
	case err == io.EOF:
		return nil, f.named(errEmpty)
	case err != nil:
		return nil, f.named(err)
	case f.format != csvFormat:
		return o, nil
	}
	if err := o.readHeader(t.delimiter); err != nil {
		return nil, f.named(err)
	}
	return o, nil
}

// readHeader takes the header off the first chunk.
func (o *opened) readHeader(delimiter byte) error {
	c := o.chunks
	r := csvRecords{delimiter: delimiter, eol: c.eol}
	var first []byte
	for more := false; !more; { // there can be empty lines before it
		var line int64
		var err, bad error
		if first, line, err = c.next(nil); err == io.EOF {
			return errNoHeader
		}
		r.reset(first, line)
		if more, bad = r.next(); bad != nil || err != nil {
			return cmp.Or(inHeader(bad, r.raw), err)
		}
	}
	if r.count() > maxColumns {
		return fmt.Errorf("it has %d columns, more than %d", r.count(), maxColumns)
	}
	if err := r.checkText(nil); err != nil {
		return inHeader(err, r.raw)
	}
	o.header = slices.Clone(r.raw)
	for i := range r.count() {
		o.names = append(o.names, string(r.cell(i)))
	}
	c.rest = append(slices.Clone(first[r.at:]), c.rest...)
	c.line = r.counted + 1
	return nil
}

var errNoHeader = errors.New("it has no header: the first line must name the columns")

// maxColumns is BigQuery's limit: https://cloud.google.com/bigquery/quotas#all_tables
const maxColumns = 10_000
