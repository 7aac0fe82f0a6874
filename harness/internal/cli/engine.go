package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/spill"
)

var errNoRows = errors.New("there are no rows for it: name local files as source in the suite or with --data TABLE=PATH, or measure on BigQuery with --project")

// openRows measures local rows. A table without any says how it gets some.
func openRows(j *job, sources map[string]expr.Source) {
	all := maps.Clone(sources)
	for _, s := range j.suites {
		if _, ok := all[s.Table]; !ok {
			all[s.Table] = unreadable{fmt.Errorf("table %s: %w", s.Table, errNoRows)}
		}
	}
	j.engine = rows.NewEngine(all, rows.SpillTo(spill.Disk{}))
}

// openBigQuery measures BigQuery's own tables.
func (p Process) openBigQuery(ctx context.Context, j *job, f suiteFlags) error {
	project := f.project
	if project == "" {
		project = bigquery.DetectProjectID
	}
	client, err := p.OpenBigQuery(ctx, project)
	if err != nil {
		return evaluationError{fmt.Errorf("BigQuery cannot be reached: %w", err)}
	}
	j.onClose(func() { client.Close() })
	j.engine, err = bq.New(client, bq.Options{
		Location:       f.location,
		MaxBytesBilled: f.maxBytes,
		Labels:         map[string]string{"tool": "intact"},
		NoSnapshot:     f.noSnapshot,
		Waiting:        p.waiting,
	})
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
