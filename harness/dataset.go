package harness

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/iterator"

	"github.com/intactdata/intact/harness/emulator"
)

// Lifetime is how long the tables of a test's dataset last on BigQuery, should nobody
// remove them.
const Lifetime = 6 * time.Hour

// Labels of a test's dataset. https://cloud.google.com/bigquery/docs/labels-intro
const (
	labelOf    = "intact" // what it is: ofTest
	ofTest     = "test"
	labelUntil = "intact_until" // when nobody needs it any more, in seconds since 1970
)

// cleanupTimeout bounds what a test does after its end.
const cleanupTimeout = time.Minute

// datasets are those of tests, where a client talks to.
type datasets struct {
	client *bigquery.Client
	prefix string
	now    func() time.Time
}

func datasetsOf(client *bigquery.Client) datasets {
	return datasets{client, cmp.Or(os.Getenv(EnvDataset), "intact_test"), time.Now}
}

// create makes a dataset that is removed when the test ends, also if it fails. Of a test
// that is killed its tables expire, and it is removed by a later one: see sweep.
func (d datasets) create(ctx context.Context, t emulator.TB, on *emulator.Server) (*emulator.Dataset, error) {
	made, err := emulator.Create(ctx, on, d.client, d.prefix+"_"+emulator.UniqueID(t.Name()), &bigquery.DatasetMetadata{
		Location:               d.client.Location,
		DefaultTableExpiration: Lifetime,
		Labels:                 map[string]string{labelOf: ofTest, labelUntil: strconv.FormatInt(d.now().Add(Lifetime).Unix(), 10)},
	})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		// t's context has ended by now.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), cleanupTimeout)
		defer cancel()
		if err := made.Remove(ctx); err != nil {
			t.Errorf("%v", err)
		}
	})
	return made, nil
}

// swept are the places that this process has swept: project and prefix.
var swept sync.Map

// sweepOnce sweeps for the first test of this process. What cannot be swept is no fault
// of the test.
func (d datasets) sweepOnce(t testing.TB) {
	t.Helper()
	once, _ := swept.LoadOrStore(d.client.Project()+"."+d.prefix, new(sync.Once))
	once.(*sync.Once).Do(func() {
		ctx, stop := context.WithTimeout(t.Context(), cleanupTimeout)
		defer stop()
		removed, err := d.sweep(ctx)
		if len(removed) > 0 {
			t.Logf("removed what killed tests have left: datasets %s", strings.Join(removed, ", "))
		}
		if err != nil {
			t.Logf("what killed tests have left is not removed: %v", err)
		}
	})
}

// sweep removes the datasets of tests that were killed: those whose time is over.
func (d datasets) sweep(ctx context.Context) (removed []string, err error) {
	all, err := d.all(ctx)
	errs := []error{err}
	for _, id := range all {
		over, err := d.isOver(ctx, id)
		if err == nil && over {
			err = d.client.Dataset(id).DeleteWithContents(ctx)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("dataset %s: %w", id, err))
		} else if over {
			removed = append(removed, id)
		}
	}
	return removed, errors.Join(errs...)
}

// all are the datasets of tests with the prefix, whoever made them.
func (d datasets) all(ctx context.Context) (ids []string, err error) {
	of := d.client.Datasets(ctx)
	of.Filter = "labels." + labelOf + ":" + ofTest
	for {
		switch ds, err := of.Next(); {
		case errors.Is(err, iterator.Done):
			return ids, nil
		case err != nil:
			return ids, err
		case strings.HasPrefix(ds.DatasetID, d.prefix+"_"):
			ids = append(ids, ds.DatasetID)
		}
	}
}

// isOver looks at the labels themselves: a service may not heed a filter.
func (d datasets) isOver(ctx context.Context, id string) (bool, error) {
	about, err := d.client.Dataset(id).Metadata(ctx)
	if err != nil {
		return false, err
	}
	until, err := strconv.ParseInt(about.Labels[labelUntil], 10, 64)
	return err == nil && about.Labels[labelOf] == ofTest && d.now().After(time.Unix(until, 0)), nil
}
