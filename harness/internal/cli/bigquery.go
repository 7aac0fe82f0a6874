package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"

	"cloud.google.com/go/bigquery"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
)

// bigqueryFlags say which BigQuery it is, and how its jobs run.
type bigqueryFlags struct {
	project  string
	location string
	maxBytes int64
	labels   map[string]string
}

func (f *bigqueryFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.project, "project", "", "the BigQuery project that is billed, and that tables named without one are in")
	flags.StringVar(&f.location, "location", "", "where BigQuery runs the queries (default: where the tables are)")
	flags.Int64Var(&f.maxBytes, "max-bytes", 0, "refuse a BigQuery query that would be billed for more `BYTES` (default: no limit)")
	flags.StringToStringVar(&f.labels, "label", nil, "put a label on BigQuery's jobs, as `NAME=VALUE`; can be repeated")
}

func (f *bigqueryFlags) check() error {
	if f.maxBytes < 0 {
		return fmt.Errorf("--max-bytes %d: a number of bytes is 0 or more", f.maxBytes)
	}
	for _, name := range sortedKeys(f.labels) {
		if err := quality.CheckLabel(name, f.labels[name]); err != nil {
			return fmt.Errorf("--label %w", err)
		}
	}
	return nil
}

// jobs reports whether something is said of jobs, which only BigQuery heeds.
func (f *bigqueryFlags) jobs() bool {
	return f.location != "" || f.maxBytes != 0 || len(f.labels) > 0
}

func (f *bigqueryFlags) open(ctx context.Context, p Process) (*bigquery.Client, error) {
	client, err := p.OpenBigQuery(ctx, cmp.Or(f.project, bigquery.DetectProjectID))
	if err != nil {
		return nil, evaluationError{fmt.Errorf("BigQuery cannot be reached: %w", err)}
	}
	return client, nil
}

func (f *bigqueryFlags) options(p Process) bq.Options {
	labels := map[string]string{"tool": "intact"}
	maps.Copy(labels, f.labels)
	return bq.Options{Location: f.location, MaxBytesBilled: f.maxBytes, Labels: labels, Waiting: p.waiting}
}
