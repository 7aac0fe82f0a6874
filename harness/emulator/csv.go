package emulator

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// LoadCSV appends the records in r. The first line names the columns, in any
// order; a column that it does not name is NULL. An empty cell is NULL.
//
// The records are read here and sent as NDJSON: the emulator takes the first
// line of any CSV for a header, and guesses when it does not fit.
func (t *Table) LoadCSV(ctx context.Context, r io.Reader) error {
	if err := t.loadable(); err != nil {
		return err
	}
	in := csv.NewReader(r)
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("table %s: the CSV is empty: its first line must name the columns", t.Name)
	}
	if err != nil {
		return fmt.Errorf("table %s: read the CSV's header: %w", t.Name, err)
	}
	for i, name := range header {
		if err := t.checkColumn(name); err != nil {
			return fmt.Errorf("table %s: the CSV's header: %w", t.Name, err)
		}
		for _, before := range header[:i] {
			if name == before {
				return fmt.Errorf("table %s: the CSV's header names %q twice", t.Name, name)
			}
		}
	}
	var body bytes.Buffer
	out := json.NewEncoder(&body)
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return t.upload(ctx, &body)
		}
		if err != nil { // names the line; a record of another length is one
			return fmt.Errorf("table %s: read the CSV: %w", t.Name, err)
		}
		row := make(map[string]any, len(record))
		for i, cell := range record {
			if cell != "" {
				row[header[i]] = cell
			}
		}
		if err := out.Encode(row); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
}
