package bq

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/iterator"
)

// Versions is a log of the states of names in a dataset, of which one who puts a version
// succeeds: what claims are kept in. A version is a table without rows whose description
// is its state, for the making of a table is the one thing that BigQuery does for one
// caller only and refuses all others. Those that are no more the newest expire a day
// later.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/insert
type Versions struct {
	engine  *Engine
	dataset *bigquery.Dataset
	clock   func() time.Time
	sound   atomic.Bool // the dataset was looked at
}

// Versions keeps states in a dataset of the engine's project, best one of its own: all its
// tables are listed. By the clock it is said when old ones expire.
func (e *Engine) Versions(dataset string, clock func() time.Time) *Versions {
	return &Versions{engine: e, dataset: e.client.DatasetInProject(e.options.Project, dataset), clock: clock}
}

const (
	versionPrefix = "intact_"
	versionMark   = "_v"
	versionDigits = 19 // of the largest INT64
	// The longest id of a table, in bytes, and the longest description.
	// https://cloud.google.com/bigquery/docs/tables#table_naming
	// https://cloud.google.com/bigquery/quotas#table_limits
	longestTableID     = 1024
	longestDescription = 16_384
	// outdated is how long a version stays that is no more the newest.
	outdated = 24 * time.Hour
	// Who lists tables may not see the last ones yet.
	listings = 5
)

// Put makes the table of a version.
func (v *Versions) Put(ctx context.Context, name string, version int64, state []byte) error {
	id := versionID(name, version)
	switch {
	case len(id) > longestTableID:
		return fmt.Errorf("a table for the versions of %s would need an id of %d bytes, and no more than %d fit", name, len(id), longestTableID)
	case len(state) > longestDescription:
		return fmt.Errorf("a state of %s has %d bytes, and the description of a table no more than %d", name, len(state), longestDescription)
	}
	if err := v.check(ctx); err != nil {
		return err
	}
	err := v.engine.patiently(ctx, "the making of table "+id, func(ctx context.Context) error {
		return v.dataset.Table(id).Create(ctx, &bigquery.TableMetadata{
			Description: string(state), Labels: v.engine.options.Labels,
			Schema: bigquery.Schema{{Name: "state_is_in_the_description", Type: bigquery.BooleanFieldType}},
		})
	})
	if status(err) == http.StatusConflict {
		return fs.ErrExist
	}
	if err == nil && version > 1 {
		v.expire(ctx, versionID(name, version-1))
	}
	return err
}

// expire has a table expire. That it fails is no matter: it has no rows.
func (v *Versions) expire(ctx context.Context, id string) {
	_ = call(func() error {
		_, err := v.dataset.Table(id).Update(ctx, bigquery.TableMetadataToUpdate{ExpirationTime: v.clock().Add(outdated)}, "")
		return err
	})
}

// check refuses a dataset whose tables expire by themselves: the newest must stay.
// https://cloud.google.com/bigquery/docs/updating-datasets#table-expiration
func (v *Versions) check(ctx context.Context) error {
	if v.sound.Load() {
		return nil
	}
	var m *bigquery.DatasetMetadata
	err := v.engine.patiently(ctx, "the metadata of dataset "+v.dataset.DatasetID, func(ctx context.Context) (err error) {
		m, err = v.dataset.Metadata(ctx)
		return err
	})
	switch {
	case status(err) == http.StatusNotFound:
		return fmt.Errorf("dataset %s is not there: make it first, with tables that do not expire: %w", v.dataset.DatasetID, err)
	case err != nil:
		return err
	case m.DefaultTableExpiration > 0:
		return fmt.Errorf("the tables of dataset %s expire after %s, and what is kept in them must stay: take a dataset whose tables do not", v.dataset.DatasetID, m.DefaultTableExpiration)
	}
	v.sound.Store(true)
	return nil
}

// Newest lists the versions and looks for newer ones from the last of them on, as a list
// of tables may come too late for the newest.
func (v *Versions) Newest(ctx context.Context, name string) (int64, []byte, error) {
	if err := v.check(ctx); err != nil {
		return 0, nil, err
	}
	for range listings {
		listed, err := v.list(ctx)
		if err != nil {
			return 0, nil, err
		}
		version, state, err := v.from(ctx, name, max(listed[name], 1))
		if version > 0 || err != nil || listed[name] == 0 {
			return version, state, err
		}
		// What was listed last has expired since, so there are newer ones.
	}
	return 0, nil, fmt.Errorf("dataset %s lists tables of %s that it does not have, %d times over", v.dataset.DatasetID, name, listings)
}

// from is the last version of a row of them that begins with one, 0 where that is not
// there.
func (v *Versions) from(ctx context.Context, name string, first int64) (version int64, state []byte, err error) {
	for next := first; ; next++ {
		id := versionID(name, next)
		var m *bigquery.TableMetadata
		err := v.engine.patiently(ctx, "the metadata of table "+id, func(ctx context.Context) (err error) {
			m, err = v.dataset.Table(id).Metadata(ctx, bigquery.WithMetadataView(bigquery.BasicMetadataView))
			return err
		})
		if status(err) == http.StatusNotFound {
			return version, state, nil
		}
		if err != nil {
			return 0, nil, err
		}
		version, state = next, []byte(m.Description)
	}
}

// Names are those of which the dataset has a version.
func (v *Versions) Names(ctx context.Context) ([]string, error) {
	listed, err := v.list(ctx)
	return slices.Sorted(maps.Keys(listed)), err
}

// list are the newest versions that the dataset lists, by name.
func (v *Versions) list(ctx context.Context) (map[string]int64, error) {
	var out map[string]int64
	err := v.engine.patiently(ctx, "the tables of dataset "+v.dataset.DatasetID, func(ctx context.Context) error {
		out = map[string]int64{}
		tables := v.dataset.Tables(ctx)
		tables.PageInfo().MaxSize = 1000
		for {
			t, err := tables.Next()
			if errors.Is(err, iterator.Done) {
				return nil
			}
			if err != nil {
				return err
			}
			if name, version, ok := versionOf(t.TableID); ok {
				out[name] = max(out[name], version)
			}
		}
	})
	return out, err
}

// Now is the service's clock.
func (v *Versions) Now(ctx context.Context) (time.Time, error) {
	return v.engine.now(ctx, v.engine.options.Location)
}

// versionID is the id of a version's table. A name keeps its small letters and digits;
// any other byte is _ and its two hexadecimal digits.
func versionID(name string, version int64) string {
	var b strings.Builder
	b.WriteString(versionPrefix)
	for i := range len(name) {
		if c := name[i]; 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	fmt.Fprintf(&b, "%s%0*d", versionMark, versionDigits, version)
	return b.String()
}

// versionOf is what versionID made an id of.
func versionOf(id string) (name string, version int64, ok bool) {
	escaped, ok := strings.CutPrefix(id, versionPrefix)
	if cut := len(escaped) - versionDigits - len(versionMark); ok && cut >= 0 {
		version, _ = strconv.ParseInt(escaped[cut+len(versionMark):], 10, 64)
		name, _ = url.PathUnescape(strings.ReplaceAll(escaped[:cut], "_", "%"))
	}
	return name, version, version > 0 && versionID(name, version) == id
}

// status is that of HTTP in an error of the service, 0 where there is none.
func status(err error) int {
	var api *googleapi.Error
	if errors.As(err, &api) {
		return api.Code
	}
	return 0
}
