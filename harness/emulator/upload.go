package emulator

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"
)

// loadable reports whether values of all columns survive a load job of the
// emulator: BYTES keep their base64 text there, and dates in arrays cannot be read
// again.
func (t *Table) loadable() bool {
	return !slices.ContainsFunc(t.Schema, func(f *bigquery.FieldSchema) bool {
		return f.Repeated || f.Type == bigquery.BytesFieldType || f.Type == bigquery.RecordFieldType || f.Type == "STRUCT"
	})
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
		return fmt.Errorf("load into %s on %s: %w", t.ID(), t.ds.place(), err)
	}
	return nil
}
