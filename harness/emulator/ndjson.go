package emulator

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"
)

// LoadNDJSON appends the JSON objects in r, one a line, keyed by column. A
// column that an object lacks is NULL; a key that is no column is an error,
// though the emulator would drop it. Columns that are BYTES, repeated or
// records are refused here: use [Table.LoadRows] for them.
func (t *Table) LoadNDJSON(ctx context.Context, r io.Reader) error {
	if err := t.loadable(); err != nil {
		return err
	}
	var body bytes.Buffer
	in := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("table %s: read line %d: %w", t.Name, number, err)
		}
		if line := bytes.TrimSpace(line); len(line) > 0 {
			if bad := t.checkObject(line); bad != nil {
				return fmt.Errorf("table %s, line %d: %w", t.Name, number, bad)
			}
			body.Write(line)
			body.WriteByte('\n')
		}
		if err != nil {
			return t.upload(ctx, &body)
		}
	}
}

func (t *Table) checkObject(line []byte) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(line, &object); err != nil {
		return fmt.Errorf("not a JSON object: %w", err)
	}
	for key := range object {
		if err := t.checkColumn(key); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) checkColumn(name string) error {
	names := make([]string, len(t.Schema))
	for i, f := range t.Schema {
		names[i] = f.Name
	}
	if !slices.Contains(names, name) {
		return fmt.Errorf("no column %q: the table has %q", name, names)
	}
	return nil
}

// loadable refuses what a load job of the emulator stores wrongly: BYTES keep
// their base64 text, and dates in arrays cannot be read again.
func (t *Table) loadable() error {
	for _, f := range t.Schema {
		if !simple(f) {
			return fmt.Errorf("table %s, column %q: a load job of the emulator spoils BYTES, arrays and records: use LoadRows", t.Name, f.Name)
		}
	}
	return nil
}

// simple reports whether values of a field survive a load job.
func simple(f *bigquery.FieldSchema) bool {
	return !f.Repeated && f.Type != bigquery.BytesFieldType &&
		f.Type != bigquery.RecordFieldType && f.Type != "STRUCT"
}

// upload sends NDJSON as one load job, the fastest way in.
func (t *Table) upload(ctx context.Context, body *bytes.Buffer) error {
	if body.Len() == 0 {
		return nil
	}
	source := bigquery.NewReaderSource(body)
	source.SourceFormat = bigquery.JSON
	loader := t.ds.Client.Dataset(t.ds.ID).Table(t.Name).LoaderFrom(source)
	loader.CreateDisposition = bigquery.CreateNever
	loader.WriteDisposition = bigquery.WriteAppend
	// In chunks the emulator loses the job's configuration.
	loader.MediaOptions = []googleapi.MediaOption{googleapi.ChunkSize(0)}
	err := t.ds.srv.call(ctx, func(ctx context.Context) error {
		job, err := loader.Run(ctx)
		if err != nil {
			return err
		}
		status, err := job.Wait(ctx)
		if err != nil {
			return err
		}
		return status.Err()
	})
	if err != nil {
		return fmt.Errorf("load into %s on the emulator: %w", t.ID(), err)
	}
	return nil
}
