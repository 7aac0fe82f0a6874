package emulator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/iterator"
)

// Dataset is a dataset on the emulator, or of [Create] on BigQuery. It is safe for
// concurrent use.
//
// SQL must name tables in full, as [Table.SQL] does. The emulator does not
// keep to a default dataset: a bare table name is read from, and written to,
// whichever dataset had a table of that name first, without an error.
type Dataset struct {
	Client *bigquery.Client
	ID     string
	srv    *Server // nil on BigQuery
}

// UniqueID makes a dataset's id that tells what it is for and is nobody else's, also
// among other processes on the same server: letters, digits and _ are allowed.
// https://cloud.google.com/bigquery/docs/datasets#dataset-naming
func UniqueID(purpose string) string {
	id := []byte(purpose)
	for i, c := range id {
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			id[i] = '_'
		}
	}
	return string(id[:min(len(id), 60)]) + "_" + rand.Text()
}

// CreateDataset creates an empty dataset. Tests call [NewDataset], which also removes
// it.
func (s *Server) CreateDataset(ctx context.Context, client *bigquery.Client, id string) (*Dataset, error) {
	return Create(ctx, s, client, id, nil)
}

// Create creates an empty dataset with what is said of it: on a server, or on BigQuery
// itself where that is nil. Tables are created and filled there by statements and jobs
// that both understand. It is created by the API because the emulator forgets what
// CREATE SCHEMA creates.
func Create(ctx context.Context, on *Server, client *bigquery.Client, id string, as *bigquery.DatasetMetadata) (*Dataset, error) {
	d := &Dataset{Client: client, ID: id, srv: on}
	if err := on.call(ctx, func(ctx context.Context) error { return client.Dataset(id).Create(ctx, as) }); err != nil {
		return nil, fmt.Errorf("create dataset %s on %s: %w", id, d.place(), err)
	}
	return d, nil
}

func (d *Dataset) place() string {
	if d.srv == nil {
		return "BigQuery"
	}
	return "the emulator"
}

// Remove removes the dataset and its tables.
func (d *Dataset) Remove(ctx context.Context) error {
	if err := d.srv.call(ctx, d.Client.Dataset(d.ID).DeleteWithContents); err != nil {
		return fmt.Errorf("remove dataset %s from %s: %w", d.ID, d.place(), err)
	}
	return nil
}

// Server returns the server that the dataset is on, nil on BigQuery.
func (d *Dataset) Server() *Server { return d.srv }

// Exec runs one statement that returns no rows, such as DDL. Give it one at a
// time: of two that drop and create one table the emulator refuses the second.
func (d *Dataset) Exec(ctx context.Context, sql string) error {
	_, err := d.Query(ctx, sql)
	return err
}

// Query runs one statement and returns its rows, with values as package
// bigquery gives them. Parameters must be named; the emulator takes scalars
// and []string, and refuses one that the statement does not use.
func (d *Dataset) Query(ctx context.Context, sql string, params ...bigquery.QueryParameter) ([][]bigquery.Value, error) {
	// Read, not Run: a job's results are copied to a table, twice the time.
	q := d.Client.Query(sql)
	q.Parameters = params // and no default dataset; see Dataset
	var rows [][]bigquery.Value
	err := d.srv.call(ctx, func(ctx context.Context) error {
		it, err := q.Read(ctx)
		for err == nil {
			var row []bigquery.Value
			if err = it.Next(&row); err == nil {
				rows = append(rows, row)
			}
		}
		return err
	})
	if !errors.Is(err, iterator.Done) {
		return nil, fmt.Errorf("dataset %s on %s: %w\n\t%s", d.ID, d.place(), err, abbreviate(sql))
	}
	return rows, nil
}

// abbreviate keeps a long statement, such as an INSERT of a thousand rows,
// from hiding the error before it.
func abbreviate(sql string) string {
	const limit = 2000
	if len(sql) <= limit {
		return sql
	}
	return fmt.Sprintf("%s … (%d bytes)", sql[:limit], len(sql))
}
