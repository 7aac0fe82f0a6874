package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/spill"
)

// publishIntoTable opens a publication into a table of BigQuery, or of the emulator.
func (p Process) publishIntoTable(ctx context.Context, f publishFlags, j *publishing) error {
	if len(f.data) > 0 {
		return errors.New("--data is of publications into files: the suites read tables where the table is")
	}
	if files.FormatOf(f.into, "") != "" && strings.ContainsAny(f.into, `/\`) {
		return fmt.Errorf("--into %s is a file, and with --project or --engine it is a table: leave them out", f.into)
	}
	client, options, done, err := p.tablesClient(ctx, f.engine, f.bigqueryFlags)
	if err != nil {
		return err
	}
	j.onClose(done)
	if f.into != j.request.Table {
		options.Tables = map[string]string{j.request.Table: f.into}
	}
	engine, err := bq.New(client, options)
	if err != nil {
		return err
	}
	into := &bq.Into{Engine: engine, Table: f.into, Now: p.Now}
	j.request.Target, j.request.Memory = into, []rows.Option{rows.SpillTo(spill.Disk{})}
	info, err := into.Look(ctx)
	if err != nil {
		return evaluationError{err}
	}
	return p.openSent(ctx, f, j, files.Options{Types: typesOf(info)})
}

// typesOf are those of a table's columns, for rows whose texts tell none.
func typesOf(info quality.TableInfo) map[string]expr.Type {
	out := map[string]expr.Type{}
	for _, f := range info.Schema {
		if f.Type.Computable() && f.Type != expr.Null && !f.Text {
			out[f.Name] = f.Type
		}
	}
	return out
}

// declared are those of the types that are of columns which the rows have: that one is
// missing is told by a guard.
func declared(ctx context.Context, path string, o files.Options) (map[string]expr.Type, error) {
	types := o.Types
	o.Types = nil
	source, err := files.Open([]string{path}, o)
	if err != nil {
		return nil, err
	}
	defer closeSource(source)
	schema, err := source.Schema(ctx)
	if err != nil {
		return nil, quality.Ended(ctx, err)
	}
	out := map[string]expr.Type{}
	for name, t := range types {
		if f, err := schema.Field(name); (err == nil || f.Err != nil) && f.Text {
			out[f.Name] = t
		}
	}
	return out, nil
}
