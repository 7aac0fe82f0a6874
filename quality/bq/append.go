package bq

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// Append is rows that are added to a table, all of them or none.
type Append struct {
	Table string
	// Columns are those of the table, by which it is made if it is not there, parted by
	// the months of PartitionBy, a TIMESTAMP.
	Columns     expr.Schema
	PartitionBy string
	// Lines are the rows as NDJSON.
	Lines []byte
	// IDColumn holds ID in each of the rows, by which they are known: see [Engine.Append].
	IDColumn, ID string
}

// Append adds rows by a load job, unless the table has rows of that id; added says
// whether it did. The job is named by the id, and BigQuery runs one of a name: of
// several who add the same rows at once, one does. The emulator keeps no names of jobs,
// and there all of them may: who reads takes rows that are there twice for one.
// https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid
func (e *Engine) Append(ctx context.Context, a Append) (added bool, err error) {
	what := "rows for " + a.Table
	t, err := e.appendable(ctx, a)
	if err != nil {
		return false, err
	}
	there, err := e.has(ctx, t, a)
	if err == nil && !there {
		added, err = e.load(ctx, what, t, a)
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", what, quality.Ended(ctx, err))
	}
	return added, nil
}

// Select runs a query that only reads, and returns its rows. Tables are those that it
// reads, whose metadata say where it runs.
func (e *Engine) Select(ctx context.Context, name string, q quality.Query, tables ...string) ([][]any, error) {
	out, err := e.run(ctx, name, q, e.locationOf(tables), limits{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, quality.Ended(ctx, err))
	}
	return out.rows, nil
}

// appendable finds the table, or makes it.
func (e *Engine) appendable(ctx context.Context, a Append) (googlesql.TableName, error) {
	t, err := e.renderer.Table(a.Table)
	if err != nil {
		return t, err
	}
	info := e.table(ctx, a.Table)
	if absent(info.Err) {
		meta := &bigquery.TableMetadata{TimePartitioning: &bigquery.TimePartitioning{Type: bigquery.MonthPartitioningType, Field: a.PartitionBy}}
		for _, f := range a.Columns {
			meta.Schema = append(meta.Schema, &bigquery.FieldSchema{Name: f.Name, Type: bigquery.FieldType(f.Type)})
		}
		table := e.client.DatasetInProject(t.Project, t.Dataset).Table(t.Table)
		err := e.patiently(ctx, "the making of table "+a.Table, func(ctx context.Context) error { return table.Create(ctx, meta) })
		if err != nil && !answered(err, http.StatusConflict) { // by somebody else just now
			return t, fmt.Errorf("table %s cannot be made: %w", a.Table, quality.Ended(ctx, err))
		}
		info = e.table(ctx, a.Table)
	}
	if info.Err != nil {
		return t, info.Err
	}
	return t, lacking(t, info, a.Columns)
}

// lacking refuses a table that was made before there were all of the columns: to change
// it is for who owns it.
func lacking(t googlesql.TableName, info quality.TableInfo, columns expr.Schema) error {
	for _, c := range columns {
		if info.Schema.Position(c.Name) >= 0 {
			continue
		}
		name, err := googlesql.QuoteName(c.Name)
		if err != nil {
			return err
		}
		return fmt.Errorf("table %s has no column %s: add it: ALTER TABLE %[1]s ADD COLUMN %[3]s %[4]s", t.SQL(), c.Name, name, c.Type)
	}
	return nil
}

func absent(err error) bool { return answered(err, http.StatusNotFound) }

func answered(err error, code int) bool {
	var api *googleapi.Error
	return errors.As(err, &api) && api.Code == code
}

// has reports whether the table has rows of the id.
func (e *Engine) has(ctx context.Context, t googlesql.TableName, a Append) (bool, error) {
	column, err := googlesql.QuoteName(a.IDColumn)
	if err != nil {
		return false, err
	}
	id, err := expr.ValueOf(a.ID)
	if err != nil {
		return false, err
	}
	rows, err := e.Select(ctx, "whether "+a.Table+" has them", quality.Query{
		Text:       "SELECT COUNT(*) FROM " + t.SQL() + " WHERE " + column + " = @id",
		Parameters: map[string]expr.Value{"id": id},
	}, a.Table)
	if err != nil {
		return false, err
	}
	if len(rows) != 1 || len(rows[0]) != 1 {
		return false, fmt.Errorf("%d rows count them, and one was asked for", len(rows))
	}
	return rows[0][0] != int64(0), nil
}

// load loads the rows by the first job of their name that has not failed.
func (e *Engine) load(ctx context.Context, what string, t googlesql.TableName, a Append) (added bool, err error) {
	name := fmt.Sprintf("intact_append_%x", sha256.Sum256([]byte(t.SQL()+"\n"+a.ID)))
	if e.options.Dialect.NoJobs {
		name = "intact_append_" + rand.Text()
	}
	for try := 1; ; try++ { // as many as have failed
		job, ours, err := e.startLoad(ctx, what, fmt.Sprintf("%s_%d", name, try), t, a)
		if err != nil {
			return false, err
		}
		var failed error
		err = e.patiently(ctx, "the loading of "+what, func(ctx context.Context) error {
			status, err := job.Wait(ctx)
			if err == nil {
				failed = status.Err()
			}
			return err
		})
		switch {
		case err != nil:
			return false, err
		case failed == nil:
			return ours, nil
		case ours:
			return false, explained(failed)
		}
	}
}

// uploadTries is how often an upload is begun that fails in passing: of itself the client
// begins it once.
const uploadTries = 4

// startLoad starts the job, or finds the one of this name; ours is that it is known to
// have been started here.
func (e *Engine) startLoad(ctx context.Context, what, name string, t googlesql.TableName, a Append) (job *bigquery.Job, ours bool, err error) {
	location := e.locationOf([]string{a.Table})
	err = e.patiently(ctx, "the start of loading "+what, func(ctx context.Context) error {
		started, err := e.upload(ctx, name, location, t, a)
		for tries := 1; inPassing(err) && tries < uploadTries && pause(ctx); tries++ {
			started, err = e.upload(ctx, name, location, t, a)
		}
		ours = err == nil
		if answered(err, http.StatusConflict) {
			started, err = e.client.JobFromIDLocation(ctx, name, location)
		}
		job = started
		return err
	})
	return job, ours, err
}

func (e *Engine) upload(ctx context.Context, name, location string, t googlesql.TableName, a Append) (*bigquery.Job, error) {
	source := bigquery.NewReaderSource(bytes.NewReader(a.Lines))
	source.SourceFormat = bigquery.JSON
	loader := e.client.DatasetInProject(t.Project, t.Dataset).Table(t.Table).LoaderFrom(source)
	loader.JobID, loader.Location, loader.Labels = name, location, e.options.Labels
	loader.CreateDisposition, loader.WriteDisposition = bigquery.CreateNever, bigquery.WriteAppend
	loader.MediaOptions = []googleapi.MediaOption{googleapi.ChunkSize(0)} // the emulator loses the configuration of an upload in chunks
	return loader.Run(ctx)
}

// inPassing reports whether an error can be of the network, or of a service that is busy.
func inPassing(err error) bool {
	var api *googleapi.Error
	return err != nil && (!errors.As(err, &api) || api.Code >= http.StatusInternalServerError || api.Code == http.StatusTooManyRequests)
}
