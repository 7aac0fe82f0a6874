package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/harness/internal/stage"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/spill"
)

var errNoRows = errors.New("there are no rows for it: name local files as source in the suite or with --data TABLE=PATH, or measure on BigQuery with --project")

// local measures local rows.
type local struct {
	*rows.Engine
	sources map[string]expr.Source
}

func openRows(j *job, sources map[string]expr.Source) {
	j.engine = local{rows.NewEngine(sources, rows.SpillTo(spill.Disk{})), sources}
}

// Tables tells of the local rows. A table without any says how it gets some.
func (l local) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	return stage.Tables(ctx, l.sources, names, func(absent []string) ([]quality.TableInfo, error) {
		out := make([]quality.TableInfo, len(absent))
		for i, name := range absent {
			out[i] = quality.TableInfo{Name: name, Err: fmt.Errorf("table %s: %w", name, errNoRows)}
		}
		return out, nil
	})
}

// openBigQuery measures BigQuery's own tables.
func (p Process) openBigQuery(ctx context.Context, j *job, f suiteFlags) error {
	client, err := f.open(ctx, p)
	if err != nil {
		return err
	}
	j.onClose(func() { client.Close() })
	options := f.options(p)
	options.NoSnapshot = f.noSnapshot
	j.engine, err = bq.New(client, options)
	return err
}

// waiting says on Stderr what takes long, and what BigQuery said of it last.
func (p Process) waiting(w bq.Waiting) {
	said := ""
	if w.Last != nil {
		said = ": " + strings.Join(strings.Fields(w.Last.Error()), " ")
	}
	fmt.Fprintf(p.Stderr, "intact: still waiting for %s after %s%s\n", w.For, w.Long, said)
}
