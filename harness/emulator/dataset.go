package emulator

import (
	"context"
	"errors"
	"fmt"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/iterator"
)

// Dataset is a dataset on the emulator. It is safe for concurrent use.
//
// SQL must name tables in full, as [Table.SQL] does. The emulator does not
// keep to a default dataset: a bare table name is read from, and written to,
// whichever dataset had a table of that name first, without an error.
type Dataset struct {
	Client *bigquery.Client
	ID     string
	srv    *Server
}

// CreateDataset creates an empty dataset. It is created by the API because
// the emulator forgets what CREATE SCHEMA creates. Tests call [NewDataset],
// which also removes it.
func (s *Server) CreateDataset(ctx context.Context, client *bigquery.Client, id string) (*Dataset, error) {
	ctx, cancel := s.within(ctx)
	defer cancel()
	if err := client.Dataset(id).Create(ctx, nil); err != nil {
		return nil, fmt.Errorf("create dataset %s on the emulator: %w", id, explain(ctx, err))
	}
	return &Dataset{Client: client, ID: id, srv: s}, nil
}

// Remove removes the dataset and its tables.
func (d *Dataset) Remove(ctx context.Context) error {
	ctx, cancel := d.srv.within(ctx)
	defer cancel()
	if err := d.Client.Dataset(d.ID).DeleteWithContents(ctx); err != nil {
		return fmt.Errorf("remove dataset %s from the emulator: %w", d.ID, explain(ctx, err))
	}
	return nil
}

// Server returns the server that the dataset is on.
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
	ctx, cancel := d.srv.within(ctx)
	defer cancel()
	// Read, not Run: a job's results are copied to a table, twice the time.
	q := d.Client.Query(sql)
	q.Parameters = params // and no default dataset; see Dataset
	it, err := q.Read(ctx)
	if err != nil {
		return nil, d.failed(ctx, sql, err)
	}
	var rows [][]bigquery.Value
	for {
		var row []bigquery.Value
		switch err := it.Next(&row); {
		case errors.Is(err, iterator.Done):
			return rows, nil
		case err != nil:
			return nil, d.failed(ctx, sql, err)
		}
		rows = append(rows, row)
	}
}

func (d *Dataset) failed(ctx context.Context, sql string, err error) error {
	return fmt.Errorf("emulator, dataset %s: %w\n\t%s", d.ID, explain(ctx, err), abbreviate(sql))
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
