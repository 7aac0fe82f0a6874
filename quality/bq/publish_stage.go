package bq

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/quality/publish"
)

// stagePrefix is what the names of staging tables begin with.
const stagePrefix = "intact_staging_"

// staging is rows in a table beside the one that they are for.
type staging struct {
	t     *Into
	w     publish.Write
	info  quality.TableInfo
	table googlesql.TableName // that they are for
	stage googlesql.TableName
	rows  int64
}

// Stage raises the fence, and loads the rows into a table that expires.
func (t *Into) Stage(ctx context.Context, w publish.Write, sent expr.Source) (publish.Staged, error) {
	info, err := t.Look(ctx)
	if err != nil {
		return nil, err
	}
	s := &staging{t: t, w: w, info: info}
	if s.table, _, err = t.names(); err != nil {
		return nil, err
	}
	s.stage = s.table
	s.stage.Table = stagePrefix + strings.ToLower(rand.Text())
	if err := t.raise(ctx, w); err != nil {
		return nil, err
	}
	err = s.create(ctx)
	if err == nil {
		err = s.load(ctx, sent)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: the rows could not be staged: %w", t.Table, err), s.Discard(ctx))
	}
	return s, nil
}

// raise makes the fence where there is none, and lets no lower token publish into the days
// any more.
func (t *Into) raise(ctx context.Context, w publish.Write) error {
	table, fence, err := t.names()
	if err != nil {
		return err
	}
	seen, err := t.overtaken(ctx, w)
	if missing(err) {
		if err = t.fence(ctx, fence); err == nil {
			seen, err = t.overtaken(ctx, w)
		}
	}
	if err != nil || seen {
		return err
	}
	text := googlesql.NewLiteralText()
	q, err := text.Query("INSERT INTO "+fence.SQL()+" (table_name, from_day, to_day, token, run_id, attempt, row_count, turn)",
		"VALUES ("+strings.Join([]string{text.Value(dotted(table)), text.Value(w.From), text.Value(w.To), text.Value(w.Token), "''", "''", "0", "0"}, ", ")+")")
	if err != nil {
		return err
	}
	_, err = t.do(ctx, "INSERT", "the raising of the fence of "+t.Table, q)
	return err
}

// fence makes the fence of a dataset. Another who makes it at the same time is as good.
func (t *Into) fence(ctx context.Context, name googlesql.TableName) error {
	schema := bigquery.Schema{}
	for _, column := range strings.Split(fenceColumns, ", ") {
		name, typ, _ := strings.Cut(column, " ")
		if typ == "INT64" {
			typ = "INTEGER"
		}
		schema = append(schema, &bigquery.FieldSchema{Name: name, Type: bigquery.FieldType(typ)})
	}
	meta := &bigquery.TableMetadata{Schema: schema, Description: "Which writers have published what: do not edit."}
	err := t.Engine.patiently(ctx, "the making of "+name.Table, func(ctx context.Context) error {
		return t.Engine.client.DatasetInProject(name.Project, name.Dataset).Table(name.Table).Create(ctx, meta)
	})
	if answered(err, http.StatusConflict) {
		return nil
	}
	return err
}

// create makes the staging table, of the columns of the other.
func (s *staging) create(ctx context.Context) error {
	text := googlesql.NewLiteralText()
	columns := make([]string, len(s.info.Schema))
	for i, f := range s.info.Schema {
		columns[i] = text.Name(f.Name) + " " + string(f.Type)
	}
	expires := s.t.Expire
	if expires == 0 {
		expires = 24 * time.Hour
	}
	at := s.t.Now().Add(expires).UTC().Truncate(time.Second)
	q, err := text.Query("CREATE TABLE "+s.stage.SQL()+" (\n  "+strings.Join(columns, ",\n  ")+"\n)",
		"OPTIONS (expiration_timestamp = TIMESTAMP '"+at.Format("2006-01-02 15:04:05")+"+00')")
	if err != nil {
		return err
	}
	_, err = s.t.do(ctx, "CREATE_TABLE", "the making of a staging table", q)
	return err
}

// load writes the rows as one load job, which costs nothing.
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json
func (s *staging) load(ctx context.Context, sent expr.Source) error {
	in, out := io.Pipe()
	go func() {
		out.CloseWithError(quality.Guard("the source of the rows panicked", func() error { return s.write(ctx, out, sent) }))
	}()
	defer in.Close()
	first := make([]byte, 1)
	if _, err := io.ReadFull(in, first); err == io.EOF {
		return nil // no rows, of which the emulator would make an error
	} else if err != nil {
		return err
	}
	source := bigquery.NewReaderSource(io.MultiReader(strings.NewReader(string(first)), in))
	source.SourceFormat = bigquery.JSON
	loader := s.t.Engine.client.DatasetInProject(s.stage.Project, s.stage.Dataset).Table(s.stage.Table).LoaderFrom(source)
	loader.CreateDisposition, loader.WriteDisposition = bigquery.CreateNever, bigquery.WriteAppend
	loader.JobID = "intact_publish_" + rand.Text()
	loader.Labels, loader.Location = s.t.Engine.options.Labels, s.t.location()
	if s.t.Engine.options.Dialect.NoJobs { // in chunks the emulator loses the job's configuration
		loader.MediaOptions = []googleapi.MediaOption{googleapi.ChunkSize(0)}
	}
	return call(func() error {
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
}

// write writes the rows as NDJSON.
func (s *staging) write(ctx context.Context, to io.Writer, sent expr.Source) error {
	schema, err := sent.Schema(ctx)
	if err != nil {
		return err
	}
	columns, at, err := publish.Places(s.info.Schema, schema)
	if err != nil {
		return err
	}
	keys, err := publish.JSONKeys(s.info.Schema.Names())
	if err != nil {
		return err
	}
	var line []byte
	for b, err := range expr.Scan(ctx, sent, columns) {
		if err != nil {
			return err
		}
		line = line[:0]
		for row := range b.Rows {
			if line, err = publish.JSONRow(line, keys, b, row, at); err != nil {
				return fmt.Errorf("row %d: %w", s.rows+1, err)
			}
			s.rows++
		}
		if _, err := to.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// Engine measures what the table would be. It reads what is newest.
func (s *staging) Engine() quality.Engine {
	e := s.t.Engine
	renderer := e.renderer
	renderer.Tables = with(renderer.Tables, map[string]string{publish.Sent: dotted(s.stage), publish.Present: dotted(s.table)})
	renderer.Instead = with(renderer.Instead, map[string]googlesql.Instead{s.w.Table: {Of: s.w.Days, By: s.stage}})
	options := e.options
	options.Location = s.t.location()
	return &Engine{client: e.client, options: options, renderer: renderer}
}

func with[V any](m, more map[string]V) map[string]V {
	out := map[string]V{}
	for k, v := range m {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

func dotted(t googlesql.TableName) string { return t.Project + "." + t.Dataset + "." + t.Table }

// discardWithin is how long a staging table is tried to be removed: else it expires.
const discardWithin = 10 * time.Second

// Discard removes the staging table.
func (s *staging) Discard(ctx context.Context) error {
	within := discardWithin
	if ctx.Err() != nil { // nobody waits any more
		within = giveUpWithin
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer stop()
	err := call(func() error {
		return s.t.Engine.client.DatasetInProject(s.stage.Project, s.stage.Dataset).Table(s.stage.Table).Delete(ctx)
	})
	if missing(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the staging table %s was not removed, and expires: %w", dotted(s.stage), err)
	}
	return nil
}

func dateOf(v any) (civil.Date, bool) {
	d, ok := v.(civil.Date)
	return d, ok
}
